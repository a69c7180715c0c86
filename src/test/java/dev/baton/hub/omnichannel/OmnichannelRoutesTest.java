package dev.baton.hub.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.journal.DeliveryException;
import dev.baton.privacy.Report;
import dev.baton.simulator.omnichannel.OmnichannelConversation;
import dev.baton.simulator.omnichannel.OmnichannelConversation.State;
import dev.baton.simulator.omnichannel.OmnichannelFaults.At;
import dev.baton.simulator.omnichannel.OmnichannelOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Baton asks of the Messaging API, and what it makes of the answers. */
class OmnichannelRoutesTest {
  private static OmnichannelRig rig;

  @BeforeAll
  static void start(@TempDir Path folder) {
    rig =
        new OmnichannelRig(
            folder, OmnichannelOptions.defaults(), Map.of("availability-context", "domain"));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @AfterEach
  void heal() {
    rig.omnichannel.faults().clear();
    rig.omnichannel.availability().open(true, null);
    rig.omnichannel.availability().agent(true, null, null);
  }

  private static Exchange send(OmnichannelConversation there, String conversation, String text) {
    return rig.call("send", Map.of("id", "m-1", "text", text), conversation, there.id(), 1);
  }

  private static DeliveryException refused(Exchange answer) {
    assertThat(answer.getException()).isInstanceOf(DeliveryException.class);
    return (DeliveryException) answer.getException();
  }

  @Test
  void openingTellsWhoTheCustomerIsWhatTheyWantAndSkipsTheBot() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    JsonObject request = there.request();
    assertThat(request.getJsonObject("customercontext"))
        .isEqualTo(
            new JsonObject()
                .put("customerid", conversation)
                .put("preferredname", "Ada Byron King")
                .put("email", "ada@example.com")
                .put("firstname", "Ada Byron")
                .put("lastname", "King"));
    assertThat(request.getJsonObject("conversationcontext").getJsonObject("va_LastTopic"))
        .isEqualTo(new JsonObject().put("isDisplayable", true).put("value", "Refund"));
    assertThat(request.getBoolean("skipdeflectionbot")).isTrue();
    assertThat(there.startMessage())
        .isEqualTo("Summary: Refund for A-1001\n\nCustomer: refund please");
  }

  @Test
  void theAnswerOfAnOwnFirstTryIsAdoptedWithoutASummary() {
    String conversation = rig.conversation();
    Map<String, Object> handoff = OmnichannelRig.handoff(conversation);
    rig.omnichannel.faults().loseAnswer(At.CREATE);
    assertThat(rig.open(handoff, conversation, 1).getException()).isNotNull();
    Exchange second = rig.open(handoff, conversation, 2);
    OmnichannelConversation there =
        rig.omnichannel.conversationOf(conversation + ":1").orElseThrow();
    assertThat(second.getMessage().getBody(Map.class))
        .isEqualTo(Map.of("conversationId", there.id(), "created", false));
    assertThat(there.texts()).isEmpty();
  }

  @Test
  void anOlderConversationOfTheCustomerGetsTheSummaryOnce() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    Map<String, Object> handoff = OmnichannelRig.handoff(conversation);
    handoff.put("handoffId", conversation + ":2");
    handoff.put("summary", "Now about A-2002");
    rig.omnichannel.faults().throttle(At.MESSAGE, 0);
    Exchange failed = again(handoff, conversation);
    assertThat(refused(failed).getMessage()).contains("BTN-2452");
    assertThat(there.texts()).isEmpty();

