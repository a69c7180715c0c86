package dev.baton.channel.genesys.widget;

import dev.baton.channel.genesys.widget.WidgetProblem.Kind;
import dev.baton.conversation.Conversation;
import dev.baton.journal.JournalListener;
import dev.baton.journal.StoredEntry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells open widgets that their conversation has changed, by server-sent events. What changed they
 * fetch by their cursor, so that a reader that is slow or was away misses nothing.
 */
final class WidgetStreams implements JournalListener {
  private static final int MAX_STREAMS = 2_000;
  private static final long HEARTBEAT_MILLIS = 15_000;

  private final Vertx vertx;
  private final Map<String, Set<Stream>> open = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final long heartbeat;

  private record Stream(Context context, HttpServerResponse response) {
    void write(String frame) {
      context.runOnContext(
          run -> {
            // A frame that does not fit is left out: the next one says the same.
            if (!response.ended() && !response.closed() && !response.writeQueueFull()) {
              response.write(frame);
            }
          });
    }

    void end() {
      context.runOnContext(
          run -> {
            if (!response.ended() && !response.closed()) {
              response.end();
            }
          });
    }
  }

  WidgetStreams(Vertx vertx) {
    this.vertx = vertx;
    this.heartbeat =
        vertx.setPeriodic(
            HEARTBEAT_MILLIS,
            timer ->
                open.values().forEach(streams -> streams.forEach(s -> s.write(": heartbeat\n\n"))));
  }

  /** Serves a stream until the link has expired; on the connection's event loop. */
  void serve(String conversation, HttpServerResponse response, Duration longest) {
    if (response.closed()) {
      return;
    }
    if (count.incrementAndGet() > MAX_STREAMS) {
      count.decrementAndGet();
      throw new WidgetProblem(Kind.TOO_MANY, "This node serves " + MAX_STREAMS + " already.");
    }
    Stream stream = new Stream(vertx.getOrCreateContext(), response);
    open.compute(
        conversation,
        (id, streams) -> {
          Set<Stream> all = streams == null ? ConcurrentHashMap.newKeySet() : streams;
          all.add(stream);
          return all;
        });
    long end = vertx.setTimer(Math.max(1, longest.toMillis()), timer -> stream.end());
    response.closeHandler(
        closed -> {
          vertx.cancelTimer(end);
          remove(conversation, stream);
        });
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no")
        .write("retry: 2000\n\nevent: changed\ndata: {}\n\n");
  }

  private void remove(String conversation, Stream stream) {
    open.computeIfPresent(
        conversation,
        (id, streams) -> {
          if (streams.remove(stream)) {
            count.decrementAndGet();
          }
          return streams.isEmpty() ? null : streams;
        });
  }

  @Override
  public void committed(Conversation conversation, List<StoredEntry> entries) {
    Set<Stream> streams = open.get(conversation.id());
    if (streams != null) {
      streams.forEach(stream -> stream.write("event: changed\ndata: {}\n\n"));
    }
  }

  /** Widgets come again, to this node or another one. */
  void closeAll() {
    open.values().forEach(streams -> streams.forEach(Stream::end));
  }

  void close() {
    vertx.cancelTimer(heartbeat);
    closeAll();
  }
}
