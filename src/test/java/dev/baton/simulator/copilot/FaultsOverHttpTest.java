package dev.baton.simulator.copilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault of calls, as a client meets it over real HTTP. */
class FaultsOverHttpTest {
  private static CopilotSimulator simulator;
  private DirectLineProbe client;

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
  }

  @AfterEach
  void disarm() {
    simulator.faults().clear();
  }

  private static void arm(FaultKind kind) {
    simulator.faults().arm(Fault.once(kind));
  }

  private static String code(HttpResponse<String> response) {
    return DirectLineProbe.body(response).path("error").path("code").asText();
  }

  @Test
  void without_a_fault_everything_passes() {
    assertThat(client.say("hello").statusCode()).isEqualTo(200);
    assertThat(client.botTexts()).hasSize(1);
    assertThat(client.call("GET", "/v3/directline/nothing", null).statusCode()).isEqualTo(404);
  }

  @Test
  void slow_delays_the_answer() {
    simulator.faults().arm(Fault.once(FaultKind.SLOW).delay(Duration.ofMillis(400)).at("post"));

    long start = System.nanoTime();
    assertThat(client.say("hello").statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(390));
  }

  @Test
  void throttled_gives_429_with_retry_after_and_the_bot_hears_nothing() {
    simulator.faults().arm(Fault.once(FaultKind.THROTTLED).retryAfter(7));

    HttpResponse<String> refused = client.say("hello");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(simulator.received(client.conversation)).isEmpty();
    assertThat(client.say("hello").statusCode()).isEqualTo(200);
  }

  @Test
  void bad_gateway_gives_502_although_the_bot_has_answered() {
    arm(FaultKind.BAD_GATEWAY);

    HttpResponse<String> failed = client.say("hello");
    assertThat(failed.statusCode()).isEqualTo(502);
    assertThat(code(failed)).isEqualTo("BotError");
    assertThat(simulator.received(client.conversation)).hasSize(1);
    assertThat(client.botTexts()).hasSize(1);
  }

  @Test
  void gateway_timeout_gives_504_although_the_bot_has_answered() {
    arm(FaultKind.GATEWAY_TIMEOUT);

    assertThat(client.say("hello").statusCode()).isEqualTo(504);
    assertThat(simulator.received(client.conversation)).hasSize(1);
  }

  @Test
  void server_error_and_unavailable_reach_no_bot() {
    arm(FaultKind.SERVER_ERROR);
    assertThat(client.say("hello").statusCode()).isEqualTo(500);
    arm(FaultKind.UNAVAILABLE);
    assertThat(client.say("hello").statusCode()).isEqualTo(503);
    assertThat(simulator.received(client.conversation)).isEmpty();
  }

  @Test
  void no_body_accepts_with_204_and_no_id() {
    arm(FaultKind.NO_BODY);

    HttpResponse<String> accepted = client.say("hello");
    assertThat(accepted.statusCode()).isEqualTo(204);
    assertThat(accepted.body()).isEmpty();
    assertThat(simulator.received(client.conversation)).hasSize(1);
  }

  @Test
  void an_expired_token_stays_expired_and_the_secret_brings_a_new_one() {
    arm(FaultKind.TOKEN_EXPIRED);

    assertThat(code(client.say("hello"))).isEqualTo("TokenExpired");
    assertThat(client.get("").statusCode()).isEqualTo(403);
    assertThat(client.call("POST", "/v3/directline/tokens/refresh", null).statusCode())
        .isEqualTo(403);
    HttpResponse<String> reconnected =
        client.call(
            "GET",
            "/v3/directline/conversations/" + client.conversation,
            null,
            "Bearer " + simulator.secret());
    assertThat(reconnected.statusCode()).isEqualTo(200);
    String token = DirectLineProbe.body(reconnected).path("token").asText();
    assertThat(
            client
                .call(
                    "GET",
                    "/v3/directline/conversations/" + client.conversation + "/activities",
                    null,
                    "Bearer " + token)
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void connection_reset_breaks_the_call_after_the_bot_has_the_message() {
    simulator.faults().arm(Fault.once(FaultKind.CONNECTION_RESET).at("post"));

    assertThatThrownBy(() -> client.say("hello")).isInstanceOf(UncheckedIOException.class);
    assertThat(simulator.received(client.conversation)).hasSize(1);
  }

  @Test
  void history_replay_gives_everything_whatever_the_watermark_says() {
    client.say("hello");
    client.say("hello");
    arm(FaultKind.HISTORY_REPLAY);

    assertThat(DirectLineProbe.activities(DirectLineProbe.body(client.get("2")))).hasSize(4);
    assertThat(DirectLineProbe.activities(DirectLineProbe.body(client.get("2")))).hasSize(1);
  }

  @Test
  void watermark_reset_gives_zero() {
    client.say("count");
    arm(FaultKind.WATERMARK_RESET);

    assertThat(DirectLineProbe.body(client.get("")).path("watermark").asText()).isEqualTo("0");
    assertThat(DirectLineProbe.body(client.get("")).path("watermark").asText()).isEqualTo("5");
  }

  @Test
  void numeric_watermark_gives_a_number() {
    client.say("hello");
    arm(FaultKind.NUMERIC_WATERMARK);

    JsonNode watermark = DirectLineProbe.body(client.get("")).path("watermark");
    assertThat(watermark.isNumber()).isTrue();
    assertThat(watermark.asInt()).isEqualTo(1);
  }

  @Test
  void duplicate_gives_the_same_activities_twice() {
    client.say("hello");
    arm(FaultKind.DUPLICATE);

    List<String> ids = client.activities().stream().map(a -> a.path("id").asText()).toList();
    assertThat(ids).hasSize(4);
    assertThat(ids.subList(2, 4)).isEqualTo(ids.subList(0, 2));
  }

  @Test
  void out_of_order_turns_a_set_round() {
    client.say("count");
    arm(FaultKind.OUT_OF_ORDER);

    assertThat(client.botTexts()).containsExactly("Five.", "Four.", "Three.", "Two.", "One.");
  }

  @Test
  void duplicate_handoff_asks_twice_with_two_ids() {
    arm(FaultKind.DUPLICATE_HANDOFF);
    client.say("human");

    assertThat(client.activities())
        .filteredOn(a -> a.path("name").asText().equals("handoff.initiate"))
        .hasSize(2)
        .extracting(a -> a.path("id").asText())
        .doesNotHaveDuplicates();
  }

  @Test
  void a_fault_strikes_as_often_as_ordered() {
    simulator.faults().arm(Fault.once(FaultKind.THROTTLED).times(2));

    assertThat(client.get("").statusCode()).isEqualTo(429);
    assertThat(client.get("").statusCode()).isEqualTo(429);
    assertThat(client.get("").statusCode()).isEqualTo(200);
  }

  @Test
  void a_fault_strikes_in_its_conversation_and_at_its_call_only() {
    DirectLineProbe other = new DirectLineProbe(simulator).start();
    simulator.faults().arm(Fault.once(FaultKind.UNAVAILABLE).in(client.conversation).at("post"));

    assertThat(other.say("hello").statusCode()).isEqualTo(200);
    assertThat(client.get("").statusCode()).isEqualTo(200);
    assertThat(client.say("hello").statusCode()).isEqualTo(503);
  }

  @Test
  void a_probability_with_a_seed_gives_the_same_run_again() {
    List<Integer> first = statusesWith(new Faults(), 42);
    List<Integer> again = statusesWith(new Faults(), 42);

    assertThat(first).isEqualTo(again).contains(0, 1);
  }

  private static List<Integer> statusesWith(Faults faults, long seed) {
    faults.arm(Fault.once(FaultKind.UNAVAILABLE).withProbability(0.5, seed));
    return IntStream.range(0, 40)
        .mapToObj(i -> faults.strikes(FaultKind.UNAVAILABLE, "c").isPresent() ? 1 : 0)
        .toList();
  }

  @Test
  void a_user_can_order_a_fault_in_the_chat() {
    client.say("/fault 502");
    assertThat(client.botTexts())
        .containsExactly(
            "Armed, once: 502 to a post although the bot has the message and answers.");
    assertThat(client.say("hello").statusCode()).isEqualTo(502);

    client.say("/fault nonsense");
    assertThat(client.botTexts()).last().asString().contains("no fault 'nonsense'", "bad-gateway");
    client.say("/fault 429 often");
    assertThat(client.botTexts()).last().asString().contains("Write a number");
    client.say("/fault");
    assertThat(client.botTexts()).last().asString().contains("`socket-drop`");
  }
}
