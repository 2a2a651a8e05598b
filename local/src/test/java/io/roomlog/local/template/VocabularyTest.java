package io.roomlog.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VocabularyTest {
  static Stream<String> names() {
    return Vocabulary.known().names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyTypeSaysWhatAReferenceToItGives(String name) {
    ResourceType type = Vocabulary.known().type(name).orElseThrow();
    Resource resource = new Resource("It", 1, type, Node.Fields.none(1), List.of(), null);
    Optional<Identity> identity = Identity.of(resource, new Node.Absent(1), Map.of());
    assertThat(identity).isPresent();
    assertThat(identity.get().ref()).isNotEmpty().doesNotContain("${");
    assertThat(identity.get().attributes().values())
        .allSatisfy(value -> assertThat(value).isNotEmpty().doesNotContain("${"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void theNamePropertyOfATypeIsOneOfItsProperties(String name) {
    ResourceType type = Vocabulary.known().type(name).orElseThrow();
    if (type.naming() != null) {
      assertThat(type.properties().properties()).containsKey(type.naming().property());
    }
  }

  @Test
  void aMadeUpNameIsCutToWhatItsServiceTakes() {
    ResourceType type = Vocabulary.known().type(ResourceType.FUNCTION).orElseThrow();
    assertThat(name(type, "F".repeat(56))).isEqualTo("roomlog-" + "F".repeat(56)).hasSize(64);
    assertThat(name(type, "F".repeat(57))).hasSize(64).isNotEqualTo(name(type, "F".repeat(58)));
  }

  private static String name(ResourceType type, String id) {
    Resource resource = new Resource(id, 1, type, Node.Fields.none(1), List.of(), null);
    return Identity.of(resource, new Node.Absent(1), Map.of()).orElseThrow().name();
  }
}
