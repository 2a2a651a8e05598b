package io.roomlog.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.core.wire.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * {@code ./roomlog send}: appends to a room as a back end does, by invoking the function that is
 * there for it.
 */
final class SendCommand implements Command {

  private static final String FUNCTION = "SystemSendFunction";

  /** What SAM calls the alias; a run on one machine has none. */
  private static final String ALIAS = FUNCTION + "Aliaslive";

  private static final String FUNCTION_NAME = "--function-name";
  private static final String DATA = "--data";
  private static final String JSON = "--json";
  private static final String ID = "--id";
  private static final String NAME = "--name";

  @Override
  public CommandSpec spec() {
    return Sites.addTo(
        Options.command(
                "send",
                "Appends a message to a room as a system sender, without a socket, and prints where"
                    + " it stands.",
                "",
                "With an --id, the same command again within 24 hours stores nothing and prints"
                    + " the first position.",
                "")
            .addOption(Options.required(Options.ROOM, "ROOM", "The room; it need not exist."))
            .addOption(Options.optional(DATA, String.class, "TEXT", "The message, a string."))
            .addOption(Options.optional(JSON, String.class, "JSON", "The message, any JSON value."))
            .addOption(
                Options.optional(
                    ID, String.class, "ID", "The message's own id, to repeat it safely."))
            .addOption(
                Options.optional(
                    Options.SENDER, String.class, "SENDER", "As whom (default: system)."))
            .addOption(
                Options.optional(NAME, String.class, "NAME", "The display name (default: SENDER)."))
            .addOption(
                Options.optional(
                    FUNCTION_NAME,
                    String.class,
                    "NAME",
                    "Instead of --stack: the function, its output SystemSendFunctionName. It needs"
                        + " no right but to invoke it.")));
  }

  @Override
  public void run(ParseResult parsed, Console console) throws InterruptedException {
    String event = Json.minimal(event(parsed));
    @Nullable String function = Options.text(parsed, FUNCTION_NAME);
    Site site = function == null ? Sites.find(parsed) : Sites.ofAccount();
    String name =
        function == null ? site.names().getOrDefault(ALIAS, site.name(FUNCTION)) : function;
    try (var lambda = site.lambda()) {
      InvokeResponse response =
          lambda.invoke(
              request -> request.functionName(name).payload(SdkBytes.fromUtf8String(event)));
      String result = response.payload().asUtf8String();
      if (response.functionError() != null) {
        throw new CommandFailed(name + " failed: " + result);
      }
      console.out().println(acknowledged(result));
    }
  }

  private static ObjectNode event(ParseResult parsed) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("room", Options.room(parsed).value()).set("data", data(parsed));
    put(event, "id", Options.text(parsed, ID));
    put(event, "sender", Options.sender(parsed).orElse(null));
    put(event, "name", Options.text(parsed, NAME));
    return event;
  }

  private static JsonNode data(ParseResult parsed) {
    @Nullable String text = Options.text(parsed, DATA);
    @Nullable String json = Options.text(parsed, JSON);
    if ((text == null) == (json == null)) {
      throw new Misused("one of " + DATA + " and " + JSON + " is needed");
    }
    return text != null
        ? JsonNodeFactory.instance.textNode(text)
        : Json.parse(String.valueOf(json))
            .orElseThrow(() -> new Misused(JSON + " is no JSON of distinct keys"));
  }

  private static void put(ObjectNode event, String field, @Nullable String value) {
    if (value != null) {
      event.put(field, value);
    }
  }

  /** The ack's only message, as it came. */
  private static String acknowledged(String result) {
    Optional<JsonNode> answer = Json.parse(result);
    if (answer.map(json -> json.path("type").asText()).filter("error"::equals).isPresent()) {
      JsonNode error = answer.orElseThrow();
      throw new CommandFailed(error.path("code").asText() + ": " + error.path("message").asText());
    }
    return answer
        .map(json -> json.path("acks").path(0))
        .filter(JsonNode::isObject)
        .map(Json::minimal)
        .orElseThrow(() -> new CommandFailed("the function's answer is no ack: " + result));
  }
}
