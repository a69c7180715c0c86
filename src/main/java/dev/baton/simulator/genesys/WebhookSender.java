package dev.baton.simulator.genesys;

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
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts to the outbound notification webhook as the vendor does: signed, ten seconds for the
 * answer, up to five repetitions five seconds apart after a time-out, 429 or 5xx. First attempts of
 * one conversation go one after the other; a repetition does not hold up what follows, so that
 * messages can change places.
 */
public final class WebhookSender {
  private static final String CALL = "webhook";

  /**
   * One attempt.
   *
   * @param id of the message
   * @param status of the answer; 0 when there was none
   */
  public record Attempt(String id, int number, int status) {}

  private final Vertx vertx;
  private final HttpClient client;
  private final GenesysSimulatorOptions options;
  private final GenesysFaults faults;
  private final Map<String, Future<Integer>> last = new ConcurrentHashMap<>();
  private final Map<String, Deque<Runnable>> held = new ConcurrentHashMap<>();
  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  WebhookSender(Vertx vertx, GenesysSimulatorOptions options, GenesysFaults faults) {
    this.vertx = vertx;
    this.options = options;
    this.faults = faults;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(5000), new PoolOptions().setHttp1MaxSize(64));
  }

  /** Every attempt, in order. */
  public List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /**
   * Posts a body of one's own making, once, under a signature of one's own making.
   *
   * @param signature value of {@code X-Hub-Signature-256}, or null for none
   * @return the status of the answer
   */
  public Future<Integer> post(byte[] body, String signature) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url())
            .setTimeout(options.webhookTimeout.toMillis())
            .putHeader("Content-Type", "application/json");
    if (signature != null) {
      request.putHeader("X-Hub-Signature-256", signature);
    }
    return client
        .request(request)
        .compose(call -> call.send(Buffer.buffer(body)))
        .compose(
            response ->
                response
                    .body()
                    .timeout(options.webhookTimeout.toMillis(), TimeUnit.MILLISECONDS)
                    .map(response.statusCode()));
  }

  /** The vendor's signature: Base64, over the bytes as sent. */
  public String sign(byte[] body) {
    return "sha256=" + Base64.getEncoder().encodeToString(hmac(options.webhookSecret, body));
  }

  /** Delivers with repetitions. Completes with the last status, 0 when there was no answer. */
  Future<Integer> deliver(String conversation, JsonObject message) {
    if (options.webhookUrl == null) {
      throw new GenesysSimulatorException(
          "BTN-4789", "No webhook is set; agents' messages go nowhere. Set its URL first");
    }
    if (faults.strikes(GenesysFaultKind.WEBHOOK_LOST, CALL).isPresent()) {
      return Future.succeededFuture(0);
    }
    if (faults.strikes(GenesysFaultKind.WEBHOOK_LATE, CALL).isPresent()) {
      Promise<Integer> later = Promise.promise();
      held.computeIfAbsent(conversation, id -> new ArrayDeque<>())
          .add(() -> enqueue(conversation, message).onComplete(later));
      return later.future();
    }
    Future<Integer> sent = enqueue(conversation, message);
    if (faults.strikes(GenesysFaultKind.WEBHOOK_TWICE, CALL).isPresent()) {
      enqueue(conversation, message);
    }
    Deque<Runnable> late = held.remove(conversation);
    if (late != null) {
      late.forEach(Runnable::run);
    }
    return sent;
  }

  private Future<Integer> enqueue(String conversation, JsonObject message) {
    byte[] body = message.toBuffer().getBytes();
    String id = message.getString("id");
    Promise<Integer> done = Promise.promise();
    last.compute(
        conversation,
        (key, before) -> {
          Future<Integer> first =
              before == null
                  ? attempt(id, 1, body)
                  : before.compose(status -> attempt(id, 1, body));
          first.onSuccess(status -> repeat(id, 1, status, body, done));
          return first;
        });
    return done.future();
  }

  private void repeat(String id, int number, int status, byte[] body, Promise<Integer> done) {
    boolean again = status == 0 || status == 429 || status >= 500;
    if (!again || number > options.webhookRetries || closed) {
      done.complete(status);
      return;
    }
    vertx.setTimer(
        options.webhookRetryGap.toMillis(),
        timer ->
            attempt(id, number + 1, body)
                .onSuccess(next -> repeat(id, number + 1, next, body, done)));
  }

  private Future<Integer> attempt(String id, int number, byte[] body) {
    return post(body, signature(body))
        .otherwise(0)
        .onSuccess(status -> attempts.add(new Attempt(id, number, status)));
  }

  private String signature(byte[] body) {
    if (faults.strikes(GenesysFaultKind.WEBHOOK_UNSIGNED, CALL).isPresent()) {
      return null;
    }
    if (faults.strikes(GenesysFaultKind.WEBHOOK_HEX, CALL).isPresent()) {
      return "sha256=" + HexFormat.of().formatHex(hmac(options.webhookSecret, body));
    }
    if (faults.strikes(GenesysFaultKind.WEBHOOK_WRONG_KEY, CALL).isPresent()) {
      return "sha256=" + Base64.getEncoder().encodeToString(hmac("not-the-configured-key", body));
    }
    return sign(body);
  }

  private String url() {
    return options.webhookUrl;
  }

  private static byte[] hmac(String key, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  void close() {
    closed = true;
    client.close();
  }
}
