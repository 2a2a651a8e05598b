package io.roomlog.bench.start;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomlog.core.RoomName;
import io.roomlog.tests.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Handlers in the manner of AWS's chat sample (simple-websockets-chat-app), on Node.js with version
 * 3 of AWS's SDK, against the same gateway and tables as Roomlog's.
 *
 * <p>AWS's own runtime client for Node.js (npm's aws-lambda-ric) compiles curl and itself when it
 * is installed, which most machines lack the tools for; the loop that stands in for it does less,
 * so it is in the sample's favour.
 */
final class NodeSample {

  private static final List<String> FILES =
      List.of("package.json", "runtime.js", "onconnect.js", "sendmessage.js");
  private static final String TABLE = "sample";
  private static final String KEY = "connectionId";

  private final Path program;
  private final Path folder;
  private final World world;

  private NodeSample(Path program, Path folder, World world) {
    this.program = program;
    this.folder = folder;
    this.world = world;
  }

  /**
   * Installs it, unless that was done before, and gives it a table with one connection.
   *
   * @param folder for its files and modules
   * @param room whose first member is the connection
   * @throws IllegalStateException if there is no Node.js here, or its modules cannot be had
   */
  static NodeSample installed(Path folder, World world, RoomName room)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    for (String file : FILES) {
      try (InputStream in =
          Objects.requireNonNull(NodeSample.class.getResourceAsStream("node/" + file), file)) {
        Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    output(folder, "npm", "install", "--no-audit", "--no-fund");
    table(world, world.members(room).getFirst().connectionId());
    Path program = Path.of(output(folder, "node", "--print", "process.execPath").strip());
    return new NodeSample(program, folder.toAbsolutePath(), world);
  }

  private static String output(Path folder, String... command)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IllegalStateException(command[0] + " of Node.js does not start here", e);
    }
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed: " + text);
    }
    return text;
  }

  private static void table(World world, String connectionId) {
    DynamoDbClient dynamo = world.dynamo();
    dynamo.createTable(
        request ->
            request
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder().attributeName(KEY).keyType(KeyType.HASH).build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName(KEY)
                        .attributeType(ScalarAttributeType.S)
                        .build()));
    dynamo.putItem(
        request -> request.tableName(TABLE).item(Map.of(KEY, AttributeValue.fromS(connectionId))));
  }

  /**
   * One of its handlers.
   *
   * @param file its name without the ending
   * @param beside the function of Roomlog's whose addresses and memory it gets
   */
  Variant handler(String file, String beside, int memoryMiB) {
    Map<String, String> environment = new HashMap<>(world.environment(beside));
    environment.put("TABLE_NAME", TABLE);
    return new Variant.Node(
        "AWS's sample on Node.js: " + file,
        program,
        folder,
        file + ".handler",
        environment,
        memoryMiB);
  }
}
