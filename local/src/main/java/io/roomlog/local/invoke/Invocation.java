package io.roomlog.local.invoke;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, as its path and headers say it
 * (docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
 *
 * @param function a name, a whole ARN or a part of one, without a qualifier
 * @param type how it is invoked; null for a word that is none
 */
record Invocation(String function, @Nullable Type type) {

  /** How a function is invoked. */
  enum Type {
    /** The caller waits for the result. */
    REQUEST_RESPONSE("RequestResponse"),
    /** The caller is answered at once, and never learns of the result. */
    EVENT("Event"),
    /** Nothing is invoked. */
    DRY_RUN("DryRun");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    private static @Nullable Type of(@Nullable String text) {
      if (text == null) {
        return REQUEST_RESPONSE;
      }
      for (Type type : values()) {
        if (type.text.equals(text)) {
          return type;
        }
      }
      return null;
    }
  }

  private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");

  /** Account, {@code function} and name, with a region and more before them or not. */
  private static final Pattern PARTIAL_ARN =
      Pattern.compile("(?:arn:[^:]+:lambda:[^:]+:)?\\d{12}:function:([^:]+)(?::[^:]+)?");

  private static final Pattern NAME = Pattern.compile("([^:]+)(?::[^:]+)?");

  /**
   * Reads a request; empty if it is one of another API.
   *
   * @param decodedPath its path, in which SDKs encode the colons of an ARN
   * @param type its header {@code X-Amz-Invocation-Type}, or null
   */
  static Optional<Invocation> of(String decodedPath, @Nullable String type) {
    Matcher path = PATH.matcher(decodedPath);
    return path.matches()
        ? Optional.of(new Invocation(name(path.group(1)), Type.of(type)))
        : Optional.empty();
  }

  private static String name(String function) {
    Matcher arn = PARTIAL_ARN.matcher(function);
    if (arn.matches()) {
      return arn.group(1);
    }
    Matcher name = NAME.matcher(function);
    return name.matches() ? name.group(1) : function;
  }
}
