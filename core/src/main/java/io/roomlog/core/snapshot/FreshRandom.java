package io.roomlog.core.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Random numbers that differ between processes restored from one snapshot, in which the generator's
 * state is the same to the bit. After each restore it is given what the kernel has drawn since
 * (docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html), before the first event comes.
 * Nonces and registrations come from here: two that are equal would take one writer's entry for
 * another's.
 */
public final class FreshRandom implements RandomGenerator, Resource {

  private static final Path KERNEL = Path.of("/dev/urandom");
  private static final int ENTROPY_BYTES = 32;

  private final SecureRandom random;
  private final Supplier<byte[]> entropy;

  FreshRandom(SecureRandom random, Supplier<byte[]> entropy) {
    this.random = random;
    this.entropy = entropy;
  }

  /** Random numbers for as long as this process runs, in whichever copies. */
  public static FreshRandom ofThisProcess() {
    FreshRandom fresh = new FreshRandom(new SecureRandom(), FreshRandom::ofKernel);
    Core.getGlobalContext().register(fresh);
    return fresh;
  }

  /** Read by hand: {@link SecureRandom} keeps what it has read for a while, in the snapshot too. */
  private static byte[] ofKernel() {
    if (!Files.exists(KERNEL)) {
      return new SecureRandom().generateSeed(ENTROPY_BYTES);
    }
    try (InputStream in = Files.newInputStream(KERNEL)) {
      return in.readNBytes(ENTROPY_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException("no entropy after a restore", e);
    }
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    // Whatever is drawn before is replaced after.
  }

  /** Adds to the state and replaces none of it, so it can only become harder to guess. */
  @Override
  public void afterRestore(Context<? extends Resource> context) {
    random.setSeed(entropy.get());
  }
}
