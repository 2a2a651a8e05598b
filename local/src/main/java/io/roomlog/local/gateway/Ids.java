package io.roomlog.local.gateway;

import java.util.Base64;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes the ids of connections, requests and messages as AWS makes them: 11 bytes as URL-safe
 * base64, which is 16 characters ending in {@code =}, e.g. {@code R1kmxc2VNjMCFIA=}.
 */
final class Ids {

  private static final int ID_BYTES = 11;

  private final RandomGenerator random;

  Ids(RandomGenerator random) {
    this.random = random;
  }

  /** A new id. Synchronized, since most generators serve one thread at a time. */
  synchronized String next() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  /** A new id for {@code x-amzn-RequestId}, which is a UUID. */
  synchronized String nextUuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** A new X-Ray trace header for a request that began at an epoch second. */
  synchronized String nextTrace(long epochSecond) {
    return "Root=1-%08x-%08x%016x".formatted(epochSecond, random.nextInt(), random.nextLong());
  }
}
