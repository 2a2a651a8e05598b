package io.roomlog.local.template;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of resource that a template may hold: {@code resource-types.yaml} lists those that the
 * local run follows, {@code resource-types-without-effect.yaml} those that it only checks.
 */
final class Vocabulary {
  private static final Vocabulary KNOWN = new Vocabulary();

  private final Map<String, ResourceType> types = new LinkedHashMap<>();

  private Vocabulary() {
    types.putAll(new VocabularyReader("resource-types.yaml", true).read());
    types.putAll(new VocabularyReader("resource-types-without-effect.yaml", false).read());
  }

  static Vocabulary known() {
    return KNOWN;
  }

  Optional<ResourceType> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  Collection<String> names() {
    return types.keySet();
  }
}
