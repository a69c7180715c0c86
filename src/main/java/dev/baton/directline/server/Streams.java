package dev.baton.directline.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open streams of this node, one per conversation: a new one takes over from the old one. */
final class Streams {
  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

  private final Vertx vertx;
  private final DirectLineBackend backend;
  private final DirectLineTokens tokens;
  private final DirectLineServerConfig config;
  private final Map<String, CustomerStream> open = new ConcurrentHashMap<>();

  Streams(
      Vertx vertx,
      DirectLineBackend backend,
      DirectLineTokens tokens,
      DirectLineServerConfig config) {
    this.vertx = vertx;
    this.backend = backend;
    this.tokens = tokens;
    this.config = config;
  }

  /**
   * Turns a request for a {@code streamUrl} into a stream. The URL was given for an existing
   * conversation seconds ago and carries its own credential.
   *
   * @throws DirectLineException when the URL is not, or no longer, good
   */
  void upgrade(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    String conversation = ctx.pathParam("conversation");
    String pass = ctx.queryParams().get("t");
    if (pass == null) {
      throw Problem.NO_CREDENTIAL.with("The stream's URL has no 't'. Use the streamUrl as given.");
    }
    Credentials.requireFor(tokens.verifyForStream(pass), conversation);
    long after = Watermark.parse(ctx.queryParams().get("watermark"));
    if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
      ctx.response().putHeader(HttpHeaders.UPGRADE, "websocket");
      throw Problem.UPGRADE_NEEDED.with("The stream is a WebSocket. Open it with a client of one.");
    }
    request
        .toWebSocket()
        .onSuccess(socket -> open(conversation, socket, after))
        .onFailure(e -> LOG.debug("No stream for {}: {}", conversation, e.toString()));
  }

  private void open(String conversation, ServerWebSocket socket, long after) {
    CustomerStream stream =
        new CustomerStream(
            vertx, backend, conversation, socket, after, s -> open.remove(conversation, s));
    CustomerStream previous = open.put(conversation, stream);
    if (previous != null) {
      previous.close(CustomerStream.POLICY, "collision");
    }
    socket.closeHandler(v -> stream.release());
    stream.open(config.keepAlive);
  }

  int count() {
    return open.size();
  }

  /** Drops the stream of a conversation, if there is one. */
  void drop(String conversation) {
    CustomerStream stream = open.get(conversation);
    if (stream != null) {
      stream.close(CustomerStream.GOING_AWAY, "dropped");
    }
  }

  void closeAll() {
    open.values().forEach(stream -> stream.close(CustomerStream.GOING_AWAY, "going away"));
  }
}
