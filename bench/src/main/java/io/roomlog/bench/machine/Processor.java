package io.roomlog.bench.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a process may run. */
public final class Processor {

  private static final Path TASKSET = Path.of("/usr/bin/taskset");

  private Processor() {}

  /** Whether processes can be bound to single processors here, and there are two of them. */
  public static boolean canBind() {
    return Files.isExecutable(TASKSET) && Runtime.getRuntime().availableProcessors() > 1;
  }

  /** The command on one processor only, the first being 0; as it is where that cannot be done. */
  public static List<String> only(int number, List<String> command) {
    return canBind()
        ? Stream.concat(
                Stream.of(TASKSET.toString(), "--cpu-list", Integer.toString(number)),
                command.stream())
            .toList()
        : command;
  }

  /** What has been done about it, for beside the numbers. */
  public static String binding(String whenBound) {
    return canBind() ? whenBound : "no process is bound to a processor here";
  }
}
