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

  /**
   * What is shown at this moment, as JSON; empty if nothing ever is, and the path is like any
   * other. This must not block.
   */
  Optional<String> json();

  /** A gateway that shows nothing. */
  static OperatorView none() {
    return Optional::empty;
  }
}
