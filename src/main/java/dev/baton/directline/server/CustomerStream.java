package dev.baton.directline.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's open stream. It keeps a cursor, not a queue: what a slow client has not taken stays
 * in the backend and is read again once the socket has room. Runs on the socket's event loop only.
 */
final class CustomerStream implements DirectLineBackend.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(CustomerStream.class);

  static final short GOING_AWAY = 1001;
  static final short POLICY = 1008;
  static final short ERROR = 1011;

  private final Vertx vertx;
  private final Context context;
  private final DirectLineBackend backend;
  private final String conversation;
  private final ServerWebSocket socket;

  private final Consumer<CustomerStream> onRelease;

  private AutoCloseable subscription;
  private long keepAliveTimer;
  private long lastHeard = System.nanoTime();
  private long cursor;

  /** Reading or sending: nobody else may. */
  private boolean busy;

  private boolean behind;
  private boolean closed;

  /**
   * @param cursor number of the last activity that the client has
   * @param onRelease told once when the stream is over
   */
  CustomerStream(
      Vertx vertx,
      DirectLineBackend backend,
      String conversation,
      ServerWebSocket socket,
      long cursor,
      Consumer<CustomerStream> onRelease) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.backend = backend;
    this.conversation = conversation;
    this.socket = socket;
    this.cursor = cursor;
    this.onRelease = onRelease;
  }

  /** Sends what is new since the cursor, and then whatever comes. */
  void open(Duration keepAlive) {
    socket.frameHandler(frame -> lastHeard = System.nanoTime());
    socket.pongHandler(pong -> lastHeard = System.nanoTime());
    socket.exceptionHandler(e -> LOG.debug("Stream of {}: {}", conversation, e.toString()));
    socket.drainHandler(
        v -> {
          if (behind) {
            catchUp();
          }
        });
    long patience = keepAlive.multipliedBy(3).toNanos();
    keepAliveTimer = vertx.setPeriodic(keepAlive.toMillis(), t -> keepAlive(patience));
    try {
      subscription = backend.listen(conversation, this);
      catchUp();
    } catch (DirectLineException e) {
      LOG.info("Stream of {}: {}", conversation, e.getMessage());
      close(ERROR, "unknown conversation");
    }
  }

  @Override
  public void activities(long first, List<ObjectNode> activities) {
    context.runOnContext(v -> arrived(first, activities));
  }

  @Override
  public void signal(ObjectNode activity) {
    context.runOnContext(
        v -> {
          // What is shown now or never is not worth waiting for.
          if (!closed && !busy && !behind && !socket.writeQueueFull()) {
            socket.writeTextMessage(ActivityPage.ofSignal(cursor, activity).json());
          }
        });
  }

  /** Ends the stream from here; safe to call from any thread and more than once. */
  void close(short status, String reason) {
    context.runOnContext(
        v -> {
          release();
          if (!socket.isClosed()) {
            socket.close(status, reason);
          }
        });
  }

  /** Gives back what the stream holds, once the socket is closed by whomever. */
  void release() {
    if (closed) {
      return;
    }
    closed = true;
    vertx.cancelTimer(keepAliveTimer);
    onRelease.accept(this);
    try {
      if (subscription != null) {
        subscription.close();
      }
    } catch (Exception e) {
      LOG.warn("Stream of {} cannot stop listening", conversation, e);
    }
  }

  private void keepAlive(long patience) {
    if (System.nanoTime() - lastHeard > patience) {
      close(GOING_AWAY, "no sign of life");
    } else if (!socket.writeQueueFull()) {
      socket.writeTextMessage("");
      socket.writePing(Buffer.buffer());
    }
  }

  private void arrived(long first, List<ObjectNode> activities) {
    if (closed) {
      return;
    }
    if (busy || behind || first > cursor + 1 || socket.writeQueueFull()) {
      behind = true;
      catchUp();
      return;
    }
    long known = cursor + 1 - first;
    if (known < activities.size()) {
      send(activities.subList((int) known, activities.size()));
      if (behind) {
        catchUp();
      }
    }
  }

  private void catchUp() {
    if (closed || busy || socket.writeQueueFull()) {
      return;
    }
    busy = true;
    behind = false;
    backend
        .read(conversation, cursor, ActivityPage.COUNT)
        .onComplete(
            result -> {
              busy = false;
              if (closed) {
                return;
              }
              if (result.failed()) {
                LOG.warn("Stream of {} cannot read", conversation, result.cause());
                close(ERROR, "error");
                return;
              }
              if (!result.result().isEmpty()) {
                behind = true;
                send(result.result());
              }
              if (behind) {
                catchUp();
              }
            });
  }

  /** Sends as much as the socket takes; the rest is left to {@link #catchUp()}. */
  private void send(List<ObjectNode> activities) {
    // Writing may call the drain handler at once, which must not read on from a cursor in motion.
    busy = true;
    List<ObjectNode> rest = activities;
    while (!rest.isEmpty() && !socket.writeQueueFull()) {
      ActivityPage page = ActivityPage.of(cursor, rest);
      rest = rest.subList((int) (page.last() - cursor), rest.size());
      cursor = page.last();
      socket.writeTextMessage(page.json());
    }
    behind |= !rest.isEmpty();
    busy = false;
  }
}
