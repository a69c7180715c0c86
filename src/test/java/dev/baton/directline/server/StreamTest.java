package dev.baton.directline.server;

import static dev.baton.directline.server.Service.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamTest {
  @TempDir Path uploads;
  private Service service;
  private WebSocketClient client;

  @BeforeEach
  void startService() {
    service = new Service(uploads, config -> config.keepAlive(Duration.ofMillis(100)), r -> {});
    client = service.vertx.createWebSocketClient();
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  /** What one client got. */
  private static final class Client {
    final List<String> texts = new CopyOnWriteArrayList<>();
    final List<ObjectNode> sets = new CopyOnWriteArrayList<>();
    final AtomicInteger empty = new AtomicInteger();
    WebSocket socket;

    void take(String frame) {
      if (frame.isEmpty()) {
        empty.incrementAndGet();
        return;
      }
      ObjectNode set = Json.parse(Buffer.buffer(frame));
      sets.add(set);
      texts.addAll(set.path("activities").findValuesAsText("text"));
    }
  }

  private Client open(String streamUrl) {
    Client result = new Client();
    // The handler is there before the socket opens: what is read at once comes at once.
    result.socket =
        await(
            client
                .webSocket()
                .textMessageHandler(frame -> result.take(frame))
                .connect(new WebSocketConnectOptions().setAbsoluteURI(streamUrl)));
    return result;
  }

  @Test
  void aStreamReplaysFromTheStartAndGoesOnWithWhatComes() {
    var start = service.start();
    Client canvas = open(start.text("streamUrl"));
    await().untilAsserted(() -> assertThat(canvas.texts).containsExactly("Hello from helpdesk"));
    service.backend.say(start.text("conversationId"), EchoBot.message("more"));
    await().untilAsserted(() -> assertThat(canvas.texts).hasSize(2));
    assertThat(canvas.sets.get(1).path("watermark").asText()).isEqualTo("1");
    canvas.sets.forEach(set -> Schemas.assertConforms("ActivitySet", set));
  }

  @Test
  void aReconnectedStreamStartsAfterTheWatermark() {
    var start = service.start();
    String id = start.text("conversationId");
    IntStream.range(0, 5).forEach(i -> service.backend.say(id, EchoBot.message("line " + i)));
    var again = service.get(start.text("token"), "/conversations/" + id + "?watermark=3");
    Client canvas = open(again.text("streamUrl"));
    await().untilAsserted(() -> assertThat(canvas.texts).containsExactly("line 3", "line 4"));
  }

  @Test
  void aNewStreamTakesOverAndTheOldOneIsClosedAsCollision() {
    var start = service.start();
    Client first = open(start.text("streamUrl"));
    Client second = open(start.text("streamUrl"));
    await().until(() -> first.socket.isClosed());
    assertThat(first.socket.closeReason()).isEqualTo("collision");
    service.backend.say(start.text("conversationId"), EchoBot.message("to the second"));
    await().untilAsserted(() -> assertThat(second.texts).contains("to the second"));
    assertThat(service.server.openStreams()).isEqualTo(1);
  }

  @Test
  void emptyFramesGoBothWaysAndKeepTheStreamOpen() {
    var start = service.start();
    Client canvas = open(start.text("streamUrl"));
    canvas.socket.writeTextMessage("");
    await().until(() -> canvas.empty.get() > 5);
    assertThat(canvas.socket.isClosed()).isFalse();
  }

  @Test
  void typingIsShownOnTheStreamOnly() {
    var start = service.start();
    String id = start.text("conversationId");
    Client canvas = open(start.text("streamUrl"));
    await().until(() -> canvas.texts.size() == 1);
    service.backend.signal(id, Json.object().put("type", "typing"));
    await().until(() -> canvas.sets.size() == 2);
    assertThat(canvas.sets.get(1).at("/activities/0/type").asText()).isEqualTo("typing");
    assertThat(canvas.sets.get(1).path("watermark").asText()).isEqualTo("0");
    assertThat(
            service
                .get(start.text("token"), "/conversations/" + id + "/activities")
                .body()
                .path("activities"))
        .hasSize(1);
  }

  @Test
  void aClientThatDoesNotReadForAWhileLosesNothing() {
    service.close();
    service = new Service(uploads);
    client = service.vertx.createWebSocketClient();
    var start = service.start();
    String id = start.text("conversationId");
    Client canvas = open(start.text("streamUrl"));
    await().until(() -> canvas.texts.size() == 1);
    canvas.socket.pause();
    String padding = "x".repeat(20_000);
    IntStream.range(0, 2000)
        .forEach(i -> service.backend.say(id, EchoBot.message(i + " " + padding)));
    canvas.socket.resume();
    await().atMost(Duration.ofSeconds(30)).until(() -> canvas.texts.size() == 2001);
    assertThat(canvas.texts.subList(1, 2001))
        .extracting(text -> text.substring(0, text.indexOf(' ')))
        .containsExactlyElementsOf(IntStream.range(0, 2000).mapToObj(String::valueOf).toList());
  }

  @Test
  void aClientWithoutAnySignOfLifeIsDropped() throws Exception {
    var start = service.start();
    String path =
        start.text("streamUrl").substring(("ws://127.0.0.1:" + service.http.actualPort()).length());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.http.actualPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                      + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      await().until(() -> service.server.openStreams() == 1);
      // It never answers a ping.
      await().until(() -> service.server.openStreams() == 0);
    }
  }
}
