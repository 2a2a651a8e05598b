package io.roomlog.tests.world;

import io.roomlog.local.tables.CallFaults;
import io.roomlog.local.tables.TableFault;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets no put of one function through, for as long as the test wants: it is never answered. */
public final class HangingPuts implements CallFaults {

  private final String function;
  private final AtomicInteger hung = new AtomicInteger();
  private volatile boolean hanging;

  /** All puts go through until {@link #begin}. */
  public HangingPuts(String function) {
    this.function = function;
  }

  @Override
  public Optional<TableFault> onCall(String caller, String operation) {
    if (!hanging || !caller.equals(function) || !operation.equals("PutItem")) {
      return Optional.empty();
    }
    hung.incrementAndGet();
    return Optional.of(TableFault.TABLE_HANGS);
  }

  /** From now on puts hang. */
  public void begin() {
    hanging = true;
  }

  /** From now on puts go through. */
  public void end() {
    hanging = false;
  }

  /** How many puts hung so far. */
  public int hung() {
    return hung.get();
  }
}