    assertThat(OmnichannelRig.hubId(again(handoff, conversation))).isEqualTo(there.id());
    assertThat(OmnichannelRig.hubId(again(handoff, conversation))).isEqualTo(there.id());
    assertThat(there.texts())
        .containsExactly("Summary: Now about A-2002\n\nCustomer: refund please");
    assertThat(there.received().get(0).getJsonObject("channelData").toString())
        .contains("AutomatedMessage");
  }

  private static Exchange again(Map<String, Object> handoff, String conversation) {
    return rig.rig.call(
        "service",
        "open",
        handoff,
        Map.of("conversation", conversation, "handoffId", handoff.get("handoffId")));
  }

  @Test
  void aRefusalForTooManyEntriesIsAnsweredWithFewerAndTheRestIsInTheJournalsReport() {
    String conversation = rig.conversation();
    Map<String, Object> handoff = OmnichannelRig.handoff(conversation);
    Map<String, Object> context = new LinkedHashMap<>();
    for (int i = 0; i < 120; i++) {
      context.put("e" + i, Map.of("value", "v"));
    }
    handoff.put("context", context);
    rig.omnichannel.faults().fail(At.CREATE, 400, 30010);
    Report report = new Report();
    Exchange answer =
        rig.rig.call(
            "service",
            "open",
            handoff,
            Map.of(
                "conversation", conversation,
                "handoffId", conversation + ":1",
                "report", report));
    assertThat(answer.getException()).isNull();
    assertThat(report.counts()).isEqualTo(Map.of("left-out", 70));
    OmnichannelConversation there =
        rig.omnichannel.conversationOf(conversation + ":1").orElseThrow();
    assertThat(there.request().getJsonObject("conversationcontext")).hasSize(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {30001, 30002, 30003, 30004, 30014})
  void aChannelThatIsNotSetUpFailsTheHandoffAtOnce(int code) {
    rig.omnichannel.faults().fail(At.CREATE, code == 30004 ? 404 : 400, code);
    String conversation = rig.conversation();
    Exchange answer = rig.open(OmnichannelRig.handoff(conversation), conversation, 1);
    assertThat(refused(answer).isPermanent()).isTrue();
    assertThat(answer.getException())
        .hasMessageContaining("BTN-2454")
        .hasMessageContaining("code " + code)
        .hasMessageContaining("correlation corr-");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 30001, REFUSED",
    "400, 30002, REFUSED",
    "400, 30003, REFUSED",
    "404, 30004, REFUSED",
    "400, 30005, GONE",
    "400, 30006, REFUSED",
    "400, 30007, REFUSED",
    "400, 30008, REFUSED",
    "400, 30009, REFUSED",
    "400, 30010, REFUSED",
    "400, 30011, REFUSED",
    "400, 30012, REFUSED",
    "404, 30013, GONE",
    "400, 30014, REFUSED",
    "400, 30016, REFUSED",
    "404, 0, GONE",
    "422, 0, REFUSED"
  })
  void everyCodeOfARefusedMessageDecidesHowTheHandoffGoesOn(
      int status, int code, DeliveryException.Reason reason) {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    rig.omnichannel.faults().fail(At.MESSAGE, status, code);
    DeliveryException failure = refused(send(there, conversation, "hello"));
    assertThat(failure.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({"500, 30015", "500, 0", "502, 0"})
  void theirOwnTroubleIsTriedAgain(int status, int code) {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    rig.omnichannel.faults().fail(At.MESSAGE, status, code);
    assertThat(send(there, conversation, "hello").getException())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("BTN-2455");
    assertThat(send(there, conversation, "hello").getException()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void whoeverAsksToWaitIsObeyed(int status) {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    rig.omnichannel.faults().throttle(At.MESSAGE, status, 7);
    assertThat(refused(send(there, conversation, "hello")).retryAfter())
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aTokenThatIsRefusedIsRenewed() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    rig.omnichannel.expireTokens();
    assertThat(send(there, conversation, "first").getException())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("BTN-2451");
    assertThat(send(there, conversation, "first").getException()).isNull();
    assertThat(there.texts()).containsExactly("first");
    renewsDataversesToo();
  }

  private static void renewsDataversesToo() {
    rig.clock.passes(Duration.ofMinutes(1));
    available(Map.of());
    assertThat(available(Map.of())).isEqualTo(Map.of("state", "AVAILABLE"));
  }

  @Test
  void noTokenMeansTryingAgain() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    rig.omnichannel.expireTokens();
    send(there, conversation, "x");
    rig.omnichannel.faults().fail(At.TOKEN, 503, 0);
    assertThat(send(there, conversation, "x").getException())
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("secret-of");
    assertThat(send(there, conversation, "x").getException()).isNull();
    renewsDataversesToo();
  }

  @Test
  void aMessageHasTheChannelTheCustomerAndTheFiles() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    Map<String, Object> message = new HashMap<>();
    message.put("id", "m-9");
    message.put("text", "Here is the receipt");
    message.put(
        "attachments",
        List.of(
            Map.of(
                "contentType",
                "application/pdf",
                "contentUrl",
                "https://files.example.com/r.pdf",
                "name",
                "r.pdf")));
    Exchange answer = rig.call("send", message, conversation, there.id(), 1);
    assertThat(answer.getMessage().getBody(Map.class).get("id")).asString().matches("\\d{13}");
    JsonObject received = there.received().get(0);
    assertThat(received.getString("id")).isEqualTo("m-9");
    assertThat(received.getString("channelId"))
        .isEqualTo(rig.omnichannel.settings().get("channel-id"));
    assertThat(received.getJsonObject("from").getString("id")).isEqualTo("u1");
    assertThat(received.getJsonArray("attachments").getJsonObject(0).getString("contentUrl"))
        .isEqualTo("https://files.example.com/r.pdf");
  }

  @Test
  void aFileWithoutATextIsAMessage() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    Map<String, Object> message = new HashMap<>();
    message.put("id", "m-10");
    message.put("text", null);
    message.put("attachments", List.of(Map.of("contentUrl", "https://files.example.com/r.bin")));
    assertThat(rig.call("send", message, conversation, there.id(), 1).getException()).isNull();
    assertThat(there.received().get(0).containsKey("text")).isFalse();
  }

  @Test
  void theLimitOfATextIsToldToTheCoreWhichSplits() {
    Exchange answer = rig.call("capabilities", null, rig.conversation(), null, 1);
    assertThat(answer.getMessage().getBody(Map.class).get("maxText")).isEqualTo(6_000);
    assertThat(answer.getMessage().getBody(Map.class).get("maxContextEntries")).isEqualTo(100);
  }

  @Test
  void typingIsShown() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    rig.call("typing", Map.of("on", true), conversation, there.id(), 1);
    JsonObject typing = there.received().get(0);
    assertThat(typing.getString("type")).isEqualTo("typing");
    assertThat(typing.getJsonObject("from").getString("name")).isEqualTo("Customer");
    assertThat(typing.getJsonObject("conversation").getString("id")).isEqualTo(there.id());
  }

  @Test
  void endingTwiceAndEndingWhatIsGoneSucceeds() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    Map<String, Object> end = Map.of("reason", "CUSTOMER");
    assertThat(rig.call("end", end, conversation, there.id(), 1).getException()).isNull();
    assertThat(there.state()).isEqualTo(State.CLOSED);
    assertThat(rig.call("end", end, conversation, there.id(), 2).getException()).isNull();
    assertThat(there.ends()).isEqualTo(1);
    assertThat(rig.call("end", end, conversation, "gone", 1).getException()).isNull();
    rig.omnichannel.faults().fail(At.MESSAGE, 400, 30005);
    assertThat(rig.call("end", end, conversation, "malformed", 1).getException()).isNull();
  }

  @Test
  void anEndThatDoesNotArriveIsTriedAgain() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    rig.omnichannel.faults().fail(At.MESSAGE, 500, 0);
    assertThat(rig.call("end", Map.of(), conversation, there.id(), 1).getException())
        .hasMessageContaining("BTN-2455");
  }

  @Test
  void availabilityIsAskedOnceWhileItsAnswerHolds() {
    rig.clock.passes(Duration.ofMinutes(1));
    rig.omnichannel.availability().agent(false, 95, 3);
    Map<String, Object> wait = Map.of("state", "AVAILABLE", "position", 3, "waitSeconds", 95);
    assertThat(available(Map.of())).isEqualTo(wait);
    rig.omnichannel.availability().open(false, "2026-03-02T08:00:00Z");
    assertThat(available(Map.of())).isEqualTo(wait);
    rig.clock.passes(Duration.ofSeconds(31));
    assertThat(available(Map.of()))
        .isEqualTo(
            Map.of("state", "UNAVAILABLE", "reason", "CLOSED", "nextOpen", "2026-03-02T08:00:00Z"));
  }

  @Test
  void onlyTheNamedContextIsToldWithTheQuestion() {
    rig.clock.passes(Duration.ofMinutes(1));
    available(Map.of("domain", "IT", "password", "hunter2"));
    JsonObject asked = rig.omnichannel.availability().asked();
    assertThat(new JsonObject(asked.getString("CustomContextItems")))
        .isEqualTo(
            new JsonObject()
                .put(
                    "domain",
                    new JsonObject()
                        .put("value", "IT")
                        .put("isDisplayable", true)
                        .put("datatype", "192350000")));
    assertThat(asked.getString("LiveWorkStreamId"))
        .isEqualTo(rig.omnichannel.settings().get("workstream"));
    assertThat(asked.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 405, 429, 500})
  void anAvailabilityThatCannotBeHadIsUnknownAndAskedAgain(int status) {
    rig.clock.passes(Duration.ofMinutes(1));
    rig.omnichannel.faults().fail(At.AVAILABILITY, status, 0);
    assertThat(available(Map.of())).isEqualTo(Map.of("state", "UNKNOWN"));
    assertThat(available(Map.of())).isEqualTo(Map.of("state", "AVAILABLE"));
  }

  private static Map<?, ?> available(Map<String, Object> context) {
    Exchange answer =
        rig.call("availability", Map.of("context", context), rig.conversation(), null, 1);
    assertThat(answer.getException()).isNull();
    return answer.getMessage().getBody(Map.class);
  }
}
