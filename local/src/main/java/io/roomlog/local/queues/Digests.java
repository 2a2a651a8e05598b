package io.roomlog.local.queues;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The digests by which SQS's clients check what the queue stored
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html).
 */
final class Digests {
  private static final byte TEXT = 1;
  private static final byte BINARY = 2;

  private Digests() {}

  /** A body's MD5 in hexadecimal. */
  static String md5(String body) {
    return hex("MD5", body.getBytes(StandardCharsets.UTF_8));
  }

  /** The deduplication id of a body: its SHA-256 in hexadecimal. */
  static String sha256(String body) {
    return hex("SHA-256", body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The MD5 of attributes: for each in the order of names its name, type and value, each value
   * after a byte for its kind and everything after its length in four bytes.
   */
  static String md5(Map<String, MessageAttribute> attributes) {
    var bytes = new ByteArrayOutputStream();
    new TreeMap<>(attributes)
        .forEach(
            (name, attribute) -> {
              append(bytes, name.getBytes(StandardCharsets.UTF_8));
              append(bytes, attribute.dataType().getBytes(StandardCharsets.UTF_8));
              if (attribute.binaryValue() != null) {
                bytes.write(BINARY);
                append(bytes, Base64.getDecoder().decode(attribute.binaryValue()));
              } else if (attribute.stringValue() != null) {
                bytes.write(TEXT);
                append(bytes, attribute.stringValue().getBytes(StandardCharsets.UTF_8));
              }
            });
    return hex("MD5", bytes.toByteArray());
  }

  private static void append(ByteArrayOutputStream out, byte[] part) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    out.writeBytes(part);
  }

  private static String hex(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
