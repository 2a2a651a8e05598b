package io.roomlog.local.template;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A packaged jar with the sample handlers. */
final class SampleJar {
  static final String NAME = "sample.jar";

  private static final List<Class<?>> CLASSES =
      List.of(SampleHandler.class, SampleHandler.Needy.class, SampleHandler.Heir.class);

  private SampleJar() {}

  static void write(Path folder) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve(NAME)))) {
      for (Class<?> each : CLASSES) {
        String entry = each.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream in = SampleJar.class.getClassLoader().getResourceAsStream(entry)) {
          Objects.requireNonNull(in, entry).transferTo(jar);
        }
        jar.closeEntry();
      }
    }
  }
}
