package io.roomlog.local.template;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The problems found so far. Reading goes on after each, so that one run names them all. */
final class Findings {
  /** Where something is wrong whose logical id is not known yet. */
  static final String ANYWHERE = "YAML";

  private final Path file;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<List<Object>> told = new HashSet<>();
  private final NavigableMap<Integer, String> places = new TreeMap<>();

  Findings(Path file) {
    this.file = file;
  }

  /** Learns which lines belong to which section and resource. */
  void locate(Node.Fields root) {
    root.entries()
        .forEach(
            (section, field) -> {
              places.put(field.line(), section);
              if (section.equals(ResourceSection.SECTION)) {
                field.value().fieldsOrNone().forEach((id, each) -> places.put(each.line(), id));
              }
            });
  }

  void add(int line, String where, String what, String mend) {
    add(new Problem(line, where, what, null, mend));
  }

  /** Adds an unknown name, with the nearest of those that are known. */
  void addUnknown(
      int line, String where, String what, String name, Collection<String> known, String mend) {
    add(new Problem(line, where, what, NearestName.of(name, known).orElse(null), mend));
  }

  /** What one line of Globals does to every function is one problem. */
  private void add(Problem problem) {
    if (told.add(List.of(problem.line(), problem.what()))) {
      problems.add(problem);
    }
  }

  /** The line of a section or resource, or 1 where there is no such one. */
  int lineOf(String place) {
    return places.entrySet().stream()
        .filter(each -> each.getValue().equals(place))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(1);
  }

  int count() {
    return problems.size();
  }

  /** Ends the reading if anything was found. */
  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw asProblems();
    }
  }

  TemplateProblems asProblems() {
    return new TemplateProblems(
        file,
        problems.stream()
            .map(this::placed)
            .sorted(Comparator.comparingInt(Problem::line))
            .toList());
  }

  private Problem placed(Problem problem) {
    var place = places.floorEntry(problem.line());
    return place == null || !problem.where().equals(ANYWHERE)
        ? problem
        : new Problem(
            problem.line(), place.getValue(), problem.what(), problem.nearest(), problem.mend());
  }
}
