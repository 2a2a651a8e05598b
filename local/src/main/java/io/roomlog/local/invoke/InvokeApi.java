package io.roomlog.local.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.functions.Functions;
import io.roomlog.local.functions.Functions.Outcome;
import io.roomlog.local.gateway.LocalCaller;
import io.roomlog.local.policies.AccessKey;
import io.roomlog.local.policies.Call;
import io.roomlog.local.policies.Policies;
import io.roomlog.local.policies.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lambda's Invoke API: an SDK's {@code LambdaClient}, or {@code aws lambda invoke}, with the
 * gateway's port as its endpoint. It takes requests to {@code /2015-03-31/functions/…} and leaves
 * all others to the next handler.
 *
 * <p>Only callers on this machine are answered, and only what is signed, with whatever keys: a web
 * page can send a request here, but none with that header, unless it is asked first whether it may.
 * An invocation is waited for on a virtual thread.
 */
public final class InvokeApi extends Handler.Abstract.NonBlocking {
  private static final Logger log = LoggerFactory.getLogger(InvokeApi.class);

  /** What Lambda takes of a caller that waits (docs.aws.amazon.com/lambda/latest/dg/limits). */
  static final int WAITING_BYTES_MAX = 6 * 1024 * 1024;

  /** What Lambda takes of one that does not. */
  static final int EVENT_BYTES_MAX = 1024 * 1024;

  private static final String TYPE_HEADER = "X-Amz-Invocation-Type";
  private static final String FUNCTION_ERROR = "X-Amz-Function-Error";
  private static final String SERVICE_PATH = "/2015-03-31/functions/";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final List<Function> deployed;
  private final Functions functions;
  private final Policies policies;

  /** Serves the functions of a deployment. */
  public InvokeApi(List<Function> deployed, Functions functions, Policies policies) {
    this.deployed = List.copyOf(deployed);
    this.functions = functions;
    this.policies = policies;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getDecodedPath();
    if (!path.startsWith(SERVICE_PATH)) {
      return false;
    }
    Optional<Invocation> invocation =
        Invocation.of(path, request.getHeaders().get(TYPE_HEADER))
            .filter(_ -> HttpMethod.POST.is(request.getMethod()));
    if (invocation.isEmpty() || !isLocal(request)) {
      refuse(response, InvokeError.forbidden(), callback);
      return true;
    }
    Thread.ofVirtual()
        .name("invoke-api")
        .start(() -> answer(invocation.get(), request, response, callback));
    return true;
  }

  private static boolean isLocal(Request request) {
    return LocalCaller.is(
        request.getConnectionMetaData().getRemoteSocketAddress(), Request.getServerName(request));
  }

  private void answer(
      Invocation invocation, Request request, Response response, Callback callback) {
    try {
      invoke(invocation, request, response, callback);
    } catch (IOException brokenOff) {
      callback.failed(brokenOff);
    } catch (InterruptedException | IllegalStateException e) {
      log.atDebug().setCause(e).log("invoke_broken_off");
      refuse(response, InvokeError.ended(), callback);
    }
  }

  private void invoke(Invocation invocation, Request request, Response response, Callback callback)
      throws IOException, InterruptedException {
    int bytesMax = invocation.type() == Invocation.Type.EVENT ? EVENT_BYTES_MAX : WAITING_BYTES_MAX;
    byte[] body = Content.Source.asInputStream(request).readNBytes(bytesMax + 1);
    String event = body.length == 0 ? "{}" : new String(body, UTF_8);
    Optional<Function> function = function(invocation.function());
    Optional<InvokeError> error =
        fault(invocation, function, AccessKey.of(request), body.length > bytesMax, event);
    if (error.isPresent()) {
      refuse(response, error.get(), callback);
      return;
    }
    String logicalId = function.orElseThrow().logicalId();
    response.getHeaders().put("X-Amz-Executed-Version", "$LATEST");
    switch (invocation.type()) {
      case REQUEST_RESPONSE -> write(functions.invoke(logicalId, event), response, callback);
      case EVENT -> {
        Thread.ofVirtual().name("invoke-event").start(() -> invokeUnheard(logicalId, event));
        empty(202, response, callback);
      }
      case DRY_RUN -> empty(204, response, callback);
      case null -> throw new IllegalStateException("an unknown type is refused before");
    }
  }

  private Optional<InvokeError> fault(
      Invocation invocation,
      Optional<Function> function,
      Optional<String> accessKey,
      boolean tooLarge,
      String event) {
    if (accessKey.isEmpty()) {
      return Optional.of(InvokeError.unsigned());
    }
    if (function.isEmpty()) {
      return Optional.of(InvokeError.notFound(invocation.function()));
    }
    Optional<Refusal> refusal =
        policies.refusal(
            accessKey.get(), List.of(new Call("lambda:InvokeFunction", function.get().arn())));
    if (refusal.isPresent()) {
      return Optional.of(InvokeError.denied(refusal.get().message()));
    }
    if (invocation.type() == null) {
      return Optional.of(InvokeError.unknownType());
    }
    if (tooLarge) {
      return Optional.of(
          InvokeError.tooLarge(
              invocation.type() == Invocation.Type.EVENT ? EVENT_BYTES_MAX : WAITING_BYTES_MAX));
    }
    return isJson(event) ? Optional.empty() : Optional.of(InvokeError.notJson());
  }

  /** By its name as AWS has it, or as the template does, which is easier to remember here. */
  private Optional<Function> function(String name) {
    return deployed.stream()
        .filter(each -> each.name().equals(name) || each.logicalId().equals(name))
        .findFirst();
  }

  private static boolean isJson(String event) {
    try {
      return !JSON.readTree(event).isMissingNode();
    } catch (JsonProcessingException notJson) {
      return false;
    }
  }

  private void invokeUnheard(String function, String event) {
    try {
      functions.invoke(function, event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      log.atWarn().addKeyValue("function", function).setCause(e).log("invoke_broken_off");
    }
  }

  private static void write(Outcome outcome, Response response, Callback callback) {
    switch (outcome) {
      case Outcome.Returned(String payload) -> json(200, payload, response, callback);
      case Outcome.Failed(String errorType, String message) -> {
        response.getHeaders().put(FUNCTION_ERROR, "Unhandled");
        ObjectNode failed = JSON.createObjectNode();
        json(
            200,
            failed.put("errorMessage", message).put("errorType", errorType).toString(),
            response,
            callback);
      }
      case Outcome.TimedOut() -> {
        response.getHeaders().put(FUNCTION_ERROR, "Unhandled");
        ObjectNode failed = JSON.createObjectNode().put("errorMessage", "Task timed out");
        json(200, failed.put("errorType", "Sandbox.Timedout").toString(), response, callback);
      }
    }
  }

  private static void refuse(Response response, InvokeError error, Callback callback) {
    response.getHeaders().put("x-amzn-ErrorType", error.type());
    String body =
        JSON.createObjectNode().put("Type", "User").put("Message", error.message()).toString();
    json(error.status(), body, response, callback);
  }

  private static void json(int status, String json, Response response, Callback callback) {
    head(status, response);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(json.getBytes(UTF_8)), callback);
  }

  private static void empty(int status, Response response, Callback callback) {
    head(status, response);
    response.write(true, BufferUtil.EMPTY_BUFFER, callback);
  }

  private static void head(int status, Response response) {
    response.setStatus(status);
    response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
  }
}
