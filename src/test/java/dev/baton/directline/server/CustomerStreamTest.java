package dev.baton.directline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerStreamTest {
  private final Vertx vertx = Vertx.vertx();
  private final EchoBot bot = new EchoBot();
  private final InMemoryBackend backend = new InMemoryBackend(Map.of(), bot);
  private final List<ObjectNode> written = new CopyOnWriteArrayList<>();
  private volatile boolean full;
  private volatile boolean drainsWhileWriting;
  private volatile Handler<Void> drain;
  private Context context;

  @BeforeEach
  void open() throws Exception {
    bot.backend = backend;
    backend.start("c", "helpdesk", "ada", null, null);
    context = vertx.getOrCreateContext();
    run(
        () ->
            new CustomerStream(vertx, backend, "c", socket(), Watermark.START, stream -> {})
                .open(Duration.ofMinutes(1)));
    await().until(() -> texts().size() == 1);
  }

  @AfterEach
  void close() {
    Service.await(vertx.close());
  }

  /** Runs on the event loop and waits for what is queued there. */
  private void run(Runnable action) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(
        v -> {
          action.run();
          context.runOnContext(w -> done.complete(null));
        });
    done.get(5, TimeUnit.SECONDS);
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    written.forEach(set -> texts.addAll(set.path("activities").findValuesAsText("text")));
    return texts;
  }

  /** A socket that is full when the test says so. */
  private ServerWebSocket socket() {
    return (ServerWebSocket)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ServerWebSocket.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("drainHandler")) {
                @SuppressWarnings("unchecked")
                Handler<Void> handler = (Handler<Void>) arguments[0];
                drain = handler;
              } else if (method.getName().equals("writeTextMessage")) {
                written.add(Json.parse(Buffer.buffer((String) arguments[0])));
                if (drainsWhileWriting) {
                  drain.handle(null);
                }
                return null;
              }
              return method.getName().equals("writeQueueFull")
                  ? full
                  : method.getReturnType() == boolean.class ? (Object) false : proxy;
            });
  }

  private static List<String> lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
  }

  private void sayLines(int count) {
    lines(count).forEach(line -> backend.say("c", EchoBot.message(line)));
  }

  @Test
  void nothingIsQueuedForASocketThatIsFullAndAllOfItComesOnceItHasRoom() throws Exception {
    full = true;
    sayLines(1000);
    run(() -> {});
    assertThat(texts()).hasSize(1);

    full = false;
    run(() -> drain.handle(null));
    await().until(() -> texts().size() == 1001);
    assertThat(texts().subList(1, 1001)).isEqualTo(lines(1000));
    assertThat(written.get(written.size() - 1).path("watermark").asText()).isEqualTo("1000");
  }

  @Test
  void aSocketThatDrainsWhileItIsWrittenToGetsEveryActivityOnce() throws Exception {
    full = true;
    sayLines(300);
    run(() -> {});
    drainsWhileWriting = true;
    full = false;
    run(() -> drain.handle(null));
    sayLines(300);
    await().until(() -> texts().size() >= 601);
    run(() -> {});
    List<String> expected = new ArrayList<>(lines(300));
    expected.addAll(lines(300));
    assertThat(texts().subList(1, texts().size())).isEqualTo(expected);
  }

  @Test
  void typingIsNotShownToASocketThatIsFull() throws Exception {
    full = true;
    backend.signal("c", Json.object().put("type", "typing"));
    run(() -> {});
    assertThat(written).hasSize(1);
    full = false;
    backend.signal("c", Json.object().put("type", "typing"));
    run(() -> {});
    assertThat(written).hasSize(2);
  }
}
