package io.roomlog.bench.beside;

import io.roomlog.local.gateway.Fault;
import io.roomlog.local.gateway.Faults;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway that tells nobody when a connection ends, and counts what is posted to dead ones. */
final class PostsToDead implements Faults {

  private final Set<String> dead = ConcurrentHashMap.newKeySet();
  private final AtomicInteger posts = new AtomicInteger();

  void died(String connectionId) {
    dead.add(connectionId);
  }

  int posts() {
    return posts.get();
  }

  @Override
  public Optional<Fault> onPost(String connectionId) {
    if (dead.contains(connectionId)) {
      posts.incrementAndGet();
    }
    return Optional.empty();
  }

  @Override
  public boolean onDisconnect(String connectionId) {
    return true;
  }
}
