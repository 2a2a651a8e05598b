package io.roomlog.core.snapshot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a function work once before a snapshot of its process is taken, so that what a first event
 * costs (classes loaded, code compiled, JSON and the SDK set up) is in the snapshot
 * (docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html). It runs only where
 * snapshots are taken: in any other process the hooks are never called.
 *
 * <p>What works is another instance than the one that will serve, with clients that reach nothing:
 * {@link Rehearsal}. So nothing is written anywhere, no connection is in the snapshot that would be
 * dead after it, and nothing that was remembered is remembered after it.
 */
public final class Priming implements Resource {

  /** The variable that makes a function one that only rehearses. */
  public static final String VARIABLE = "ROOMLOG_REHEARSAL";

  /** Without its name a function measures nothing. */
  private static final String FUNCTION = "AWS_LAMBDA_FUNCTION_NAME";

  private static final Logger log = LoggerFactory.getLogger(Priming.class);

  /** The context keeps weak references only. */
  private static final List<Priming> KEPT = Collections.synchronizedList(new ArrayList<>());

  /** Works once. */
  @FunctionalInterface
  public interface Rehearsed {
    /**
     * Works once.
     *
     * @param environment of an instance that only rehearses
     */
    void once(Map<String, String> environment) throws Exception;
  }

  private final Map<String, String> environment;
  private final Rehearsed work;

  private Priming(Map<String, String> environment, Rehearsed work) {
    this.environment = environment;
    this.work = work;
  }

  /**
   * Has work done before a snapshot is taken of this process, if one is.
   *
   * @param environment the function's variables
   */
  public static void beforeSnapshot(Map<String, String> environment, Rehearsed work) {
    Priming priming = new Priming(environment, work);
    KEPT.add(priming);
    Core.getGlobalContext().register(priming);
  }

  /** The variables of an instance that only rehearses. */
  static Map<String, String> rehearsing(Map<String, String> environment) {
    Map<String, String> rehearsing = new HashMap<>(environment);
    rehearsing.put(VARIABLE, "true");
    rehearsing.remove(FUNCTION);
    // Those of the function are looked up over the network.
    rehearsing.putIfAbsent("AWS_ACCESS_KEY_ID", "rehearsal");
    rehearsing.putIfAbsent("AWS_SECRET_ACCESS_KEY", "rehearsal");
    return rehearsing;
  }

  /** A function that did not rehearse is slow once; one that does not start is none. */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try {
      work.once(rehearsing(environment));
      log.atInfo().log("primed");
    } catch (Exception e) {
      log.atError().setCause(e).log("priming_failed");
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // What serves has not worked yet, so it has nothing to mend.
  }
}
