package dev.baton.simulator.omnichannel;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Calls the webhook as the vendor does: three tries, then the event is lost. */
final class WebhookCaller {
  private static final int TRIES = 3;

  private final HttpClient client;
  private final SigningKeys keys;
  private final String audience;
  private final Duration timeout;
  private final boolean signed;

  WebhookCaller(Vertx vertx, SigningKeys keys, String audience, OmnichannelOptions options) {
    this.client = vertx.createHttpClient();
    this.keys = keys;
    this.audience = audience;
    this.timeout = options.webhookTimeout();
    this.signed = options.signed();
  }

  /**
   * @param base base URL of the webhook
   * @return the last status; fails when nobody answered
   */
  Future<Integer> call(String base, String conversation, JsonObject activity) {
    return call(base, conversation, activity, signed ? "Bearer " + token() : null, TRIES);
  }

  /** One try with another authorization. */
  Future<Integer> once(
      String base, String conversation, JsonObject activity, String authorization) {
    return call(base, conversation, activity, authorization, 1);
  }

  private String token() {
    Instant now = Instant.now();
    return keys.token(audience, Map.of(), now.minusSeconds(60), now.plusSeconds(3600));
  }

  private Future<Integer> call(
      String base, String conversation, JsonObject activity, String authorization, int tries) {
    Promise<Integer> result = Promise.promise();
    attempt(base, conversation, activity, authorization)
        .onComplete(
            done -> {
              boolean failed = done.failed() || done.result() >= 500 || done.result() == 429;
              if (failed && tries > 1) {
                call(base, conversation, activity, authorization, tries - 1).onComplete(result);
              } else {
                result.handle(done);
              }
            });
    return result.future();
  }

  private Future<Integer> attempt(
      String base, String conversation, JsonObject activity, String authorization) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(base + "/v3/conversations/" + conversation + "/activities")
            .putHeader("Content-Type", "application/json");
    if (authorization != null) {
      options.putHeader("Authorization", authorization);
    }
    return client
        .request(options)
        // In one go, on the event loop: a body that is asked for later may have passed.
        .compose(
            request ->
                request
                    .send(activity.toBuffer())
                    .compose(answer -> answer.body().map(ignored -> answer.statusCode())))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The same object with keys that begin with capitals, at every depth. */
  static JsonObject pascal(JsonObject object) {
    JsonObject result = new JsonObject();
    object.forEach(
        entry ->
            result.put(
                Character.toUpperCase(entry.getKey().charAt(0)) + entry.getKey().substring(1),
                pascal(entry.getValue())));
    return result;
  }

  private static Object pascal(Object value) {
    if (value instanceof JsonObject object) {
      return pascal(object);
    }
    if (value instanceof JsonArray array) {
      JsonArray result = new JsonArray();
      array.forEach(item -> result.add(pascal(item)));
      return result;
    }
    return value;
  }
}
