package dev.baton.simulator.genesys;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Calls bots as Architect flows do.
 *
 * <pre>{@code
 * ArchitectFlow flow = ArchitectFlow.legacy(url).credential("x-api-key", "…")
 *     .intent("None").intent("Escalate", Map.of("va_AgentMessage", "String"));
 * ConnectorSession session = caller.start(flow);
 * ConnectorTurn turn = session.say("hello").toCompletionStage().toCompletableFuture().join();
 * }</pre>
 */
public final class ConnectorCaller implements AutoCloseable {
  private final HttpClient client;
  private final Map<String, ConnectorSession> sessions = new ConcurrentHashMap<>();

  /** What came back from a call; {@code body} is null when it is not a JSON object. */
  record Answer(int status, String text, JsonObject body) {}

  /**
   * @param vertx stays the caller's to close
   */
  public ConnectorCaller(Vertx vertx) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(5000),
            new PoolOptions().setHttp1MaxSize(512));
  }

  /** A new run of the action: a session of its own in a conversation of its own. */
  public ConnectorSession start(ArchitectFlow flow) {
    return start(flow, UUID.randomUUID().toString());
  }

  /** A new run of the action in a conversation that has had one before. */
  public ConnectorSession start(ArchitectFlow flow, String conversation) {
    ConnectorSession session = new ConnectorSession(this, flow, conversation);
    sessions.put(session.id(), session);
    return session;
  }

  /** A session that was started here. */
  public Optional<ConnectorSession> session(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  /**
   * The list of bots that a digital connector serves, for Architect's drop-down.
   *
   * @return {@code {"entities": […]}}; fails when the call does not answer 200 with an object
   */
  public Future<JsonObject> bots(ArchitectFlow flow) {
    return discover(flow, "/bots");
  }

  /** One bot of a digital connector. */
  public Future<JsonObject> bot(ArchitectFlow flow, String id) {
    return discover(flow, "/bots/" + id);
  }

  private Future<JsonObject> discover(ArchitectFlow flow, String path) {
    return call(HttpMethod.GET, below(flow.url, path), flow.credentials, null, flow.deadline)
        .compose(
            answer ->
                answer.status() == 200 && answer.body() != null
                    ? Future.succeededFuture(answer.body())
                    : Future.failedFuture(
                        new GenesysSimulatorException(
                            "BTN-4788",
                            "The bot's list answered %d: %s"
                                .formatted(answer.status(), answer.text()))));
  }

  static URI below(URI base, String path) {
    String text = base.toString();
    return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
  }

  Future<Answer> call(
      HttpMethod method, URI url, Map<String, String> headers, JsonObject body, Duration deadline) {
    RequestOptions options = new RequestOptions().setMethod(method).setAbsoluteURI(url.toString());
    headers.forEach(options::putHeader);
    options.putHeader("inin-correlation-id", UUID.randomUUID().toString());
    if (body != null) {
      options.putHeader("Content-Type", "application/json");
    }
    return client
        .request(options)
        .compose(
            request -> {
              Future<Answer> answered =
                  request
                      .send(body == null ? Buffer.buffer() : body.toBuffer())
                      .compose(
                          response ->
                              response
                                  .body()
                                  .map(bytes -> answer(response.statusCode(), bytes.toString())));
              return answered
                  .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                  // Nobody waits any more: the connection is not kept busy by it.
                  .onFailure(failure -> request.reset());
            });
  }

  private static Answer answer(int status, String text) {
    try {
      return new Answer(status, text, text.isBlank() ? null : new JsonObject(text));
    } catch (DecodeException e) {
      return new Answer(status, text, null);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
