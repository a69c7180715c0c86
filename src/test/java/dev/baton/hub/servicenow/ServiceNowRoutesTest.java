package dev.baton.hub.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.hub.servicenow.Instance.Answer;
import dev.baton.hub.servicenow.Session.Phase;
import dev.baton.journal.DeliveryException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceNowRoutesTest {
  private static ServiceNowRig now;

  @BeforeAll
  static void start() {
    now =
        new ServiceNowRig(
            Map.of(
                "username", "svc",
                "password", "pass-word",
                "signature-secret", "sign-key",
                "context.LiveAgent_domain", "'IT'",
                "context.LiveAgent_topic", "context.va_LastTopic",
                "callback-secret", "header-key",
                "callback-alias", "true",
                "timezone", "Europe/Berlin"));
  }

  @AfterAll
  static void stop() {
    now.close();
  }

  @BeforeEach
  void healthy() {
    now.instance.healthy();
  }

  @Test
  void theOpeningRequestIsCompleteSignedAndHoldsNoSecret() {
    String conversation = now.conversation();
    Exchange answer = now.open(conversation);
    assertThat(answer.getException()).isNull();
    assertThat(body(answer))
        .containsEntry("conversationId", ServiceNowRig.id(conversation))
        .containsEntry("created", true);
    Instance.Call call = now.instance.requests("START_CONVERSATION").get(0);
    JsonNode json = call.json();
    assertThat(json.path("clientSessionId").asText()).isEqualTo(ServiceNowRig.id(conversation));
    assertThat(json.path("userId").asText()).isEqualTo("u-" + conversation);
    assertThat(json.path("emailId").asText()).isEqualTo("pat@example.org");
    assertThat(json.path("silentMessage").isBoolean()).isTrue();
    assertThat(json.path("silentMessage").asBoolean()).isFalse();
    assertThat(json.path("timezone").asText()).isEqualTo("Europe/Berlin");
    JsonNode context = json.path("contextVariables");
    assertThat(context.path("live_agent_only").textValue()).isEqualTo("true");
    assertThat(context.path("language").asText()).isEqualTo("de");
    assertThat(context.path("requester_session_language").asText()).isEqualTo("de");
    assertThat(context.path("short_description").asText()).isEqualTo("VPN drops every ten minutes");
    assertThat(context.path("liveagent_optional_skills").asText()).isEqualTo("network");
    assertThat(context.path("va_LastTopic").asText()).isEqualTo("VPN");
    assertThat(context.path("LiveAgent_domain").asText()).isEqualTo("IT");
    assertThat(context.path("LiveAgent_topic").asText()).isEqualTo("VPN");
    JsonNode history = json.path("history");
    assertThat(history).hasSize(2);
    assertThat(history.get(0).path("isBotMessage").asBoolean()).isFalse();
    assertThat(history.get(1).path("displayName").asText()).isEqualTo("Robbie");
    assertThat(history.get(1).path("timestamp").textValue()).matches("\\d{13}");
    assertThat(json.path("clientVariables").path(Callback.GENERATION).asInt()).isEqualTo(1);
    assertThat(call.text())
        .doesNotContain("pass-word")
        .doesNotContain("sign-key")
        .doesNotContain("callback-pass")
        .doesNotContain("\n");
    assertThat(call.header("x-b2b-signature"))
        .isEqualTo(Credentials.signature("sign-key", call.bytes()));
    assertThat(call.header("authorization")).isEqualTo(ServiceNowRig.basic("svc", "pass-word"));
    assertThat(call.header("camelhttpuri")).isNull();
  }

  @Test
  void theSessionIsWrittenBeforeTheRequestIsMade() {
    String conversation = now.conversation();
    now.instance.before =
        call -> assertThat(now.store.find("it", ServiceNowRig.id(conversation))).isPresent();
    assertThat(now.open(conversation).getException()).isNull();
  }

  @Test
  void openTwiceWithOneHandoffIdAsksOnce() {
    String conversation = now.opened(Phase.REQUESTED);
    assertThat(body(now.open(conversation))).containsEntry("created", false);
    assertThat(now.instance.requests("START_CONVERSATION")).hasSize(1);
  }

  @Test
  void aRepeatAfterALostAnswerFindsTheInteractionInsteadOfOpeningASecond() {
    String conversation = now.conversation();
    now.instance.next(ServiceNowConfig.PATH, Answer.json(500, "{}"));
    assertThat(now.open(conversation).getException()).hasMessageContaining("BTN-2346");
    now.instance.table(
        "sys_cs_conversation",
        Map.of("sys_id", "conv-sys", "session.device_id", ServiceNowRig.id(conversation)));
    now.instance.table(
        "interaction",
        Map.of(
            "sys_id",
            "int-1",
            "channel_metadata_document",
            "conv-sys",
            "active",
            "true",
            "state",
            "new",
            "queue",
            "q",
            "assigned_to",
            ""));
    assertThat(body(now.open(conversation))).containsEntry("created", false);
    assertThat(now.instance.requests("START_CONVERSATION")).hasSize(1);
    assertThat(now.session(conversation).interactionId).isEqualTo("int-1");
  }

  @Test
  void aRepeatWhoseFirstRequestHadNoEffectAsksAgainUnderAnIdOfItsOwn() {
    String conversation = now.conversation();
    now.instance.next(ServiceNowConfig.PATH, Answer.json(500, "{}"));
    now.open(conversation);
    assertThat(body(now.open(conversation))).containsEntry("created", true);
    List<Instance.Call> calls = now.instance.requests("START_CONVERSATION");
    assertThat(calls).hasSize(2);
    assertThat(calls.get(1).json().path("requestId"))
        .isNotEqualTo(calls.get(0).json().path("requestId"));
    assertThat(calls.get(1).json().path("clientSessionId"))
        .isEqualTo(calls.get(0).json().path("clientSessionId"));
  }

  @Test
  void aRepeatWhoseEffectCannotBeKnownKeepsTheRequestIdThatServiceNowDropsRepeatsBy() {
    String conversation = now.conversation();
    now.instance.answer("/api/now/table/sys_cs_conversation", Answer.json(403, "{}"));
    now.instance.next(ServiceNowConfig.PATH, Answer.json(500, "{}"));
    now.open(conversation);
    now.open(conversation);
    List<Instance.Call> calls = now.instance.requests("START_CONVERSATION");
    assertThat(calls.get(1).json().path("requestId"))
        .isEqualTo(calls.get(0).json().path("requestId"));
  }

  @Test
  void aQueryThatServiceNowDidNotUnderstandIsNotMistakenForAnAnswer() {
    String conversation = now.conversation();
    now.instance.next(ServiceNowConfig.PATH, Answer.json(500, "{}"));
    now.open(conversation);
    now.instance.table(
        "sys_cs_conversation",
        Map.of("sys_id", "x1", "session.device_id", "somebody-else"),
        Map.of("sys_id", "x2", "session.device_id", "another"));
    assertThat(body(now.open(conversation))).containsEntry("created", true);
  }

  @Test
  void statusFailureIsARefusal() {
    now.instance.next(
        ServiceNowConfig.PATH,
        Answer.json(
            200, "{\"status\":\"failure\",\"message\":\"Failed to add request to queue\"}"));
    assertThat(body(now.open(now.conversation())))
        .containsEntry("state", "UNAVAILABLE")
        .containsEntry("reason", "REFUSED");
  }

  @Test
  void aTextIsSentAsTypedUnderAnIdThatStaysTheSame() {
    String conversation = now.opened(Phase.CONNECTED);
    assertThat(now.send(conversation, "m-1", "it is a laptop").getException()).isNull();
    JsonNode json = last().json();
    assertThat(json.path("action").isMissingNode()).isTrue();
    assertThat(json.path("requestId").asText()).isEqualTo("m-1");
    assertThat(json.path("message").path("text").asText()).isEqualTo("it is a laptop");
    assertThat(json.path("message").path("typed").asBoolean()).isTrue();
  }

  @Test
  void aPickedOptionIsSentAsItsValueAndNotTyped() {
    String conversation = now.opened(Phase.CONNECTED);
    now.callback(
        ServiceNowRig.id(conversation),
        "{\"agentChat\":true,\"body\":[{\"uiType\":\"Picker\",\"label\":\"Which?\",\"options\":["
            + "{\"label\":\"Laptop\",\"value\":\"v-1\",\"enabled\":false},{\"label\":\"Phone\",\"value\":\"v-2\",\"enabled\":false}]}]}");
    now.call(
        conversation,
        "send",
        Map.of("id", "m-1", "text", "Laptop", "value", Map.of(Picks.OPTION, "v-1")));
    assertThat(last().json().path("message").path("text").asText()).isEqualTo("v-1");
    assertThat(last().json().path("message").path("typed").asBoolean()).isFalse();
  }

  @Test
  void aLabelThatIsTypedCountsAsPicked() {
    String conversation = now.opened(Phase.CONNECTED);
    now.callback(
        ServiceNowRig.id(conversation),
        "{\"body\":[{\"uiType\":\"Boolean\",\"label\":\"Sure?\",\"options\":[{\"label\":\"Yes\",\"value\":\"yes_v\"},{\"label\":\"No\"}]}]}");
    now.send(conversation, "m-1", "yes");
    assertThat(last().json().path("message").path("text").asText()).isEqualTo("yes_v");
    now.send(conversation, "m-2", "yes");
    assertThat(last().json().path("message").path("text").asText()).isEqualTo("yes");
    assertThat(last().json().path("message").path("typed").asBoolean()).isTrue();
  }

  @Test
  void typingIsShownOnceAndTakenBackByTheNextMessage() {
    String conversation = now.opened(Phase.CONNECTED);
    now.call(conversation, "typing", Map.of("on", true));
    now.call(conversation, "typing", Map.of("on", true));
    now.send(conversation, "m-1", "done typing");
    assertThat(now.instance.requests().stream().skip(1).map(Instance.Call::action))
        .containsExactly("TYPING", "", "VIEWING");
  }

  @Test
  void aConversationThatIsOverTakesNoMessages() {
    String conversation = now.opened(Phase.CONNECTED);
    now.callback(ServiceNowRig.id(conversation), "{\"completed\":true,\"body\":[]}");
    assertThat(failure(now.send(conversation, "m-1", "hello?")).reason())
        .isEqualTo(DeliveryException.Reason.GONE);
  }

  @Test
  void endIsSentOnceAndSucceedsForWhatIsGone() {
    String conversation = now.opened(Phase.CONNECTED);
    assertThat(now.call(conversation, "end", Map.of("reason", "CUSTOMER")).getException()).isNull();
    assertThat(now.call(conversation, "end", Map.of("reason", "CUSTOMER")).getException()).isNull();
    assertThat(now.instance.requests("END_CONVERSATION")).hasSize(1);
    assertThat(now.call("never-was", "end", Map.of("reason", "CUSTOMER")).getException()).isNull();
  }

  @Test
  void anEndThatFailedIsSentAgain() {
    String conversation = now.opened(Phase.CONNECTED);
    now.instance.next(ServiceNowConfig.PATH, Answer.json(500, "{}"));
    assertThat(now.call(conversation, "end", Map.of()).getException()).isNotNull();
    assertThat(now.call(conversation, "end", Map.of()).getException()).isNull();
    assertThat(now.instance.requests("END_CONVERSATION")).hasSize(2);
  }

  @Test
  void afterTheEndOfTheCustomerNothingOfServiceNowIsShown() {
    String conversation = now.opened(Phase.CONNECTED);
    now.call(conversation, "end", Map.of("reason", "CUSTOMER"));
    int before = now.appended(conversation).size();
    now.callback(
        ServiceNowRig.id(conversation),
        "{\"completed\":true,\"body\":[{\"uiType\":\"OutputText\",\"value\":\"The conversation has"
            + " ended.\"}]}");
    assertThat(now.appended(conversation)).hasSize(before);
  }

  @Test
  void callbacksNeedCredentialsAndAreNotToldWhichAreWrong() {
    String conversation = now.opened(Phase.QUEUED);
    String body = "{\"clientSessionId\":\"" + ServiceNowRig.id(conversation) + "\",\"body\":[]}";
    assertThat(now.post("/hubs/it/events", body, Map.of())).isEqualTo(401);
    assertThat(
            now.post(
                "/hubs/it/events",
                body,
                Map.of("Authorization", ServiceNowRig.basic("snow", "wrong"))))
        .isEqualTo(401);
    assertThat(
            now.post(
                "/hubs/it/events",
                body,
                Map.of("Authorization", ServiceNowRig.basic("snow", "callback-pass-0"))))
        .isEqualTo(204);
    assertThat(now.post("/hubs/it/events", body, Map.of("x-api-key", "header-key"))).isEqualTo(204);
  }

  @Test
  void theAliasLeadsToTheHubWhoseCredentialsFit() {
    String conversation = now.opened(Phase.QUEUED);
    String body =
        "{\"clientSessionId\":\""
            + ServiceNowRig.id(conversation)
            + "\",\"agentChat\":true,\"body\":[{\"uiType\":\"OutputText\",\"value\":\"by the"
            + " alias\"}]}";
    String alias = "/rest/LiveAgentService/SnowSendMessageToUser";
    assertThat(now.post(alias, body, Map.of("x-api-key", "no"))).isEqualTo(401);
    assertThat(now.post(alias, body, Map.of("x-api-key", "header-key"))).isEqualTo(204);
    assertThat(now.texts(conversation)).containsExactly("by the alias");
  }

  @Test
  void answersOfTheInstanceBecomeWhatALaneDoes() {
    String conversation = now.opened(Phase.CONNECTED);
    error(401, "{}");
    assertThat(now.send(conversation, "a", "x").getException()).hasMessageContaining("BTN-2304");
    error(403, "{}");
    assertThat(now.send(conversation, "b", "x").getException()).hasMessageContaining("BTN-2343");
    error(404, "{}");
    assertThat(failure(now.send(conversation, "c", "x"))).hasMessageContaining("BTN-2309");
    error(405, "{}");
    assertThat(failure(now.send(conversation, "d", "x"))).hasMessageContaining("BTN-2310");
    error(
        400,
        "{\"error\":{\"message\":\"bad\",\"detail\":\"userId missing\"},\"status\":\"failure\"}");
    assertThat(failure(now.send(conversation, "e", "x")))
        .hasMessageContaining("BTN-2344")
        .hasMessageContaining("userId missing");
    now.instance.next(
        ServiceNowConfig.PATH,
        Answer.json(429, "{}").with("Retry-After", "7").with("X-RateLimit-Rule", "rule9"));
    DeliveryException limited = failure(now.send(conversation, "f", "x"));
    assertThat(limited).hasMessageContaining("BTN-2325").hasMessageContaining("rule9");
    assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  private static void error(int status, String body) {
    now.instance.next(ServiceNowConfig.PATH, Answer.json(status, body));
  }

  private static Instance.Call last() {
    List<Instance.Call> calls = now.instance.requests();
    return calls.get(calls.size() - 1);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> body(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    return exchange.getMessage().getBody(Map.class);
  }

  private static DeliveryException failure(Exchange exchange) {
    DeliveryException failure = exchange.getException(DeliveryException.class);
    assertThat(failure).as("%s", exchange.getException()).isNotNull();
    return failure;
  }
}
