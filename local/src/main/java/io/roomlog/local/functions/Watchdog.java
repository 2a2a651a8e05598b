package io.roomlog.local.functions;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Sees to it that no function outlives the run, however the run ends: a stopped process would stay
 * for ever, since it cannot notice that its parent is gone.
 *
 * <p>It is a shell that is told of every process that begins and ends. Its input ends with this
 * process; it then kills those that are left, and ends.
 */
final class Watchdog implements AutoCloseable {
  private static final String SCRIPT =
      """
      # Ctrl-C reaches every process of the terminal; this one has work to do after it.
      trap '' HUP INT TERM
      pids=' '
      while read -r what pid; do
        case $what in
        begun) pids="$pids$pid " ;;
        ended) case $pids in *" $pid "*) pids="${pids%% $pid *} ${pids#* $pid }" ;; esac ;;
        esac
      done
      for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
      """;

  private final BufferedWriter orders;

  Watchdog() {
    try {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", SCRIPT)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      orders = shell.outputWriter(US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("no shell to watch over the functions' processes", e);
    }
  }

  /** Kills a process with the run, unless it ends before. */
  void watch(FunctionProcess process) {
    long pid = process.handle().pid();
    tell("begun", pid);
    process.whenEnded(_ -> tell("ended", pid));
  }

  private synchronized void tell(String what, long pid) {
    try {
      orders.write(what + " " + pid + "\n");
      orders.flush();
    } catch (IOException closed) {
      // Once it is closed, all processes have been killed.
    }
  }

  /** Kills what is left. */
  @Override
  public synchronized void close() {
    try {
      orders.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
