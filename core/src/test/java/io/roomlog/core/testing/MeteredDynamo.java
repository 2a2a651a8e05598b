package io.roomlog.core.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** A DynamoDB client that asks what each call costs, and remembers it. */
public final class MeteredDynamo {

  /**
   * A call that was made.
   *
   * @param name e.g. {@code query}
   * @param units as the storage counts them
   */
  public record Call(String name, double units) {}

  // Shards are read side by side.
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final DynamoDbClient client;

  /** In front of a client. */
  public MeteredDynamo(DynamoDbClient real) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (arguments != null && arguments[0] instanceof Consumer) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
          }
          try {
            return arguments == null
                ? method.invoke(real)
                : metered(method.invoke(real, metering(arguments[0])));
          } catch (InvocationTargetException e) {
            calls.add(new Call(method.getName(), 0));
            throw e.getCause();
          }
        };
    client =
        (DynamoDbClient)
            Proxy.newProxyInstance(
                MeteredDynamo.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                handler);
  }

  /** The client to call. */
  public DynamoDbClient client() {
    return client;
  }

  /** The calls since this was last asked. */
  public List<Call> calls() {
    List<Call> since = List.copyOf(calls);
    calls.clear();
    return since;
  }

  private static Object metering(Object request) {
    ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
    return switch (request) {
      case QueryRequest query -> query.toBuilder().returnConsumedCapacity(total).build();
      case GetItemRequest get -> get.toBuilder().returnConsumedCapacity(total).build();
      case PutItemRequest put -> put.toBuilder().returnConsumedCapacity(total).build();
      case UpdateItemRequest update -> update.toBuilder().returnConsumedCapacity(total).build();
      case TransactWriteItemsRequest both -> both.toBuilder().returnConsumedCapacity(total).build();
      default -> throw new AssertionError("not metered: " + request);
    };
  }

  private Object metered(Object response) {
    switch (response) {
      case QueryResponse query -> add("query", query.consumedCapacity().capacityUnits());
      case GetItemResponse get -> add("getItem", get.consumedCapacity().capacityUnits());
      case PutItemResponse put -> add("putItem", put.consumedCapacity().capacityUnits());
      case UpdateItemResponse update ->
          add("updateItem", update.consumedCapacity().capacityUnits());
      case TransactWriteItemsResponse both ->
          add(
              "transactWriteItems",
              both.consumedCapacity().stream().mapToDouble(each -> each.capacityUnits()).sum());
      default -> throw new AssertionError("not metered: " + response);
    }
    return response;
  }

  private void add(String name, double units) {
    calls.add(new Call(name, units));
  }
}
