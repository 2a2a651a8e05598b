package io.roomlog.local.functions;

import io.roomlog.local.deployment.Function;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where functions' classes are. */
public final class FunctionCode {
  private FunctionCode() {}

  /**
   * The classes of a class path and, behind it, of what the functions' {@code CodeUri}s name. A
   * template whose handlers are on the class path is run with those, so that no jar has to be built
   * again after a change; any other template's are taken from its jars. All share one loader and so
   * one version of each library.
   *
   * @param folder what a {@code CodeUri} is relative to; what it names need not be there
   * @param classPath asked first
   */
  public static URLClassLoader behind(
      ClassLoader classPath, List<Function> functions, Path folder) {
    URL[] code =
        functions.stream()
            .map(function -> folder.resolve(function.codeUri()))
            .distinct()
            .filter(Files::exists)
            .map(FunctionCode::url)
            .toArray(URL[]::new);
    return new URLClassLoader(code, classPath);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
