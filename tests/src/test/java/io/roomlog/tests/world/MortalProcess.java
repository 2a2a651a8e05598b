package io.roomlog.tests.world;

import io.roomlog.local.LocalRun;
import io.roomlog.local.functions.Functions;

/**
 * The function's own process, killed as the operating system kills: no signal that it could see.
 */
final class MortalProcess implements Mortal {

  private final LocalRun run;
  private final String function;

  MortalProcess(LocalRun run, String function) {
    this.run = run;
    this.function = function;
  }

  @Override
  public Functions.Outcome serve(Functions functions, String event) throws InterruptedException {
    return functions.invoke(function, event);
  }

  @Override
  public void kill() {
    run.processes(function).forEach(ProcessHandle::destroyForcibly);
  }
}
