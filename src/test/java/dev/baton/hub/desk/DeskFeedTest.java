package dev.baton.hub.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.configuration.HubSettings;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeskFeedTest {
  private static final String ALL = "/desk/api/conversations";
  private static final String GRACE = "{\"agent\":{\"id\":\"a-1\",\"name\":\"Grace\"}}";

  private record Received(String type, JsonNode data) {}

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private DeskFixture desk;

  @BeforeEach
  void start() {
    desk =
        new DeskFixture(
            DeskAccess.open(),
            DeskFixture.hub("desk"),
            new HubSettings("team", "desk", Map.of("availability", "agents")));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    desk.close();
  }

  @Test
  void tellsEveryChangeInOrder() {
    listen();
    awaitTypes("snapshot");
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    desk.post(ALL + "/c1/accept", GRACE);
    desk.post(ALL + "/c1/messages", "{\"text\":\"Hello Ada\"}");
    desk.journal.say("c1", "user", "Ada", "hi", Instant.now());
    desk.desk.hub().typing("c1", Map.of("on", true));
    desk.post(ALL + "/c1/end", null);
    desk.journal.say("c1", "user", "Ada", "bot again", Instant.now().plusSeconds(1));
    desk.waiting("c2", "Bob", Duration.ofSeconds(1));

    awaitTypes(
        "snapshot", "waiting", "accepted", "message", "message", "typing", "ended", "waiting");
    JsonNode waiting = received.get(1).data().path("conversation");
    assertThat(waiting.path("id").asText()).isEqualTo("c1");
    assertThat(waiting.path("state").asText()).isEqualTo("waiting");
    JsonNode said = received.get(4).data();
    assertThat(said.path("lines").get(0).path("text").asText()).isEqualTo("hi");
    assertThat(said.path("lines").get(0).path("role").asText()).isEqualTo("user");
    assertThat(said.path("lines").get(0).path("n").asInt()).isEqualTo(3);
    assertThat(said.path("conversation").path("lastText").asText()).isEqualTo("hi");
    assertThat(received.get(5).data().path("id").asText()).isEqualTo("c1");
  }

  @Test
  void saysNothingAboutConversationsThatAreNotAtTheDesk() {
    listen();
    awaitTypes("snapshot");
    desk.journal.start("c0", new Customer("u", "Eve"), Instant.now());
    desk.journal.say("c0", "user", "Eve", "private", Instant.now());
    desk.journal.handOff("c0", "acme", Map.of(), Instant.now());
    desk.waiting("c1", "Ada", Duration.ofSeconds(1));

    awaitTypes("snapshot", "waiting");
  }

  @Test
  void listsAndEventsAgreeOnTheLastText() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    assertThat(desk.get(ALL).body()).contains("refund please");
    desk.journal.say("c1", "user", "Ada", "hurry", Instant.now());
    assertThat(DeskFixture.json(desk.get(ALL)).get(0).path("lastText").asText()).isEqualTo("hurry");
    desk.journal.change("c1", Owner.PENDING, handoff -> handoff, Instant.now());
    assertThat(DeskFixture.json(desk.get(ALL)).get(0).path("lastText").asText()).isEqualTo("hurry");
  }

  @Test
  void aReaderThatDoesNotKeepUpIsToldToLoadAgain() throws Exception {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4 * 1024);
      slow.setSoTimeout(20_000);
      slow.connect(new InetSocketAddress("127.0.0.1", desk.server.actualPort()));
      slow.getOutputStream()
          .write(
              "GET /desk/api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = slow.getInputStream();
      assertThat(readUntil(in, "event: snapshot", 1_000_000)).isPositive();
      String big = "x".repeat(50_000);
      int messages = 400;
      for (int i = 0; i < messages; i++) {
        desk.journal.say("c1", "user", "Ada", big, Instant.now());
      }

      long read = readUntil(in, "event: snapshot", messages * 50_000L);

      assertThat(read).as("bytes kept for the slow reader").isBetween(1L, messages * 40_000L);
    }
  }

  @Test
  void aHubMayNeedAnAgentWithTheDeskOpen() {
    DeskHub hub = desk.desk.hub();
    assertThat(hub.availability("desk")).containsEntry("state", "AVAILABLE");
    assertThat(hub.availability("team"))
        .isEqualTo(Map.of("state", "UNAVAILABLE", "reason", "NO_AGENT"));

    listen();
    awaitTypes("snapshot");

    assertThat(hub.availability("team")).containsEntry("state", "AVAILABLE");
    close();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(hub.availability("team")).containsEntry("state", "UNAVAILABLE"));
  }

  private void close() {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    open.clear();
  }

  private void listen() {
    HttpResponse<Stream<String>> response =
        desk.client
            .sendAsync(
                desk.request("/desk/api/events", "Last-Event-ID", "old-7").GET().build(),
                BodyHandlers.ofLines())
            .join();
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    open.add(response.body());
    CompletableFuture.runAsync(
        () -> {
          String[] type = new String[1];
          response
              .body()
              .forEach(
                  line -> {
                    if (line.startsWith("event: ")) {
                      type[0] = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                      received.add(new Received(type[0], parse(line.substring(6))));
                    }
                  });
        });
  }

  private void awaitTypes(String... types) {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () -> assertThat(received.stream().map(Received::type)).containsExactly(types));
  }

  private static JsonNode parse(String json) {
    try {
      return DeskFixture.JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes read up to the text, or -1 when it did not come within the limit. */
  private static long readUntil(InputStream in, String text, long limit) throws IOException {
    byte[] sought = text.getBytes(StandardCharsets.US_ASCII);
    int matched = 0;
    for (long read = 0; read < limit; read++) {
      int next = in.read();
      if (next < 0) {
        return -1;
      }
      matched = next == sought[matched] ? matched + 1 : next == sought[0] ? 1 : 0;
      if (matched == sought.length) {
        return read + 1;
      }
    }
    return -1;
  }
}
