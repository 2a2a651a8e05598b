package io.roomlog.local.stream;

class ScriptedStreamTest extends StreamSourceContract {
  private final ScriptedStream stream = new ScriptedStream().shard("shard", null);
  private int written;

  @Override
  StreamSource source() {
    return stream;
  }

  @Override
  String streamArn() {
    return Records.STREAM;
  }

  @Override
  void write(String item) {
    stream.append("shard", Records.record(++written, item));
  }
}
