package io.roomlog.local.functions;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * Stops processes and lets them go on, by the C library's {@code kill}: Java has no call for it,
 * and to start the command {@code kill} twice an invocation would cost more than the invocation.
 */
final class PosixSignals {
  // Linux's numbers; the runtime client runs nowhere else.
  private static final int SIGSTOP = 19;
  private static final int SIGCONT = 18;

  private final MethodHandle kill;

  @SuppressWarnings("restricted") // ./roomlog and the tests enable native access
  PosixSignals() {
    Linker linker = Linker.nativeLinker();
    this.kill =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("kill"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  }

  /** Stops a process where it stands. Nothing happens if there is no such process. */
  void stop(ProcessHandle process) {
    send(process, SIGSTOP);
  }

  /** Lets a stopped process go on. Nothing happens if there is no such process. */
  void resume(ProcessHandle process) {
    send(process, SIGCONT);
  }

  private void send(ProcessHandle process, int signal) {
    // A process that has ended may have passed its number on to another.
    if (!process.isAlive()) {
      return;
    }
    try {
      var _ = (int) kill.invokeExact((int) process.pid(), signal);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("kill(2) is not callable", e);
    }
  }
}
