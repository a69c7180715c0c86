package dev.baton.simulator.copilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.copilot.DirectLineProbe.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault of the stream, as a client meets it over a real WebSocket. */
class FaultsOnTheSocketTest {
  private static CopilotSimulator simulator;
  private DirectLineProbe client;
  private Socket socket;

  @BeforeAll
  static void start() {
    simulator = CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0));
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @BeforeEach
  void connect() {
    client = new DirectLineProbe(simulator).start();
    socket = client.open();
    client.say("first");
    await().untilAsserted(() -> assertThat(socket.ids()).hasSize(2));
  }

  @AfterEach
  void disarm() {
    simulator.faults().clear();
  }

  private static void arm(FaultKind kind) {
    simulator.faults().arm(Fault.once(kind));
  }

  private String id(int number) {
    return "%s|%07d".formatted(client.conversation, number);
  }

  @Test
  void a_dropped_socket_breaks_without_a_word_and_the_rest_is_read_after_reconnecting()
      throws Exception {
    arm(FaultKind.SOCKET_DROP);
    client.say("second");

    assertThat(socket.closed.get(5, TimeUnit.SECONDS)).doesNotContain("closed 1000");
    assertThat(socket.ids()).hasSize(2);
    Socket next = client.reconnect("1");
    await().untilAsserted(() -> assertThat(next.ids()).containsExactly(id(2), id(3)));
  }

  @Test
  void the_whole_history_comes_again() {
    arm(FaultKind.HISTORY_REPLAY);
    client.say("second");

    await().untilAsserted(() -> assertThat(socket.ids()).endsWith(id(3)));
    assertThat(socket.ids().subList(2, 4)).containsExactly(id(0), id(1));
  }

  @Test
  void the_watermark_falls_back_to_zero() {
    arm(FaultKind.WATERMARK_RESET);
    client.say("second");

    await().untilAsserted(() -> assertThat(socket.ids()).endsWith(id(3)));
    assertThat(socket.sets)
        .extracting(set -> set.path("watermark").asText())
        .contains("1", "0", "3");
  }

  @Test
  void the_watermark_is_a_number() {
    simulator.faults().arm(Fault.once(FaultKind.NUMERIC_WATERMARK).times(Fault.ALWAYS));
    client.say("second");

    await().untilAsserted(() -> assertThat(socket.ids()).endsWith(id(3)));
    assertThat(socket.sets.get(socket.sets.size() - 1).path("watermark").isNumber()).isTrue();
  }

  @Test
  void activities_come_twice() {
    arm(FaultKind.DUPLICATE);
    client.say("second");

    await().untilAsserted(() -> assertThat(socket.ids()).endsWith(id(3)));
    assertThat(socket.ids().stream().filter(id -> id.equals(id(2)))).hasSize(2);
  }

  @Test
  void sets_come_in_the_wrong_order() {
    arm(FaultKind.OUT_OF_ORDER);
    client.say("count");

    await().untilAsserted(() -> assertThat(socket.ids()).hasSize(8));
    assertThat(socket.ids())
        .isNotEqualTo(List.of(id(0), id(1), id(2), id(3), id(4), id(5), id(6), id(7)));
    assertThat(socket.ids()).doesNotHaveDuplicates();
  }

  @Test
  void a_set_held_back_with_nothing_after_it_comes_all_the_same() {
    arm(FaultKind.OUT_OF_ORDER);
    simulator.say(client.conversation, "last words");

    await().untilAsserted(() -> assertThat(socket.ids()).endsWith(id(2)));
  }

  @Test
  void a_newer_socket_takes_over_and_the_older_is_told_collision() throws Exception {
    Socket second = client.reconnect("1");

    assertThat(socket.closed.get(5, TimeUnit.SECONDS)).contains("collision");
    client.say("second");
    await().untilAsserted(() -> assertThat(second.ids()).containsExactly(id(2), id(3)));
  }
}
