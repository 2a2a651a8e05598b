package io.roomlog.tests.policy;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A template of which something is removed, as a tree: the text has too many ways to say it. */
final class EditedTemplate {

  private final MappingNode root;

  private EditedTemplate(MappingNode root) {
    this.root = root;
  }

  /** Reads a template, which stays as it is. */
  static EditedTemplate of(Path template) throws IOException {
    try (var reader = Files.newBufferedReader(template)) {
      return new EditedTemplate((MappingNode) new Yaml().compose(reader));
    }
  }

  /** Removes exactly that. */
  EditedTemplate without(Removal removal) {
    Place place = statements(removal.function()).get(removal.statement());
    switch (removal.part()) {
      case Removal.Part.Whole() -> place.among().getValue().remove(place.statement());
      case Removal.Part.Action(int index) -> listed(place, "Action").getValue().remove(index);
      case Removal.Part.Resource(int index) -> listed(place, "Resource").getValue().remove(index);
    }
    return this;
  }

  /** Writes it. */
  void write(Path file) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      new Yaml().serialize(root, writer);
    }
  }

  private record Place(SequenceNode among, MappingNode statement) {}

  private List<Place> statements(String function) {
    MappingNode resource = mapping(mapping(root, "Resources"), function);
    SequenceNode policies = sequence(mapping(resource, "Properties"), "Policies");
    List<Place> places = new ArrayList<>();
    for (Node policy : policies.getValue()) {
      SequenceNode among = sequence((MappingNode) policy, "Statement");
      among.getValue().forEach(each -> places.add(new Place(among, (MappingNode) each)));
    }
    return places;
  }

  private static SequenceNode listed(Place place, String key) {
    return sequence(place.statement(), key);
  }

  private static MappingNode mapping(MappingNode parent, String key) {
    return (MappingNode) child(parent, key);
  }

  private static SequenceNode sequence(MappingNode parent, String key) {
    return (SequenceNode) child(parent, key);
  }

  private static Node child(MappingNode parent, String key) {
    Optional<Node> found =
        parent.getValue().stream()
            .filter(tuple -> ((ScalarNode) tuple.getKeyNode()).getValue().equals(key))
            .map(NodeTuple::getValueNode)
            .findFirst();
    return found.orElseThrow(() -> new AssertionError("the template has no " + key));
  }
}
