package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * One open event stream. A reader that does not keep up misses changes and is then told to load
 * everything again ({@code snapshot}), so that its backlog never grows.
 */
final class DeskStream {
  private static final int MAX_PENDING = 256;

  private final Context context;
  private final HttpServerResponse response;
  private final BiFunction<String, ObjectNode, String> frames;
  private final AtomicInteger pending = new AtomicInteger();
  private volatile boolean missed;

  DeskStream(
      Context context, HttpServerResponse response, BiFunction<String, ObjectNode, String> frames) {
    this.context = context;
    this.response = response;
    this.frames = frames;
  }

  /** Writes the head and the first hint to load; on the event loop. */
  void begin() {
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("X-Accel-Buffering", "no");
    response.drainHandler(drained -> catchUp());
    response.write("retry: 2000\n\n" + snapshot());
  }

  /** Sends a frame from any thread. */
  void send(String frame) {
    if (pending.incrementAndGet() > MAX_PENDING) {
      pending.decrementAndGet();
      missed = true;
      return;
    }
    context.runOnContext(
        run -> {
          pending.decrementAndGet();
          if (response.ended() || response.closed()) {
            return;
          }
          if (response.writeQueueFull()) {
            missed = true;
          } else {
            catchUp();
            response.write(frame);
          }
        });
  }

  /** Keeps proxies from closing an idle stream. */
  void beat() {
    send(": heartbeat\n\n");
  }

  void end() {
    context.runOnContext(
        run -> {
          if (!response.ended() && !response.closed()) {
            response.end();
          }
        });
  }

  private void catchUp() {
    if (missed && !response.writeQueueFull() && !response.ended() && !response.closed()) {
      missed = false;
      response.write(snapshot());
    }
  }

  private String snapshot() {
    return frames.apply("snapshot", JsonNodeFactory.instance.objectNode());
  }
}
