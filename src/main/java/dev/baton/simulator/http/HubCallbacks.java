package dev.baton.simulator.http;

import dev.baton.hub.HubSignature;
import dev.baton.hub.HubWebhook;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises the simulated hub's events at Baton, signed. */
public final class HubCallbacks {
  private static final Logger LOG = LoggerFactory.getLogger(HubCallbacks.class);
  private static final long RETRY_MILLIS = 100;

  private final Vertx vertx;
  private final HttpClient client;
  private final String secret;
  private final Map<String, Future<Integer>> last = new ConcurrentHashMap<>();
  private volatile boolean closed;

  HubCallbacks(Vertx vertx, String secret) {
    this.vertx = vertx;
    this.secret = secret;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(5000),
            new PoolOptions().setHttp1MaxSize(128));
  }

  /** An event of a chat, ready to be raised; more fields may be put into it. */
  public JsonObject event(HubChat chat, String type) {
    return new JsonObject()
        .put("eventId", UUID.randomUUID().toString())
        .put("type", type)
        .put("conversationId", chat.id())
        .put("handoffId", chat.handoffId())
        .put("occurredAt", Instant.now().toString());
  }

  public JsonObject accepted(HubChat chat, String agentId, String agentName) {
    return event(chat, "accepted").put("agent", agent(agentId, agentName));
  }

  public JsonObject message(HubChat chat, String text) {
    return event(chat, "message")
        .put("agent", agent("a-1", "Grace"))
        .put("message", new JsonObject().put("id", UUID.randomUUID().toString()).put("text", text));
  }

  public JsonObject ended(HubChat chat) {
    return event(chat, "ended").put("by", "AGENT").put("reason", "RESOLVED");
  }

  private static JsonObject agent(String id, String name) {
    return new JsonObject().put("id", id).put("name", name);
  }

  /** Posts an event once. Completes with the status of the answer. */
  public Future<Integer> raise(HubChat chat, JsonObject event) {
    Buffer body = event.toBuffer();
    return post(chat.callbackUrl(), body, HubSignature.sign(secret, body.getBytes()))
        .map(
            answer -> {
              if (answer.status() / 100 == 4) {
                LOG.warn("{} to {}: {}", answer.status(), event, answer.body());
              }
              return answer.status();
            });
  }

  /**
   * Posts an event after the earlier ones of the chat were taken, again and again until Baton takes
   * it (2xx) or refuses it for good (4xx).
   */
  public Future<Integer> deliver(HubChat chat, JsonObject event) {
    return last.compute(
        chat.id(),
        (id, before) ->
            before == null
                ? repeat(chat, event)
                : before.otherwise(0).compose(status -> repeat(chat, event)));
  }

  private Future<Integer> repeat(HubChat chat, JsonObject event) {
    return raise(chat, event)
        .otherwise(503)
        .compose(
            status -> {
              if (closed || status < 500) {
                return Future.succeededFuture(status);
              }
              Promise<Integer> later = Promise.promise();
              vertx.setTimer(RETRY_MILLIS, timer -> repeat(chat, event).onComplete(later::handle));
              return later.future();
            });
  }

  /** What Baton answered. */
  public record Answer(int status, String contentType, String body) {}

  /**
   * Posts any bytes.
   *
   * @param signature value of the signature header, or null for none
   */
  public Future<Answer> post(String url, Buffer body, String signature) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url)
            .putHeader("Content-Type", "application/json");
    if (signature != null) {
      options.putHeader(HubWebhook.SIGNATURE, signature);
    }
    return client
        .request(options)
        .compose(request -> request.send(body))
        .compose(
            response ->
                response
                    .body()
                    .map(
                        bytes ->
                            new Answer(
                                response.statusCode(),
                                response.getHeader("Content-Type"),
                                bytes.toString())));
  }

  void close() {
    closed = true;
    client.close();
  }
}
