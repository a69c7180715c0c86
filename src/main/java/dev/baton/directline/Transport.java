package dev.baton.directline;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** HTTP and WebSocket calls. Also remembers how the latest went. */
final class Transport {
  private static final int MAX_FRAME = 16 * 1024 * 1024;

  private final DirectLineConfiguration configuration;
  private final HttpClient http;
  private final WebSocketClient sockets;
  private volatile Instant lastSuccess;
  private volatile Instant lastErrorAt;
  private volatile String lastError;

  Transport(Vertx vertx, DirectLineConfiguration configuration) {
    this.configuration = configuration;
    HttpClientOptions httpOptions =
        configuration.getHttpClientOptions() == null
            ? new HttpClientOptions().setKeepAliveTimeout(30)
            : new HttpClientOptions(configuration.getHttpClientOptions());
    httpOptions.setConnectTimeout((int) configuration.getConnectTimeout()).setShared(false);
    http =
        vertx.createHttpClient(
            httpOptions, new PoolOptions().setHttp1MaxSize(configuration.getMaxConnections()));
    // One socket per conversation: the client's own limit of 50 would be reached at once, and an
    // activity may be longer than the usual limit of a frame.
    sockets =
        vertx.createWebSocketClient(
            (configuration.getWebSocketClientOptions() == null
                    ? new WebSocketClientOptions()
                    : new WebSocketClientOptions(configuration.getWebSocketClientOptions()))
                .setConnectTimeout((int) configuration.getConnectTimeout())
                .setMaxConnections(Integer.MAX_VALUE)
                .setMaxFrameSize(MAX_FRAME)
                .setMaxMessageSize(MAX_FRAME)
                .setShared(false));
  }

  /**
   * Sends one request.
   *
   * @param body null for none
   * @return fails with {@link NotSentException} when it surely was not sent; with anything else
   *     when nobody knows
   */
  Future<Answer> send(
      HttpMethod method, String url, String bearer, Buffer body, String contentType) {
    return send(method, url, bearer, body, contentType, Map.of());
  }

  /** As {@link #send(HttpMethod, String, String, Buffer, String)}, with more headers. */
  Future<Answer> send(
      HttpMethod method,
      String url,
      String bearer,
      Buffer body,
      String contentType,
      Map<String, String> headers) {
    RequestOptions options = new RequestOptions().setMethod(method).setAbsoluteURI(url);
    options
        .setConnectTimeout(configuration.getRequestTimeout())
        .setIdleTimeout(configuration.getRequestTimeout())
        .putHeader("Accept", "application/json");
    headers.forEach(options::putHeader);
    if (bearer != null) {
      options.putHeader("Authorization", "Bearer " + bearer);
    }
    if (body != null) {
      options.putHeader("Content-Type", contentType);
    }
    return http.request(options)
        .recover(e -> Future.failedFuture(new NotSentException(e)))
        .compose(request -> exchange(request, body))
        .onSuccess(answer -> note(method, answer))
        .onFailure(this::noteError);
  }

  private Future<Answer> exchange(HttpClientRequest request, Buffer body) {
    Future<HttpClientResponse> response =
        body == null
            ? (HttpMethod.GET.equals(request.getMethod())
                ? request.send()
                : request.send(Buffer.buffer()))
            : request.send(body);
    return response
        .compose(
            r ->
                r.body()
                    .map(
                        b ->
                            new Answer(
                                r.statusCode(),
                                r.getHeader("Retry-After"),
                                r.getHeader("x-ms-request-id"),
                                Json.object(b.toString(StandardCharsets.UTF_8)))))
        // The idle time-out restarts with every byte; this one does not.
        .timeout(configuration.getRequestTimeout() + 1000, TimeUnit.MILLISECONDS)
        .onFailure(e -> request.reset());
  }

  Future<WebSocket> open(String streamUrl) {
    return sockets
        .connect(
            new WebSocketConnectOptions()
                .setAbsoluteURI(StreamUrl.forSocket(streamUrl))
                .setTimeout(configuration.getRequestTimeout()))
        // The URL is a credential, and the client's own message may quote it.
        .recover(
            e ->
                Future.failedFuture(
                    new DirectLineException(
                        "The stream cannot be opened: " + e.getClass().getSimpleName(), null)))
        .onFailure(this::noteError);
  }

  private void note(HttpMethod method, Answer answer) {
    // Client errors say nothing about the service's health, except that credentials are wrong.
    if (answer.ok()) {
      lastSuccess = Instant.now();
    } else if (answer.status() >= 500 || answer.status() == 401 || answer.status() == 403) {
      lastError =
          method.name()
              + ": HTTP "
              + answer.status()
              + (answer.errorCode() == null ? "" : " " + answer.errorCode());
      lastErrorAt = Instant.now();
    }
  }

  private void noteError(Throwable e) {
    lastError = e instanceof DirectLineException ? e.getMessage() : e.getClass().getSimpleName();
    lastErrorAt = Instant.now();
  }

  Instant lastSuccess() {
    return lastSuccess;
  }

  Instant lastErrorAt() {
    return lastErrorAt;
  }

  String lastError() {
    return lastError;
  }

  Future<Void> close() {
    return http.close().transform(done -> sockets.close());
  }
}
