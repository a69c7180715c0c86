package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of the real Direct Line service and spoils what goes through, on the wire, as
 * networks, gateways and the service itself do. Without an armed fault everything passes unchanged.
 */
final class FaultProxy {
  private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "transfer-encoding",
          "content-length",
          "upgrade",
          "http2-settings",
          "host");

  private static final List<FaultKind> SPOILING_CALLS = List.of(FaultKind.CONNECTION_RESET);
  private static final List<FaultKind> SPOILING_POSTS =
      List.of(
          FaultKind.CONNECTION_RESET,
          FaultKind.BAD_GATEWAY,
          FaultKind.GATEWAY_TIMEOUT,
          FaultKind.NO_BODY);

  private final Vertx vertx;
  private final int port;
  private final String secret;
  private final Faults faults;
  private final ActivitySetFaults setFaults;
  private final HttpClient client;
  private final SocketRelay sockets;
  private final Set<String> expiredTokens = ConcurrentHashMap.newKeySet();

  /**
   * @param port where the real service listens on loopback
   * @param secret the bot's secret, which never expires
   * @param history the whole stream of a conversation
   */
  FaultProxy(
      Vertx vertx,
      int port,
      String secret,
      Faults faults,
      Function<String, List<ObjectNode>> history) {
    this.vertx = vertx;
    this.port = port;
    this.secret = secret;
    this.faults = faults;
    this.setFaults = new ActivitySetFaults(faults, history);
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(5_000),
            new PoolOptions().setHttp1MaxSize(256));
    this.sockets = new SocketRelay(vertx, port, setFaults);
  }

  void handle(HttpServerRequest request) {
    request.pause();
    Call call = Call.of(request.method(), request.path());
    Optional<Fault> slow = strikes(FaultKind.SLOW, call);
    if (slow.isPresent() && !slow.get().delay().isZero()) {
      vertx.setTimer(slow.get().delay().toMillis(), timer -> handle(request, call));
    } else {
      handle(request, call);
    }
  }

  private void handle(HttpServerRequest request, Call call) {
    if (refuse(request, call)) {
      return;
    }
    if ("websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
      sockets.relay(request, call);
      return;
    }
    // Decided before the call, so that a fault that a post itself orders does not strike that post.
    Optional<FaultKind> spoiling =
        (call.isPost() ? SPOILING_POSTS : SPOILING_CALLS)
            .stream().filter(kind -> call.isKnown() && strikes(kind, call).isPresent()).findFirst();
    RequestOptions target =
        new RequestOptions()
            .setMethod(request.method())
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI(request.uri());
    request.resume();
    request
        .body()
        .compose(
            body ->
                client
                    .request(target)
                    .compose(
                        onward -> {
                          request
                              .headers()
                              .forEach(
                                  header -> {
                                    if (!HOP_BY_HOP.contains(
                                        header.getKey().toLowerCase(Locale.ROOT))) {
                                      onward.headers().add(header.getKey(), header.getValue());
                                    }
                                  });
                          // The service builds its own addresses from it; HTTP/2 has no such
                          // header.
                          onward.putHeader(HttpHeaders.HOST, String.valueOf(request.authority()));
                          return onward.send(body);
                        }))
        .compose(answer -> answer.body().map(body -> new Answer(answer, body)))
        .onSuccess(answer -> pass(request, call, answer, spoiling.orElse(null)))
        .onFailure(
            failure -> {
              LOG.warn(
                  "The simulated service did not answer {}: {}",
                  request.path(),
                  failure.toString());
              BrokenConnection.make(request.connection());
            });
  }

  private record Answer(HttpClientResponse head, Buffer body) {}

  /** Answers at once when a fault strikes that keeps the call from being carried out. */
  private boolean refuse(HttpServerRequest request, Call call) {
    if (!call.isKnown()) {
      return false;
    }
    Optional<Fault> throttled = strikes(FaultKind.THROTTLED, call);
    if (throttled.isPresent()) {
      request
          .response()
          .putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(throttled.get().retryAfter()));
      refuse(request, 429, "ServiceError", "Too many requests");
    } else if (strikes(FaultKind.SERVER_ERROR, call).isPresent()) {
      refuse(request, 500, "ServiceError", "An error was ordered");
    } else if (strikes(FaultKind.UNAVAILABLE, call).isPresent()) {
      refuse(request, 503, "ServiceError", "Unavailable, as ordered");
    } else if (tokenIsExpired(request, call)) {
      refuse(request, 403, "TokenExpired", "Token has expired");
    } else {
      return false;
    }
    return true;
  }

  private boolean tokenIsExpired(HttpServerRequest request, Call call) {
    String token = bearer(request);
    if (token.isEmpty() || bearsSecret(request)) {
      return false;
    }
    if (!expiredTokens.contains(token) && strikes(FaultKind.TOKEN_EXPIRED, call).isPresent()) {
      expiredTokens.add(token);
    }
    return expiredTokens.contains(token);
  }

  private boolean bearsSecret(HttpServerRequest request) {
    return bearer(request).equals(secret);
  }

  private static String bearer(HttpServerRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    return authorization == null
        ? ""
        : authorization.substring(authorization.indexOf(' ') + 1).strip();
  }

  private void pass(HttpServerRequest request, Call call, Answer answer, FaultKind spoiling) {
    HttpServerResponse response = request.response();
    if (spoiling == FaultKind.CONNECTION_RESET) {
      BrokenConnection.make(request.connection());
      return;
    } else if (spoiling == FaultKind.BAD_GATEWAY || spoiling == FaultKind.GATEWAY_TIMEOUT) {
      int status = spoiling == FaultKind.BAD_GATEWAY ? 502 : 504;
      refuse(request, status, "BotError", "Failed to send activity: bot timed out");
      return;
    } else if (spoiling == FaultKind.NO_BODY) {
      allowAnyOrigin(request, response.setStatusCode(204)).end();
      return;
    }
    response.setStatusCode(answer.head().statusCode());
    answer
        .head()
        .headers()
        .forEach(
            header -> {
              if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                response.headers().add(header.getKey(), header.getValue());
              }
            });
    if (!expiredTokens.isEmpty() && bearsSecret(request)) {
      // Two tokens made within one second are the same text; this one is good again.
      expiredTokens.removeIf(token -> answer.body().toString().contains(token));
    }
    if (call.name().equals("get") && answer.head().statusCode() == 200) {
      response.end(setFaults.applyTo(answer.body().toString(), call));
    } else if (answer.body().length() == 0) {
      response.end();
    } else {
      response.end(answer.body());
    }
  }

  private Optional<Fault> strikes(FaultKind kind, Call call) {
    return faults.strikes(kind, call.conversation(), call.name());
  }

  private static void refuse(HttpServerRequest request, int status, String code, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error").put("code", code).put("message", message);
    if (!request.isEnded()) {
      request.resume();
    }
    allowAnyOrigin(request, request.response().setStatusCode(status))
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
        .end(body.toString());
  }

  /** A page must be able to read the status of a spoilt answer as it would the service's own. */
  private static HttpServerResponse allowAnyOrigin(
      HttpServerRequest request, HttpServerResponse response) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null
        ? response
        : response
            .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
            .putHeader(HttpHeaders.VARY, "origin");
  }

  void close() {
    client.close();
    sockets.close();
  }
}
