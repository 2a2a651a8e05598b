package io.roomlog.local.gateway;

import java.util.Optional;

/**
 * What the gateway's port shows at {@value #PATH} to whoever runs it. API Gateway has nothing of
 * the kind; the gateway knows nothing of what is shown.
 */
@FunctionalInterface
public interface OperatorView {
  /** Where it is shown. No stage is hidden by it: a stage of that name comes first. */
  String PATH = "/_roomlog/";

  /** Where the metrics are shown, under the same rules. */
  String METRICS_PATH = "/metrics";

  /**
   * What is shown at this moment, as JSON; empty if nothing ever is, and the path is like any
   * other. This must not block.
   */
  Optional<String> json();

  /**
   * The metrics at this moment, in Prometheus's text format; empty if there never are any. This
   * must not block.
   */
  default Optional<String> metrics() {
    return Optional.empty();
  }

  /** A gateway that shows nothing. */
  static OperatorView none() {
    return Optional::empty;
  }
}
