package io.roomlog.local.policies;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Finds out who makes a call of an AWS service. */
public final class AccessKey {
  private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)/");

  private AccessKey() {}

  /** The access key that a request says it is signed with; the signature is not checked. */
  public static Optional<String> of(Request request) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
        .map(CREDENTIAL::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1));
  }
}
