package io.roomlog.local.template;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The problems found so far. Reading goes on after each, so that one run names them all. */
final class Findings {
  private final Path file;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> told = new HashSet<>();

  Findings(Path file) {
    this.file = file;
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
    if (told.add(problem.line() + problem.what())) {
      problems.add(problem);
    }
  }

  int count() {
    return problems.size();
  }

  /** Ends the reading if anything was found. */
  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new TemplateProblems(
          file, problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList());
    }
  }
}
