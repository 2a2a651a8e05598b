package io.roomlog.tests.simulation;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.testing.FaultyLogStore.Crashed;
import io.roomlog.core.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The table's stream and the mapping that hands it to the fan-out, batch after batch, each shard by
 * itself. Order holds per item only, and every entry is an item.
 */
final class Stream {

  private static final Duration POLL_EVERY = Duration.ofMillis(250);
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);
  private static final Duration AGE_MAX = Duration.ofSeconds(60);
  private static final int BATCH_MAX = 100;

  /** A function that takes a batch; it may die at it. */
  interface FanOutFunction {
    /**
     * Handles it.
     *
     * @param shard the shard's name; batches of one shard come one after another
     */
    StreamsEventResponse handle(String shard, DynamodbEvent batch);
  }

  private record Item(long number, long nanos, DynamodbStreamRecord record) {}

  private final VirtualTime time;
  private final Mischief mischief;
  private final Trace trace;
  private final FanOutFunction fanOut;
  private final Function<RoomName, String> shardOf;
  private final Map<String, Shard> shards = new HashMap<>();
  private long lastNumber;

  Stream(
      VirtualTime time,
      Mischief mischief,
      Trace trace,
      FanOutFunction fanOut,
      Function<RoomName, String> shardOf) {
    this.time = time;
    this.mischief = mischief;
    this.trace = trace;
    this.fanOut = fanOut;
    this.shardOf = shardOf;
  }

  /** An entry was inserted. */
  void inserted(RoomName room, Entry entry) {
    if (mischief.strikes(Fault.RECORD_DROPPED)) {
      return;
    }
    Duration way = mischief.between(20, 120);
    Duration late =
        mischief.strikes(Fault.RECORD_DELAYED) ? mischief.between(200, 8_000) : Duration.ZERO;
    Shard shard = shards.computeIfAbsent(shardOf.apply(room), Shard::new);
    time.after(way.plus(late), () -> shard.arrived(room, entry));
  }

  private final class Shard {
    private final String name;
    private List<Item> waiting = new ArrayList<>();
    private boolean polling;

    Shard(String name) {
      this.name = name;
    }

    void arrived(RoomName room, Entry entry) {
      long number = ++lastNumber;
      waiting.add(new Item(number, time.nanos(), record(number, room, entry)));
      if (!polling) {
        polling = true;
        time.after(POLL_EVERY, () -> time.start(this::drain));
      }
    }

    private void drain() {
      while (!waiting.isEmpty()) {
        if (mischief.strikes(Fault.SHARD_STALLED)) {
          time.pass(mischief.between(10_000, 90_000));
        }
        List<Item> batch = List.copyOf(waiting.subList(0, Math.min(BATCH_MAX, waiting.size())));
        int handled = handled(batch);
        if (handled < batch.size()) {
          time.pass(RETRY_AFTER);
        } else if (mischief.strikes(Fault.BATCH_REPEATED)) {
          handled = 0;
        }
        waiting = new ArrayList<>(waiting.subList(handled, waiting.size()));
        waiting.removeIf(item -> time.nanos() - item.nanos() > AGE_MAX.toNanos());
        time.pass(POLL_EVERY);
      }
      polling = false;
    }

    /** How many of a batch need not come again. */
    private int handled(List<Item> batch) {
      DynamodbEvent event = new DynamodbEvent();
      event.setRecords(batch.stream().map(Item::record).toList());
      trace.step("batch", name, batch.size());
      try {
        return fanOut.handle(name, event).getBatchItemFailures().stream()
            .mapToInt(failure -> indexOf(batch, Long.parseLong(failure.getItemIdentifier())))
            .min()
            .orElse(batch.size());
      } catch (Crashed | RuntimeException died) {
        trace.step("batch failed", name, died.getClass().getSimpleName());
        return 0;
      }
    }

    private static int indexOf(List<Item> batch, long number) {
      int index = 0;
      while (batch.get(index).number() != number) {
        index++;
      }
      return index;
    }
  }

  private static DynamodbStreamRecord record(long number, RoomName room, Entry entry) {
    Map<String, AttributeValue> image = new HashMap<>();
    image.put("v", new AttributeValue().withN("1"));
    image.put("room", new AttributeValue(room.value()));
    image.put("position", new AttributeValue().withN(Long.toString(entry.position())));
    image.put("at", new AttributeValue().withN(Long.toString(entry.at().toEpochMilli())));
    switch (entry) {
      case Entry.Voided _ -> image.put("type", new AttributeValue("void"));
      case Entry.Deleted _ -> throw new IllegalStateException("an erasure is no INSERT");
      case Entry.Message message -> {
        image.put("type", new AttributeValue("message"));
        image.put("nonce", new AttributeValue(message.nonce()));
        image.put("sender", new AttributeValue(message.sender()));
        image.put("name", new AttributeValue(message.name()));
        image.put("data", new AttributeValue(message.data()));
        if (message.id() != null) {
          image.put("id", new AttributeValue(message.id()));
        }
      }
    }
    DynamodbStreamRecord record = new DynamodbStreamRecord();
    record.setEventName("INSERT");
    record.setDynamodb(
        new StreamRecord().withSequenceNumber(Long.toString(number)).withNewImage(image));
    return record;
  }
}
