package dev.baton.hub.genesys;

import static dev.baton.hub.genesys.GenesysRig.HUB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.journal.DeliveryException;
import dev.baton.simulator.genesys.GenesysConversation;
import dev.baton.simulator.genesys.GenesysFaultKind;
import dev.baton.simulator.genesys.GenesysFaults.Fault;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is called at the platform, and what follows from its answers. */
class GenesysCallsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static GenesysRig rig;

  @BeforeAll
  static void start() {
    rig =
        new GenesysRig(
            GenesysSimulatorOptions.quick().rate(100_000, Duration.ofMinutes(1)),
            Map.of("notifications", "off", "max-text", "60", "max-transcript", "100"));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @AfterEach
  void heal() {
    rig.genesys.faults().clear();
  }

  private static Map<String, Object> send(String id, String text) {
    return Map.of("id", id, "seq", 1, "at", "2026-03-04T10:15:30.123Z", "text", text);
  }

  /** The bodies of the messages of one customer, as they came. */
  private static List<JsonNode> bodies(String call, String from) {
    return rig.calls(call).stream()
        .map(one -> read(one.body()))
        .filter(body -> body.path("channel").toString().contains("\"" + from + "\""))
        .toList();
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> answer(Exchange done) {
    return done.getMessage().getBody(Map.class);
  }

  private static DeliveryException delivery(Exchange done) {
    return Stream.iterate((Throwable) done.getException(), t -> t != null, Throwable::getCause)
        .filter(DeliveryException.class::isInstance)
        .map(DeliveryException.class::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError(done.getException()));
  }

  @Test
  void openAnswersWithTheCustomersIdAndKeepsThePlatformsBesideIt() {
    String id = rig.requested();
    Exchange done = rig.call("open", id, GenesysRig.request());
    assertThat(done.getException()).isNull();
    assertThat(answer(done)).containsEntry("conversationId", id + ":1");
    assertThat(rig.records.find(HUB, id + ":1").orElseThrow().genesysId())
        .isEqualTo(rig.at(id).id());
    assertThat(rig.calls("message"))
        .anyMatch(call -> "prefetchConversationId=true".equals(call.query()));
  }

  @Test
  void aFailedOpenDoesNotLookLikeAnOpenOne() {
    String id = rig.requested();
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.SERVER_ERROR).at("message"));
    Exchange done = rig.call("open", id, GenesysRig.request());
    assertThat(done.getException()).isInstanceOf(IOException.class);
    assertThat(done.getVariable("hubConversationId")).isNull();
  }

  @Test
  void beforeTheFirstRequestItIsDurableWhenItWasMade() {
    String id = rig.requested();
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.CONNECTION_REFUSED).times(-1));
    rig.call("open", id, GenesysRig.request());
    GenesysRecord entry = rig.records.find(HUB, id + ":1").orElseThrow();
    assertThat(entry.at()).isNotNull();
    assertThat(entry.genesysId()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = GenesysFaultKind.class,
      names = {"CONNECTION_RESET", "BAD_GATEWAY", "GATEWAY_TIMEOUT"})
  void aRepeatedOpenHasTheSameMessageIdAndTimeAndMakesOneConversation(GenesysFaultKind lost) {
    String id = rig.requested();
    rig.genesys.faults().arm(Fault.once(lost).at("message"));
    assertThat(rig.call("open", id, GenesysRig.request()).getException()).isNotNull();
    assertThat(rig.call("open", id, GenesysRig.request()).getException()).isNull();
    List<JsonNode> bodies = bodies("message", id + ":1");
    assertThat(bodies).hasSize(2);
    assertThat(bodies.get(0)).isEqualTo(bodies.get(1));
    assertThat(rig.at(id).inboundTexts()).hasSize(1);
  }

  @Test
  void aLongOpeningGoesInPartsAndARepeatSendsOnlyTheRest() {
    String id = rig.requested();
    Map<String, Object> long4 = Map.of("summary", "word ".repeat(40).strip());
    rig.genesys
        .faults()
        .arm(Fault.once(GenesysFaultKind.SLOW).at("message").delay(Duration.ofMillis(1)));
    rig.call("open", id, long4);
    int parts = rig.at(id).inboundTexts().size();
    assertThat(parts).isEqualTo(4);
    rig.call("open", id, long4);
    assertThat(bodies("message", id + ":1")).hasSize(parts);
  }

  @Test
  void anUnknownIntegrationIsRefusedWithTheOptionToCheck() {
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.NOT_FOUND).at("message"));
    DeliveryException e = delivery(rig.call("open", rig.requested(), GenesysRig.request()));
    assertThat(e.isPermanent()).isTrue();
    assertThat(e).hasMessageContaining("integration-id").hasMessageContaining("BTN-2403");
  }

  @Test
  void aMissingPermissionIsTriedAgainAndNamed() {
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.FORBIDDEN).at("message"));
    Exchange done = rig.call("open", rig.requested(), GenesysRig.request());
    assertThat(done.getException())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("BTN-2402")
        .hasMessageContaining("missing.permissions");
  }

  @Test
  void theTokenIsFetchedOnceAndOnceMoreWhenItIsRefused() {
    GenesysConversation conversation = rig.opened();
    String id = GenesysRig.conversation(conversation);
    int tokens = rig.genesys.tokensIssued();
    rig.call("send", id, send("a", "one"));
    assertThat(rig.genesys.tokensIssued()).isEqualTo(tokens);
    rig.genesys.revokeTokens();
    assertThat(rig.call("send", id, send("b", "two")).getException()).isNull();
    assertThat(rig.genesys.tokensIssued()).isEqualTo(tokens + 1);
    assertThat(conversation.inboundTexts()).endsWith("one", "two");
  }

  @Test
  void aTokenThatIsRefusedTwiceIsLeftToTheLane() {
    GenesysConversation conversation = rig.opened();
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.TOKEN_EXPIRED).at("message").times(2));
    Exchange done = rig.call("send", GenesysRig.conversation(conversation), send("a", "one"));
    assertThat(done.getException()).isInstanceOf(IOException.class).hasMessageContaining("401");
  }

  @Test
  void aRepeatedMessageHasTheSameIdAndTimeAndIsOne() {
    GenesysConversation conversation = rig.opened();
    String id = GenesysRig.conversation(conversation);
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.CONNECTION_RESET).at("message"));
    assertThat(rig.call("send", id, send("a", "one")).getException()).isNotNull();
    Exchange done = rig.call("send", id, send("a", "one"));
    assertThat(answer(done)).containsKey("id");
    List<JsonNode> bodies = bodies("message", conversation.customerId());
    assertThat(bodies.get(1)).isEqualTo(bodies.get(2));
    assertThat(bodies.get(1).path("channel").path("time").asText())
        .isEqualTo("2026-03-04T10:15:30.123Z");
    assertThat(conversation.inboundTexts()).endsWith("one").hasSize(2);
  }

  @Test
  void aMessageThatWasTakenIsNotSentAgainWithTheRestOfItsParts() {
    GenesysConversation conversation = rig.opened();
    String id = GenesysRig.conversation(conversation);
    Object first = rig.call("send", id, send("a", "one")).getMessage().getBody();
    Object again = rig.call("send", id, send("a", "one")).getMessage().getBody();
    assertThat(again).isEqualTo(first);
    assertThat(bodies("message", conversation.customerId())).hasSize(2);
  }

  @Test
  void tooManyRequestsAreWaitedForAsLongAsThePlatformSays() {
    GenesysConversation conversation = rig.opened();
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.THROTTLED).at("message").retryAfter(0));
    DeliveryException e =
        delivery(rig.call("send", GenesysRig.conversation(conversation), send("a", "one")));
    assertThat(e.isPermanent()).isFalse();
    assertThat(e.retryAfter()).isEqualTo(Duration.ZERO);
  }

  @Test
  void aBrokenPlatformIsTriedAgain() {
    GenesysConversation conversation = rig.opened();
    String id = GenesysRig.conversation(conversation);
    for (GenesysFaultKind kind :
        List.of(GenesysFaultKind.SERVER_ERROR, GenesysFaultKind.UNAVAILABLE)) {
      rig.genesys.faults().arm(Fault.once(kind).at("message"));
      Exchange done = rig.call("send", id, send(kind.id(), "x"));
      assertThat(done.getException()).hasMessageContaining("BTN-2404");
      assertThat(rig.call("send", id, send(kind.id(), "x")).getException()).isNull();
    }
  }

  @Test
  void aMessageThatThePlatformFindsWrongIsGivenUpWithItsReason() {
    GenesysConversation conversation = rig.opened();
    String id = GenesysRig.conversation(conversation);
    DeliveryException e = delivery(rig.call("send", id, send("a", "x".repeat(2001))));
    assertThat(e.reason()).isEqualTo(DeliveryException.Reason.REFUSED);
    assertThat(e).hasMessageContaining("2000").hasMessageContaining("contextId");
  }

  @Test
  void aClickGoesByItsOwnCallAndAsTextWhereThatIsUnknown() {
    GenesysConversation conversation = rig.opened();
    String id = GenesysRig.conversation(conversation);
    rig.genesys.agents().accept(conversation);
    GenesysRig.get(rig.genesys.agents().say(conversation, "Sure?"));
    String origin = conversation.messages().get(conversation.messages().size() - 1).id();
    Map<String, Object> mark =
        Map.of("type", "QuickReply", "text", "Yes", "payload", "y", "message", origin);
    Map<String, Object> value = Map.of(InboundMessages.BUTTON, mark);
    assertThat(
            rig.call("send", id, Map.of("id", "c1", "text", "Yes", "value", value)).getException())
        .isNull();
    assertThat(bodies("structured", conversation.customerId())).hasSize(1);
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.NOT_FOUND).at("structured"));
    assertThat(
            rig.call("send", id, Map.of("id", "c2", "text", "Yes", "value", value)).getException())
        .isNull();
    assertThat(conversation.inboundTexts()).endsWith("Yes", "Yes");
  }

  @Test
  void typingIsShownButNotAgainAtOnceAndNeverTakenBack() {
    GenesysConversation conversation = rig.opened();
    String id = GenesysRig.conversation(conversation);
    assertThat(rig.call("typing", id, Map.of("on", false)).getException()).isNull();
    assertThat(bodies("event", conversation.customerId())).isEmpty();
    rig.call("typing", id, Map.of("on", true));
    rig.call("typing", id, Map.of("on", true));
    assertThat(bodies("event", conversation.customerId())).hasSize(1);
  }

  @Test
  void aLeavingCustomerIsSaidToTheAgentAndDisconnected() {
    GenesysConversation conversation = rig.opened();
    rig.genesys.agents().accept(conversation);
    Exchange done =
        rig.call("end", GenesysRig.conversation(conversation), Map.of("reason", "CUSTOMER"));
    assertThat(done.getException()).isNull();
    assertThat(conversation.ended()).isTrue();
    assertThat(conversation.inboundTexts()).endsWith("The customer has left the conversation.");
    assertThat(rig.records.find(HUB, conversation.customerId())).isEmpty();
    String customer =
        conversation.participants().stream()
            .filter(p -> p.purpose().equals("customer"))
            .findFirst()
            .orElseThrow()
            .id();
    assertThat(rig.calls("participant"))
        .anyMatch(
            call ->
                call.method().equals("PATCH")
                    && call.path().endsWith("/participants/" + customer)
                    && call.body().equals("{\"state\":\"disconnected\"}"));
  }

  @Test
  void endingTwiceOrAfterTheAgentDoesNothingMore() {
    GenesysConversation conversation = rig.opened();
    String id = GenesysRig.conversation(conversation);
    rig.genesys.agents().accept(conversation);
    rig.genesys.agents().leave(conversation);
    int patches = rig.calls("participant").size();
    assertThat(rig.call("end", id, Map.of("reason", "CUSTOMER")).getException()).isNull();
    assertThat(rig.call("end", id, Map.of("reason", "CUSTOMER")).getException()).isNull();
    assertThat(rig.calls("participant")).hasSize(patches);
    assertThat(conversation.inboundTexts()).as("a text would begin another one").hasSize(1);
  }

  @Test
  void anEndWhoseAnswerIsLostSucceedsAtTheNextAttempt() {
    GenesysConversation conversation = rig.opened();
    String id = GenesysRig.conversation(conversation);
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.CONNECTION_RESET).at("participant"));
    assertThat(rig.call("end", id, Map.of()).getException()).isNotNull();
    assertThat(rig.call("end", id, Map.of()).getException()).isNull();
    assertThat(conversation.ended()).isTrue();
  }

  @Test
  void anOpeningWhoseAnswerNeverCameIsFoundAndEnded() {
    String id = rig.requested();
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.CONNECTION_RESET).at("message"));
    rig.call("open", id, GenesysRig.request());
    assertThat(rig.records.find(HUB, id + ":1").orElseThrow().genesysId()).isNull();
    assertThat(rig.call("end", id, Map.of()).getException()).isNull();
    assertThat(rig.at(id).ended()).isTrue();
    assertThat(rig.genesys.conversations().stream().filter(c -> c.customerId().equals(id + ":1")))
        .hasSize(1);
  }

  @Test
  void aPlatformThatTellsNoIdTellsItWithTheNextMessage() {
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.NO_CONVERSATION_ID).at("message"));
    GenesysConversation conversation = rig.opened();
    assertThat(rig.records.find(HUB, conversation.customerId()).orElseThrow().genesysId()).isNull();
    rig.call("send", GenesysRig.conversation(conversation), send("a", "one"));
    assertThat(rig.records.find(HUB, conversation.customerId()).orElseThrow().genesysId())
        .isEqualTo(conversation.id());
  }

  @Test
  void aMessageIntoAnEndedConversationGoesBackAndLeavesNoOtherOneOpen() {
    GenesysConversation conversation = rig.opened();
    rig.genesys.agents().accept(conversation);
    rig.genesys.agents().leave(conversation); // nothing tells: notifications are off
    DeliveryException e =
        delivery(rig.call("send", GenesysRig.conversation(conversation), send("a", "late")));
    assertThat(e.reason()).isEqualTo(DeliveryException.Reason.GONE);
    List<GenesysConversation> all =
        rig.genesys.conversations().stream()
            .filter(c -> c.customerId().equals(conversation.customerId()))
            .toList();
    assertThat(all).hasSize(2).allMatch(GenesysConversation::ended);
  }

  @Test
  void theCoreIsToldTheLimits() {
    Exchange done = rig.call("capabilities", rig.requested(), null);
    assertThat(answer(done))
        .containsEntry("maxText", 60)
        .containsEntry("maxTranscript", 100)
        .containsEntry("typing", true)
        .containsEntry("attachments", true);
  }
}
