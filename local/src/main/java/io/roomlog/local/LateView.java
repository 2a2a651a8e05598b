package io.roomlog.local;

import io.roomlog.local.gateway.OperatorView;
import java.util.Optional;

/** A view of a run whose parts are not there yet: the gateway listens before they are. */
final class LateView implements OperatorView {
  private volatile OperatorView view = () -> Optional.of("{\"state\":\"starting\"}");

  void arrive(OperatorView newView) {
    view = newView;
  }

  @Override
  public Optional<String> json() {
    return view.json();
  }

  @Override
  public Optional<String> metrics() {
    return view.metrics();
  }
}
