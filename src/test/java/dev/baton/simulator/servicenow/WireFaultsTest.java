package dev.baton.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.simulator.servicenow.Instance.Customer;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong between the instance and others, each on demand. */
class WireFaultsTest {
  private static Instance instance;
  private static AgentDesk desk;

  @BeforeAll
  static void start() {
    instance = new Instance(InstanceOptions.defaults());
    desk = instance.simulator.desk();
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  @AfterEach
  void reset() {
    instance.receiver.status = 200;
    instance.reset();
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLED, 429",
    "SERVER_ERROR, 500",
    "UNAVAILABLE, 503",
    "UNAUTHORIZED, 401",
    "FORBIDDEN, 403",
    "NOT_FOUND, 404",
    "DISABLED, 405"
  })
  void aCallIsRefusedAndDoesNothing(FaultKind kind, int status) {
    Customer pat = instance.customer();
    instance.simulator.faults().arm(Fault.once(kind).at("bot"));

    HttpResponse<String> answer = pat.act("START_CONVERSATION");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new JsonObject(answer.body()).getString("status")).isEqualTo("failure");
    assertThat(desk.chats()).isEmpty();
    assertThat(instance.simulator.faults().struck(kind)).isPositive();
  }

  @Test
  void aSleepingInstanceAnswersAnHtmlPageWith200() {
    instance.simulator.faults().arm(FaultKind.ASLEEP);
    HttpResponse<String> answer = instance.customer().act("START_CONVERSATION");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
  }

  @Test
  void aRequestMayFailToBeQueuedWith200() {
    instance.simulator.faults().arm(FaultKind.NOT_QUEUED);
    HttpResponse<String> answer = instance.customer().act("START_CONVERSATION");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("failure").contains("Failed to add request to queue");
  }

  @Test
  void aBrokenConnectionComesAfterTheWorkWasDone() {
    Customer pat = instance.customer();
    pat.variables.put("live_agent_only", "true");
    instance.simulator.faults().arm(Fault.once(FaultKind.CONNECTION_RESET).at("bot"));

    assertThatThrownBy(() -> pat.act("START_CONVERSATION"))
        .isInstanceOf(UncheckedIOException.class);
    pat.sees("StartSpinner");
  }

  @Test
  void silenceIs200AndNothingElse() {
    Customer pat = instance.customer();
    instance.simulator.faults().arm(FaultKind.SILENCE);
    assertThat(pat.act("START_CONVERSATION").statusCode()).isEqualTo(200);

    instance.customer().asks();
    assertThat(pat.envelopes()).isEmpty();
  }

  @Test
  void aSlowAnswerComesAfterItsDelay() {
    instance.simulator.faults().arm(Fault.once(FaultKind.SLOW).delay(Duration.ofMillis(50)));
    long before = System.nanoTime();

    assertThat(instance.caller.rows("awa_queue", "")).hasSize(3);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(49));
  }

  @Test
  void callbacksMayArriveBeforeTheCallIsAnswered() throws Exception {
    Customer pat = instance.customer();
    instance
        .simulator
        .faults()
        .arm(Fault.once(FaultKind.CALLBACK_FIRST).delay(Duration.ofMillis(150)));
    Thread call = new Thread(() -> pat.act("START_CONVERSATION"));
    call.start();

    pat.sees("TopicPickerControl");
    assertThat(call.isAlive()).isTrue();
    call.join();
  }

  @Test
  void aCallbackMayBeLostAndIsNotRepeated() {
    Customer pat = instance.customer().connected();
    instance.simulator.faults().arm(FaultKind.CALLBACK_LOST);
    desk.say(pat.session, "lost");
    desk.say(pat.session, "kept");

    pat.sees("kept");
    assertThat(texts(pat)).doesNotContain("lost");
  }

  @Test
  void aCallbackMayComeTwiceWithTheSameMessageId() {
    Customer pat = instance.customer().connected();
    instance.simulator.faults().arm(FaultKind.CALLBACK_TWICE);
    String id = desk.say(pat.session, "twice");
    desk.say(pat.session, "after");

    pat.sees("after");
    assertThat(pat.items().stream().filter(item -> id.equals(item.getString("messageId"))))
        .hasSize(2);
  }

  @Test
  void callbacksMayChangePlacesOrComeLate() {
    Customer pat = instance.customer().connected();
    instance.simulator.faults().arm(FaultKind.CALLBACK_DISORDER);
    desk.say(pat.session, "first");
    desk.say(pat.session, "second");
    pat.sees("first");
    assertThat(texts(pat)).containsSubsequence("second", "first");

    instance
        .simulator
        .faults()
        .arm(Fault.once(FaultKind.CALLBACK_LATE).delay(Duration.ofMillis(30)));
    desk.say(pat.session, "third");
    desk.say(pat.session, "fourth");
    pat.sees("third");
    assertThat(texts(pat)).containsSubsequence("fourth", "third");
  }

  @Test
  void aLateCallbackMayArriveAfterTheEnd() {
    Customer pat = instance.customer().connected();
    instance
        .simulator
        .faults()
        .arm(Fault.once(FaultKind.CALLBACK_LATE).delay(Duration.ofMillis(50)));
    desk.say(pat.session, "too late");
    desk.end(pat.session);

    pat.sees("too late");
    assertThat(pat.last().containsKey("completed")).isFalse();
    assertThat(pat.envelopes()).anyMatch(envelope -> envelope.containsKey("completed"));
  }

  @Test
  void aCallbackMayCarryAnUnknownSession() {
    Customer pat = instance.customer().connected();
    instance.simulator.faults().arm(FaultKind.CALLBACK_OTHER_SESSION);
    desk.say(pat.session, "for nobody");

    Instance.until(() -> !instance.receiver.of("session-of-nobody").isEmpty());
  }

  @Test
  void formsOfCallbacksVary() {
    Customer pat = instance.customer().connected();
    for (FaultKind kind :
        List.of(
            FaultKind.CALLBACK_OCTET_STREAM,
            FaultKind.CALLBACK_BARE_ITEM,
            FaultKind.TEXTS_AS_VALUES,
            FaultKind.NO_MESSAGE_ID,
            FaultKind.CALLBACK_UNAUTHENTICATED)) {
      instance.simulator.faults().arm(kind);
    }
    int before = instance.receiver.received().size();
    desk.say(pat.session, "odd");
    Instance.until(() -> instance.receiver.received().size() > before);

    Receiver.Received odd = instance.receiver.received().get(before);
    assertThat(odd.headers().get("content-type")).isEqualTo("application/octet-stream");
    assertThat(odd.headers().get("authorization")).isEqualTo(Caller.basic("servicenow", "wrong"));
    assertThat(odd.json().getValue("body")).isInstanceOf(JsonObject.class);
    assertThat(odd.json().getValue("score")).isEqualTo("1");
    assertThat(odd.json().getValue("agentChat")).isEqualTo("true");
    assertThat(odd.json().containsKey("interactionId")).isFalse();
    assertThat(odd.json().getJsonObject("body").containsKey("messageId")).isFalse();
  }

  @Test
  void aCallbackMayNotBeJson() {
    Customer pat = instance.customer().connected();
    instance.simulator.faults().arm(FaultKind.CALLBACK_NOT_JSON);
    int before = instance.receiver.received().size();
    desk.say(pat.session, "odd");
    Instance.until(() -> instance.receiver.received().size() > before);

    assertThat(instance.receiver.received().get(before).text()).startsWith("<html>");
    instance.receiver.clear();
  }

  @Test
  void actionTypesHaveTwoSpellings() {
    Customer pat = instance.customer().asks();
    instance.simulator.faults().arm(FaultKind.OTHER_SPELLING);
    desk.accept(pat.session);

    pat.sees("SwitchToLiveAgentActionMsg");
  }

  @Test
  void typingMayStandBesideTheText() {
    Customer pat = instance.customer().connected();
    instance.simulator.faults().arm(FaultKind.TYPING_BESIDE_TEXT);
    desk.say(pat.session, "both");

    pat.sees("both");
    assertThat(pat.last().getJsonArray("body")).hasSize(2);
    assertThat(pat.last().getJsonArray("body").getJsonObject(0).getString("actionType"))
        .isEqualTo("EndTypingIndicator");
  }

  @Test
  void aRequestForAnAgentMayNotBeHonoured() {
    Customer pat = instance.customer();
    pat.variables.put("live_agent_only", "true");
    instance.simulator.faults().arm(FaultKind.NO_HANDOVER);
    pat.act("START_CONVERSATION");

    pat.sees("TopicPickerControl");
    assertThat(pat.last().getInteger("score")).isZero();
  }

  @Test
  void theInteractionMayBeClosedAtOnce() {
    Customer pat = instance.customer();
    pat.variables.put("live_agent_only", "true");
    instance.simulator.faults().arm(FaultKind.CLOSED_AT_ONCE);
    pat.act("START_CONVERSATION");

    pat.sees("Please stand by");
    assertThat(pat.interaction().getJsonObject(0).getString("active")).isEqualTo("false");
    assertThat(pat.interaction().getJsonObject(0).getString("queue")).isEmpty();
  }

  @Test
  void theBotMayGiveUpOnOrder() {
    Customer pat = instance.customer();
    pat.act("START_CONVERSATION");
    pat.sees("TopicPickerControl");
    instance.simulator.faults().arm(FaultKind.TAKE_CONTROL);
    pat.say("hi");

    pat.seesEnvelope("takeControl");
  }

  @Test
  void aFaultMayBeForOneUserOnly() {
    Customer pat = instance.customer().connected();
    Customer kim = instance.customer().connected();
    instance.simulator.faults().arm(Fault.once(FaultKind.CALLBACK_LOST).of(kim.user));
    desk.say(pat.session, "to Pat");
    desk.say(kim.session, "to Kim");
    desk.say(kim.session, "to Kim again");

    pat.sees("to Pat");
    kim.sees("to Kim again");
    assertThat(texts(kim)).doesNotContain("to Kim");
  }

  @Test
  void aRefusedCallbackIsLoggedAsAnErrorAndNotRepeated() {
    Customer pat = instance.customer().connected();
    instance.receiver.status = 401;
    desk.say(pat.session, "refused");
    Instance.until(() -> !instance.caller.rows("sys_cs_ca_message", "status=Error").isEmpty());

    assertThat(instance.caller.rows("syslog", "messageLIKEHTTP status 401")).hasSize(1);
    assertThat(texts(pat).stream().filter("refused"::equals)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "METHOD_ENDPOINT_DIFFERS, 4.0.0, false",
    "MESSAGE_ENDPOINT_DIFFERS, 4.0.0, true",
    "CONNECTION_DIFFERS, 4.0.0, true",
    "METHOD_ENDPOINT_DIFFERS, 4.1.0, true",
    "CONNECTION_DIFFERS, 4.1.0, false",
    "CONNECTION_INACTIVE, 4.1.0, false",
    "OUTBOUND_CONFIGURATION_MISSING, 4.1.0, false",
    "REST_MESSAGE_MISSING, 4.0.0, false"
  })
  void theEndpointThatCountsDependsOnTheVersion(
      Misconfiguration wrong, String version, boolean arrives) {
    instance.simulator.tables().set("sys_store_app", "scope=sn_va_as_service", "version", version);
    instance.simulator.misconfigure(wrong);
    Customer pat = instance.customer();
    pat.act("START_CONVERSATION");
    Instance.until(() -> !desk.chats().isEmpty() && !pat.chat().lines().isEmpty());

    if (arrives) {
      pat.sees("TopicPickerControl");
    } else {
      assertThat(pat.envelopes()).isEmpty();
    }
  }

  @Test
  void twoApplicationsDoubleEveryCallback() {
    instance.simulator.misconfigure(Misconfiguration.APPLICATIONS_TWICE);
    Customer pat = instance.customer().connected();
    desk.say(pat.session, "doubled");

    Instance.until(() -> texts(pat).stream().filter("doubled"::equals).count() == 2);
  }

  @Test
  void notInstalledIs404InactiveIs405AndOverTheRate429() {
    instance.simulator.misconfigure(Misconfiguration.APPLICATION_MISSING);
    assertThat(instance.customer().act("AGENT").statusCode()).isEqualTo(404);
    instance.reset();
    instance.simulator.misconfigure(Misconfiguration.RESOURCE_INACTIVE);
    assertThat(instance.customer().act("AGENT").statusCode()).isEqualTo(405);
    instance.reset();
    instance.simulator.misconfigure(Misconfiguration.RATE_LIMITED);
    Customer pat = instance.customer();
    for (int i = 0; i < 5; i++) {
      assertThat(pat.act("TYPING").statusCode()).isEqualTo(200);
    }
    assertThat(pat.act("TYPING").headers().firstValue("X-RateLimit-Rule")).isPresent();
  }

  private static List<String> texts(Customer customer) {
    return customer.items().stream()
        .map(item -> item.getString("value"))
        .filter(value -> value != null)
        .toList();
  }
}
