package io.roomlog.local.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that does what real ones hide: odd frames, no reading, no goodbye. */
final class RawClient implements AutoCloseable {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int CONNECT_MILLIS_MAX = 10_000;
  private static final int READ_MILLIS_MAX = 10_000;
  private static final byte[] MASK = {1, 2, 3, 4};

  /** A frame of the server. */
  record Frame(int opCode, boolean last, ByteBuffer payload) {
    String text() {
      return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    int closeCode() {
      return payload.getShort(0);
    }
  }

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final OutputStream out;

  private RawClient(int port, int receiveBufferBytes) throws IOException {
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.connect(
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), CONNECT_MILLIS_MAX);
    socket.setSoTimeout(READ_MILLIS_MAX);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Opens a socket and sends nothing. */
  static RawClient open(int port) throws IOException {
    return new RawClient(port, 0);
  }

  /** Connects as far as the server's 101. */
  static RawClient connect(URI address) throws IOException {
    return connect(address, 0);
  }

  /** Connects with a kernel buffer of its own size; 0 leaves it to the kernel. */
  static RawClient connect(URI address, int receiveBufferBytes) throws IOException {
    RawClient client = new RawClient(address.getPort(), receiveBufferBytes);
    String query = address.getRawQuery();
    client.requestUpgrade(address.getRawPath() + (query == null ? "" : "?" + query));
    String response = client.readHead();
    if (!response.startsWith("HTTP/1.1 101")) {
      throw new IOException("refused: " + response);
    }
    return client;
  }

  void requestUpgrade(String target) throws IOException {
    write(
        "GET "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  }

  void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** An HTTP response up to the empty line. */
  String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  String readBody(int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  void send(int opCode, boolean last, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write((last ? 0x80 : 0) | opCode);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      frame.write(0x80 | 126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      frame.write(0x80 | 127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    frame.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ MASK[i % MASK.length]);
    }
    out.write(frame.toByteArray());
    out.flush();
  }

  void sendText(String text) throws IOException {
    send(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
  }

  Frame read() throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = in.readNBytes(Math.toIntExact(length));
    return new Frame(first & 0x0f, (first & 0x80) != 0, ByteBuffer.wrap(payload));
  }

  /** Whether something has come that was not read yet. */
  boolean hasInput() throws IOException {
    return in.available() > 0;
  }

  /** Whether the server has ended the connection, with or without a reset. */
  boolean ended() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** Ends the connection without a close frame: the server reads the end of the stream. */
  void end() throws IOException {
    socket.shutdownOutput();
  }

  /** Goes without a goodbye: the server gets a TCP reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
