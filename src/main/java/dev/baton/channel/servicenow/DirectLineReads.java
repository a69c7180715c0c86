package dev.baton.channel.servicenow;

import dev.baton.directline.StreamUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The reading half of Direct Line, without state: the conversations are the callers'. */
final class DirectLineReads implements AutoCloseable {
  private static final int MAX_FRAME = 16 * 1024 * 1024;
  private static final int CONNECTIONS = 1000;
  private static final int CONNECT_TIMEOUT = 5_000;
  private static final int REQUEST_TIMEOUT = 15_000;

  private final HttpClient http;
  private final WebSocketClient sockets;

  DirectLineReads(Vertx vertx) {
    http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAliveTimeout(30)
                .setDecompressionSupported(true)
                .setConnectTimeout(CONNECT_TIMEOUT),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT)
                .setMaxConnections(Integer.MAX_VALUE)
                .setMaxFrameSize(MAX_FRAME)
                .setMaxMessageSize(MAX_FRAME));
  }

  /**
   * One answer.
   *
   * @param date the service's clock, or null
   * @param retryAfter seconds, or null
   */
  record Reply(int status, String date, String retryAfter, byte[] body) {}

  /** The activities after a watermark; null for all. */
  Future<Reply> activities(
      String root,
      String conversation,
      String watermark,
      String secret,
      Consumer<HttpClientRequest> sent) {
    return get(url(root, conversation) + "/activities" + query(watermark), secret, sent);
  }

  /** A fresh {@code streamUrl} of the conversation. */
  Future<Reply> reconnect(
      String root,
      String conversation,
      String watermark,
      String secret,
      Consumer<HttpClientRequest> sent) {
    return get(url(root, conversation) + query(watermark), secret, sent);
  }

  Future<WebSocket> open(String streamUrl) {
    return sockets.connect(
        new WebSocketConnectOptions()
            .setAbsoluteURI(StreamUrl.forSocket(streamUrl))
            .setTimeout(CONNECT_TIMEOUT));
  }

  private Future<Reply> get(String url, String secret, Consumer<HttpClientRequest> sent) {
    return http.request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .setFollowRedirects(false)
                .setIdleTimeout(REQUEST_TIMEOUT)
                .putHeader("Accept", "application/json")
                .putHeader("Authorization", "Bearer " + secret))
        .compose(
            request -> {
              sent.accept(request);
              return request
                  .send()
                  .compose(DirectLineReads::reply)
                  // The idle time-out restarts with every byte; this one does not.
                  .timeout(REQUEST_TIMEOUT, TimeUnit.MILLISECONDS)
                  .onFailure(e -> request.reset());
            });
  }

  private static Future<Reply> reply(HttpClientResponse response) {
    return response
        .body()
        .map(
            body ->
                new Reply(
                    response.statusCode(),
                    response.getHeader("Date"),
                    response.getHeader("Retry-After"),
                    body.getBytes()));
  }

  private static String url(String root, String conversation) {
    return root + "/conversations/" + encode(conversation);
  }

  private static String query(String watermark) {
    return watermark == null ? "" : "?watermark=" + encode(watermark);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.close();
    sockets.close();
  }
}
