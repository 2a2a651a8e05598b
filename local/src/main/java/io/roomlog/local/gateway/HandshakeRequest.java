package io.roomlog.local.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * What functions see of an upgrade request.
 *
 * @param allHeaders the client's headers and those that the gateway adds
 * @param headers the same without what belongs to the hop between client and gateway, as a {@code
 *     $connect} event has them
 * @param query the decoded query
 */
record HandshakeRequest(
    Map<String, List<String>> allHeaders,
    Map<String, List<String>> headers,
    Map<String, List<String>> query) {

  private static final Set<String> HOP_BY_HOP = Set.of("connection", "upgrade", "content-length");

  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException if its query is not percent-encoded UTF-8
   */
  static HandshakeRequest of(Request request, String trace) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      all.merge(field.getName(), List.of(field.getValue()), HandshakeRequest::joined);
    }
    all.put("X-Amzn-Trace-Id", List.of(trace));
    all.put("X-Forwarded-For", List.of(Request.getRemoteAddr(request)));
    all.put("X-Forwarded-Port", List.of(String.valueOf(Request.getServerPort(request))));
    all.put("X-Forwarded-Proto", List.of(request.isSecure() ? "https" : "http"));
    Map<String, List<String>> headers = new LinkedHashMap<>(all);
    headers.keySet().removeIf(name -> HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)));
    return new HandshakeRequest(all, headers, query(request));
  }

  private static Map<String, List<String>> query(Request request) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (Fields.Field field : Request.extractQueryParameters(request)) {
      query.put(field.getName(), List.copyOf(field.getValues()));
    }
    return query;
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
