package io.roomlog.handlers.identity;

import io.roomlog.core.config.Settings;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect to a deployment.
 *
 * @param issuer whose tokens are asked for, or null in anonymous mode
 * @param origins the web pages that may connect
 */
public record AccessSettings(@Nullable Issuer issuer, Origins origins) {

  /**
   * An issuer of tokens.
   *
   * @param name the claim {@code iss}
   * @param audience what must be among the claim {@code aud}
   * @param keys where its keys are
   */
  public record Issuer(String name, String audience, URL keys) {}

  private static final String WELL_KNOWN = "/.well-known/jwks.json";

  /** A key that travels in the open can be replaced on its way, except within one machine. */
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Stands in for an address that is malformed until the error is thrown. */
  private static final URL NOWHERE = keys("https://invalid.invalid");

  /**
   * Reads the authorizer's variables.
   *
   * @throws io.roomlog.core.config.SettingsInvalid if nobody may connect, or anonymous clients and
   *     token holders both
   */
  public static AccessSettings of(Map<String, String> environment) {
    return Settings.read(environment, AccessSettings::read);
  }

  private static AccessSettings read(Settings settings) {
    Origins origins =
        settings.optional(
            "ALLOWED_ORIGINS",
            Origins::of,
            "a list of origins, e.g. https://a.example",
            Origins.ANY);
    boolean anonymous = settings.optional("ANONYMOUS_ACCESS").filter("true"::equals).isPresent();
    return new AccessSettings(
        anonymous ? nobody(settings) : issuer(settings), origins == null ? Origins.ANY : origins);
  }

  private static @Nullable Issuer nobody(Settings settings) {
    if (settings.optional("TOKEN_ISSUER").isPresent()) {
      settings.refuse("TOKEN_ISSUER is set, and ANONYMOUS_ACCESS is true: they exclude each other");
    }
    return null;
  }

  private static @Nullable Issuer issuer(Settings settings) {
    String name = settings.required("TOKEN_ISSUER");
    String audience = settings.required("TOKEN_AUDIENCE");
    URL keys =
        settings.optional(
            "TOKEN_KEYS_URL",
            AccessSettings::keys,
            "an https address (http on this machine only)",
            NOWHERE);
    if (keys != null || name.isBlank()) {
      return new Issuer(name, audience, keys == null ? NOWHERE : keys);
    }
    String base = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    try {
      return new Issuer(name, audience, keys(base + WELL_KNOWN));
    } catch (IllegalArgumentException noAddress) {
      settings.refuse("TOKEN_ISSUER is no https address, so TOKEN_KEYS_URL must be set");
      return null;
    }
  }

  private static URL keys(String address) {
    URI uri = URI.create(address);
    boolean trusted =
        "https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme())
                && Optional.ofNullable(uri.getHost()).filter(THIS_MACHINE::contains).isPresent());
    if (!trusted) {
      throw new IllegalArgumentException("not an https address");
    }
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("no address", e);
    }
  }
}
