package io.roomlog.local.tables;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.local.deployment.Table;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/**
 * The tables as they were a while ago: a second DynamoDB Local in memory that follows the first,
 * one item after the other. What is read from it is whole and filtered, projected, indexed and
 * paged as the first would do it; it only lacks what was written last, and still has what was
 * deleted last.
 *
 * <p>An item is copied some time after it was written, in the state that it has then. So an item is
 * hardly older than the lag, and each copy is newer than the one before.
 */
public final class Replica implements AutoCloseable {
  /**
   * How long an item stays as it was: copies of DynamoDB are usually consistent within a second
   * (aws.amazon.com/dynamodb/faqs).
   */
  public static final Duration LAG = Duration.ofSeconds(1);

  /** Written items that wait to be copied; beyond it the oldest is copied at once. */
  public static final int PENDING_MAX = 1_000;

  private static final Logger log = LoggerFactory.getLogger(Replica.class);

  private final TablesServer copies = TablesServer.inMemory(UnaryOperator.identity());
  private final DynamoDbClient copy = copies.client();
  private final DynamoDbClient first;
  private final Map<String, Table> tables;
  private final Duration lag;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Item, Long> dueNanos = new LinkedHashMap<>();
  private final Thread follower =
      Thread.ofPlatform().daemon().name("replica").unstarted(this::follow);

  private record Item(String table, Map<String, AttributeValue> key) {}

  private Replica(TablesServer first, List<Table> tables, Duration lag) {
    this.first = first.client();
    this.tables = tables.stream().collect(Collectors.toUnmodifiableMap(Table::name, each -> each));
    this.lag = lag;
  }

  /**
   * Copies what the tables have, and follows them from then on.
   *
   * @param first has the tables
   * @param lag how long an item stays as it was
   */
  public static Replica of(TablesServer first, List<Table> tables, Duration lag) {
    Replica replica = new Replica(first, tables, lag);
    replica.copies.create(tables);
    tables.forEach(replica::copyAll);
    replica.follower.start();
    return replica;
  }

  private void copyAll(Table table) {
    first
        .scanPaginator(r -> r.tableName(table.name()).consistentRead(true))
        .items()
        .forEach(item -> copy.putItem(r -> r.tableName(table.name()).item(item)));
  }

  /** Answers reads. */
  Handler handler() {
    return copies.handler();
  }

  /** Is told what was written, once it is. */
  void written(List<Operation.Written> items) {
    for (Operation.Written each : items) {
      Table table = tables.get(each.table());
      if (table != null) {
        copyLater(new Item(table.name(), key(table, each.item())));
      }
    }
  }

  /** How many items wait to be copied. */
  int pending() {
    lock.lock();
    try {
      return dueNanos.size();
    } finally {
      lock.unlock();
    }
  }

  private static Map<String, AttributeValue> key(Table table, JsonNode item) {
    return table.keys().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Table.Key::attribute, each -> value(each.type(), item.path(each.attribute()))));
  }

  private static AttributeValue value(String type, JsonNode json) {
    String text = json.path(type).asText();
    return switch (type) {
      case "N" -> AttributeValue.fromN(text);
      case "B" -> AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(text)));
      default -> AttributeValue.fromS(text);
    };
  }

  private void copyLater(Item item) {
    lock.lock();
    try {
      dueNanos.putIfAbsent(item, System.nanoTime() + lag.toNanos());
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void follow() {
    try {
      while (true) {
        copy(next());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next item to copy, once it is due; what is written from now on is copied once more. */
  private Item next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (dueNanos.isEmpty() || waitNanos() > 0) {
        if (dueNanos.isEmpty()) {
          changed.await();
        } else {
          // Whether time or a signal ended it, the loop looks again.
          var _ = changed.awaitNanos(waitNanos());
        }
      }
      Item item = dueNanos.keySet().iterator().next();
      dueNanos.remove(item);
      return item;
    } finally {
      lock.unlock();
    }
  }

  private long waitNanos() {
    return dueNanos.size() > PENDING_MAX
        ? 0
        : dueNanos.values().iterator().next() - System.nanoTime();
  }

  private void copy(Item item) {
    try {
      GetItemResponse now =
          first.getItem(r -> r.tableName(item.table()).key(item.key()).consistentRead(true));
      if (now.hasItem()) {
        copy.putItem(r -> r.tableName(item.table()).item(now.item()));
      } else {
        copy.deleteItem(r -> r.tableName(item.table()).key(item.key()));
      }
    } catch (SdkException e) {
      log.atWarn().addKeyValue("table", item.table()).setCause(e).log("copy_failed");
      copyLater(item);
    }
  }

  /** Follows no more. The tables that it followed must still be there. */
  @Override
  public void close() {
    follower.interrupt();
    try {
      follower.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      first.close();
      copy.close();
      copies.close();
    }
  }
}
