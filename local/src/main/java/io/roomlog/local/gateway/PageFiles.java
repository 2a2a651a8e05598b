package io.roomlog.local.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The web page that the gateway's port shows beside the stage: text files of a folder, read anew
 * each time. API Gateway shows no page; the gateway knows nothing of what this one does.
 *
 * <p>The folder has {@code page/index.html}, which is shown at {@code /}; {@code
 * page/content-security-policy.txt}, a directive a line, without which nothing is shown; and below
 * {@code page/} and {@code lib/} what the page loads. At {@code /config.json} the page learns where
 * the stage is.
 */
public final class PageFiles {
  private static final String INDEX = "/page/index.html";
  private static final String POLICY = "page/content-security-policy.txt";
  private static final String CONFIG = "/config.json";

  /** Lower-case names with one dot: neither a parent folder nor a hidden file is among them. */
  private static final Pattern SHOWN =
      Pattern.compile("/(?:page|lib)/(?:[a-z0-9-]+/)*[a-z0-9-]+\\.([a-z]+)");

  private static final String JSON = "application/json";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", JSON);

  private final @Nullable Path folder;

  private PageFiles(@Nullable Path folder) {
    this.folder = folder;
  }

  /** No page. */
  public static PageFiles none() {
    return new PageFiles(null);
  }

  /** The page in a folder; none if the folder has none. */
  public static PageFiles in(Path folder) {
    return Files.isRegularFile(folder.resolve(POLICY)) ? new PageFiles(folder) : none();
  }

  /** Where the page of a port is, if there is one. */
  Optional<URI> address(int port) {
    return folder == null
        ? Optional.empty()
        : Optional.of(URI.create("http://localhost:" + port + "/"));
  }

  /** Whether a path, decoded, is one of the page; a file may be missing all the same. */
  boolean has(String path) {
    return folder != null
        && (path.equals("/") || path.equals(CONFIG) || SHOWN.matcher(path).matches());
  }

  /**
   * What a path of the page shows; empty if there is no such file, or one of a type that is not
   * shown. This reads files.
   *
   * @param path decoded; one that {@link #has} knows
   * @param stage where the page connects to, e.g. {@code Prod}
   * @throws IOException if a file that is there cannot be read
   */
  Optional<Shown> read(String path, String stage) throws IOException {
    if (folder == null) {
      return Optional.empty();
    }
    String policy = policy(folder);
    if (path.equals(CONFIG)) {
      return Optional.of(new Shown(JSON, policy, "{\"server\":\"/" + stage + "\"}\n"));
    }
    Matcher shown = SHOWN.matcher(path.equals("/") ? INDEX : path);
    String type = shown.matches() ? TYPES.get(shown.group(1)) : null;
    return type == null
        ? Optional.empty()
        : content(folder, shown.group()).map(content -> new Shown(type, policy, content));
  }

  private static String policy(Path folder) throws IOException {
    return Files.readString(folder.resolve(POLICY)).lines().collect(Collectors.joining("; "));
  }

  /** A link that leads out of the folder shows nothing. */
  private static Optional<String> content(Path folder, String path) throws IOException {
    try {
      Path file = folder.resolve(path.substring(1)).toRealPath();
      return file.startsWith(folder.toRealPath()) && Files.isRegularFile(file)
          ? Optional.of(Files.readString(file))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * A file as it is shown.
   *
   * @param type its media type
   * @param policy the content security policy of the page
   * @param content what it says
   */
  record Shown(String type, String policy, String content) {}
}
