package dev.baton.simulator.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.baton.simulator.omnichannel.OmnichannelConversation.State;
import dev.baton.simulator.omnichannel.OmnichannelFaults.At;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated Omnichannel over HTTP: what it demands, what it answers, what it calls. */
class OmnichannelSimulatorTest {
  private static Webhook webhook;
  private static OmnichannelSimulator omnichannel;
  private Client client;

  @BeforeAll
  static void start() {
    webhook = new Webhook();
    omnichannel = OmnichannelSimulator.start(OmnichannelOptions.defaults().webhook(webhook.url()));
  }

  @AfterAll
  static void stop() {
    omnichannel.close();
    webhook.close();
  }

  @BeforeEach
  void fresh() {
    omnichannel.faults().clear();
    webhook.calls.clear();
    webhook.next.clear();
    client = new Client(omnichannel);
  }

  private static JsonObject create(String customer) {
    return new JsonObject()
        .put("customercontext", new JsonObject().put("customerid", customer))
        .put(
            "conversationcontext",
            new JsonObject()
                .put("va_LastTopic", new JsonObject().put("isDisplayable", true).put("value", "x")))
        .put("conversationrequestid", customer + ":1")
        .put("startmessage", new JsonObject().put("message", "Customer: hello"))
        .put("skipdeflectionbot", true);
  }

  private OmnichannelConversation opened() {
    String customer = UUID.randomUUID().toString();
    assertThat(client.call("POST", "/conversation/create", create(customer)).status())
        .isEqualTo(200);
    return omnichannel.conversationOf(customer + ":1").orElseThrow();
  }

  private Client.Answer post(OmnichannelConversation conversation, JsonObject activity) {
    return client.call("POST", "/conversation/" + conversation.id(), activity);
  }

  private static JsonObject activity(OmnichannelConversation conversation, String type) {
    return new JsonObject()
        .put("type", type)
        .put("channelId", OmnichannelSimulator.CHANNEL_ID)
        .put("from", new JsonObject().put("id", "u1").put("name", "Ada"))
        .put("conversation", new JsonObject().put("id", conversation.id()));
  }

  private static int told(Future<Integer> call) {
    return call.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void aTokenIsGivenForTheRightSecretAndADefaultScopeOnly() {
    assertThat(client.token("wrong", OmnichannelSimulator.SCOPE).status()).isEqualTo(401);
    assertThat(client.token("https://simulated-c.crm.dynamics.com").status()).isEqualTo(400);
    assertThat(client.token(OmnichannelSimulator.SCOPE).json().getString("token_type"))
        .isEqualTo("Bearer");
  }

  @Test
  void aTokenIsGoodForItsOwnServiceUntilItExpires() {
    String dataverse =
        client.token(omnichannel.url() + "/.default").json().getString("access_token");
    JsonObject question = new JsonObject().put("ApiVersion", "1.0").put("LiveWorkStreamId", "8a58");
    assertThat(client.availability(question).status()).isEqualTo(401);
    assertThat(new Client(omnichannel).bearing(dataverse).availability(question).status())
        .isEqualTo(200);
    Client.Answer refused =
        new Client(omnichannel).bearing(dataverse).call("GET", "/conversations", null);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.correlation()).isNotEmpty();

    omnichannel.expireTokens();
    assertThat(client.call("GET", "/conversations", null).status()).isEqualTo(401);
  }

  @Test
  void theSameCustomerComesBackIntoTheOpenConversation() {
    JsonObject body = create("c-again");
    JsonObject first = client.call("POST", "/conversation/create", body).json();
    JsonObject second = client.call("POST", "/conversation/create", body).json();
    assertThat(first.getBoolean("isNew")).isTrue();
    assertThat(second.getBoolean("isNew")).isFalse();
    assertThat(second.getString("conversationId")).isEqualTo(first.getString("conversationId"));
    assertThat(first.getString("messageId")).matches("\\d{13}");

    OmnichannelConversation conversation = omnichannel.conversationOf("c-again:1").orElseThrow();
    told(omnichannel.agents().end(conversation));
    JsonObject third = client.call("POST", "/conversation/create", body).json();
    assertThat(third.getBoolean("isNew")).isTrue();
  }

  @Test
  void whatIsNotShapedAsDocumentedIsRefusedWithItsCode() {
    JsonObject many = create("c-many");
    for (int i = 0; i <= 100; i++) {
      many.getJsonObject("conversationcontext").put("k" + i, new JsonObject().put("value", "v"));
    }
    JsonObject plain = create("c-plain").put("conversationcontext", new JsonObject().put("a", "b"));
    JsonObject number =
        create("c-number")
            .put(
                "conversationcontext", new JsonObject().put("a", new JsonObject().put("value", 1)));
    JsonObject wordy = create("c".repeat(201));
    JsonObject big =
        create("c-big").put("startmessage", new JsonObject().put("message", "ä".repeat(14 * 1024)));
    assertThat(client.call("POST", "/conversation/create", many).code()).isEqualTo(30010);
    for (JsonObject wrong : new JsonObject[] {plain, number, wordy, big}) {
      Client.Answer answer = client.call("POST", "/conversation/create", wrong);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo(30012);
    }
  }

  @Test
  void organisationAndChannelMustBeTheRightOnes() {
    String channel = OmnichannelSimulator.CHANNEL_ID;
    String organisation = OmnichannelSimulator.ORGANISATION_ID;
    assertThat(client.call("GET", "/conversations", null, "other", channel).code())
        .isEqualTo(30001);
    assertThat(client.call("GET", "/conversations", null, organisation, "other").code())
        .isEqualTo(30002);
    JsonObject elsewhere = activity(opened(), "message").put("text", "x").put("channelId", "other");
    assertThat(post(opened(), elsewhere).code()).isEqualTo(30002);
  }

  @Test
  void everyKindOfActivityIsTakenAndOthersAreRefused() {
    OmnichannelConversation conversation = opened();
    JsonObject file =
        new JsonObject().put("contentType", "image/png").put("contentUrl", "https://x.example/a");
    JsonObject custom =
        new JsonObject()
            .put("customEvent", true)
            .put("customEventName", "CartReady")
            .put("customEventValue", "{\"total\":42}");
    JsonObject[] good = {
      activity(conversation, "message").put("text", "hello"),
      activity(conversation, "message").put("attachments", new JsonArray().add(file)),
      activity(conversation, "typing"),
      activity(conversation, "event")
          .put("name", "MessageRead")
          .put("value", new JsonObject().put("messageId", "1767225600730")),
      activity(conversation, "event").put("name", "CartReady").put("channelData", custom),
    };
    for (JsonObject activity : good) {
      assertThat(post(conversation, activity).status()).as(activity.encode()).isEqualTo(200);
    }
    assertThat(conversation.received()).hasSize(good.length);
    assertThat(post(conversation, activity(conversation, "message")).code()).isEqualTo(30016);
    JsonObject longOne = activity(conversation, "message").put("text", "x".repeat(6_001));
    assertThat(post(conversation, longOne).code()).isEqualTo(30011);
    JsonObject event = activity(conversation, "event").put("name", "Unknown");
    assertThat(post(conversation, event).code()).isEqualTo(30003);
    JsonObject nobody = activity(conversation, "typing");
    nobody.remove("from");
    assertThat(post(conversation, nobody).code()).isEqualTo(30012);
  }

  @Test
  void anEndedConversationAndAnUnknownOneAreNotFound() {
    OmnichannelConversation conversation = opened();
    assertThat(post(conversation, activity(conversation, "endOfConversation")).status())
        .isEqualTo(200);
    assertThat(conversation.ends()).isEqualTo(1);
    Client.Answer late = post(conversation, activity(conversation, "message").put("text", "x"));
    assertThat(late.status()).isEqualTo(404);
    assertThat(late.code()).isEqualTo(30013);
    String unknown = "/conversation/" + UUID.randomUUID();
    JsonObject activity = activity(conversation, "message").put("text", "x");
    assertThat(client.call("POST", unknown, activity).code()).isEqualTo(30013);
    assertThat(client.call("POST", "/conversation/c-1", activity).code()).isEqualTo(30005);
  }

  @Test
  void messagesContextAndConversationsCanBeReadInPages() {
    OmnichannelConversation conversation = opened();
    post(conversation, activity(conversation, "message").put("text", "hello"));
    told(omnichannel.agents().accept(conversation, "Dana"));
    told(omnichannel.agents().say(conversation, "Hello, Dana here"));
    String path = "/conversation/" + conversation.id();
    JsonArray messages =
        client.call("GET", path + "/messages?PageSize=100", null).json().getJsonArray("messages");
    assertThat(messages.stream().map(m -> ((JsonObject) m).getString("text")))
        .contains("hello", "Hello, Dana here");
    assertThat(client.call("GET", path + "/messages?PageSize=101", null).code()).isEqualTo(30008);
    assertThat(client.call("GET", "/conversations?PageSize=251", null).code()).isEqualTo(30007);
    assertThat(client.call("GET", "/conversations", null).body()).contains(conversation.id());
    JsonObject item =
        client.call("GET", path + "/context", null).json().getJsonArray("context").getJsonObject(0);
    assertThat(item).isEqualTo(new JsonObject().put("name", "va_LastTopic").put("value", "x"));
  }

  @Test
  void faultsStrikeOnceAndWhereTheyWereOrdered() {
    OmnichannelConversation conversation = opened();
    JsonObject message = activity(conversation, "message").put("text", "x");
    omnichannel.faults().throttle(At.MESSAGE, 7);
    Client.Answer throttled = post(conversation, message);
    assertThat(throttled.status()).isEqualTo(429);
    assertThat(throttled.retryAfter()).isEqualTo("7");
    omnichannel.faults().fail(At.MESSAGE, 500, 30015);
    assertThat(post(conversation, message).code()).isEqualTo(30015);
    assertThat(conversation.texts()).isEmpty();
    assertThat(post(conversation, message).status()).isEqualTo(200);

    omnichannel.faults().loseAnswer(At.CREATE);
    assertThatThrownBy(() -> client.call("POST", "/conversation/create", create("c-lost")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(omnichannel.conversationOf("c-lost:1")).isPresent();
    omnichannel.faults().down(true);
    assertThatThrownBy(() -> post(conversation, message)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void theWebhookIsToldWithATokenOfTheTenant() throws Exception {
    OmnichannelConversation conversation = opened();
    assertThat(told(omnichannel.agents().say(conversation, "hello"))).isEqualTo(200);
    Webhook.Call call = webhook.calls.get(0);
    assertThat(call.path())
        .isEqualTo("/hubs/service/v3/conversations/" + conversation.id() + "/activities");
    SignedJWT jwt = SignedJWT.parse(call.authorization().substring("Bearer ".length()));
    String keys =
        client
            .send("GET", "/simulated/v2.0/.well-known/openid-configuration", null)
            .json()
            .getString("jwks_uri")
            .substring(omnichannel.url().length());
    JWKSet published = JWKSet.parse(client.send("GET", keys, null).body());
    assertThat(
            jwt.verify(
                new RSASSAVerifier(published.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey())))
        .isTrue();
    assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo(omnichannel.issuer());
    assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly(OmnichannelSimulator.CLIENT_ID);
  }

  @Test
  void theWebhookIsTriedThreeTimesAndThenTheEventIsLost() {
    OmnichannelConversation conversation = opened();
    webhook.next.addAll(List.of(503, 429));
    assertThat(told(omnichannel.agents().say(conversation, "third time"))).isEqualTo(200);
    assertThat(webhook.calls).hasSize(3);
    assertThat(webhook.calls.stream().map(Webhook.Call::body).distinct()).hasSize(1);

    webhook.next.addAll(List.of(500, 500, 500));
    assertThat(told(omnichannel.agents().say(conversation, "lost"))).isEqualTo(500);
    assertThat(webhook.calls).hasSize(6);
    webhook.next.add(400);
    assertThat(told(omnichannel.agents().say(conversation, "refused"))).isEqualTo(400);
    assertThat(webhook.calls).hasSize(7);
  }

  @Test
  void aWebhookThatDoesNotAnswerInTimeIsCalledAgain() {
    Duration limit = Duration.ofMillis(200);
    OmnichannelOptions options = OmnichannelOptions.defaults().webhook(webhook.url());
    try (OmnichannelSimulator other = OmnichannelSimulator.start(options.webhookTimeout(limit))) {
      new Client(other).call("POST", "/conversation/create", create("c-silence"));
      webhook.next.addAll(List.of(Webhook.SILENCE, Webhook.SILENCE, Webhook.SILENCE));
      Future<Integer> call = other.agents().say(other.conversations().get(0), "hello?");
      assertThatThrownBy(() -> told(call)).hasMessageContaining("Timeout");
      assertThat(webhook.calls).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"MESSAGE,message,true,true", "EVENT,event,true,false", "TEXT,message,false,true"})
  void lifecycleEventsComeInEveryFormOfTheDocumentation(
      OmnichannelOptions.Names names, String type, boolean named, boolean inText) {
    OmnichannelOptions options =
        OmnichannelOptions.defaults().webhook(webhook.url()).names(names).pascal(true);
    try (OmnichannelSimulator other = OmnichannelSimulator.start(options.signed(false))) {
      new Client(other).call("POST", "/conversation/create", create("c-form"));
      OmnichannelConversation conversation = other.conversations().get(0);
      told(other.agents().lifecycle(conversation, "ConversationClosed"));
      Webhook.Call call = webhook.calls.get(0);
      assertThat(call.authorization()).isNull();
      assertThat(call.body().getString("Type")).isEqualTo(type);
      assertThat(call.body().getJsonObject("Conversation").getString("Id"))
          .isEqualTo(conversation.id());
      assertThat("ConversationClosed".equals(call.body().getString("Name"))).isEqualTo(named);
      assertThat("EventName: **_ConversationClosed_**".equals(call.body().getString("Text")))
          .isEqualTo(inText);
    }
  }

  @Test
  void representativesAcceptTransferLeaveAndEndEachByItsOwnEvents() {
    OmnichannelConversation conversation = opened();
    told(omnichannel.agents().accept(conversation, "Dana"));
    told(omnichannel.agents().types(conversation));
    told(omnichannel.agents().transfer(conversation, "Kim"));
    told(omnichannel.agents().leave(conversation));
    assertThat(conversation.state()).isEqualTo(State.WAITING);
    post(conversation, activity(conversation, "message").put("text", "are you there?"));
    assertThat(conversation.state()).isEqualTo(State.OPEN);
    told(omnichannel.agents().end(conversation));
    assertThat(
            webhook.calls.stream()
                .map(call -> call.body().getString("name", call.body().getString("type"))))
        .containsExactly(
            "AgentAssigned",
            "AgentAccepted",
            "typing",
            "TransferToAgentInitiated",
            "TransferAgentAcceptSession",
            "AgentEndSession",
            "PrimaryAgentEndConversation",
            "ConversationClose");
  }

  @Test
  void availabilityIsToldInTheVendorsWordsAndItsContextMustBeText() {
    String token = client.token(omnichannel.url() + "/.default").json().getString("access_token");
    Client asking = new Client(omnichannel).bearing(token);
    JsonObject question =
        new JsonObject()
            .put("ApiVersion", "1.0")
            .put("LiveWorkStreamId", "8a58")
            .put("CustomContextItems", "{}");
    omnichannel.availability().open(true, null);
    omnichannel.availability().agent(false, 95, 3);
    assertThat(asking.availability(question).json())
        .contains(
            Map.entry("IsQueueAvailable", true),
            Map.entry("IsAgentAvailable", false),
            Map.entry("AverageWaitTimeInSeconds", 95),
            Map.entry("PositionInQueue", 3));
    omnichannel.availability().open(false, "2030-01-01T08:00:00Z");
    assertThat(asking.availability(question).json().getString("StartTimeOfNextOperatingHour"))
        .isEqualTo("2030-01-01T08:00:00Z");
    question.put("CustomContextItems", new JsonObject());
    assertThat(asking.availability(question).status()).isEqualTo(400);
  }

  @Test
  void theAgentViewsApiActsAsARepresentative() {
    OmnichannelConversation conversation = opened();
    String root = "/simulator/conversations/" + conversation.id();
    assertThat(client.send("POST", root + "/accept", "{\"name\":\"Dana\"}").json())
        .isEqualTo(new JsonObject().put("webhook", 200));
    client.send("POST", root + "/say", "{\"text\":\"hello\"}");
    assertThat(conversation.agent()).isEqualTo("Dana");
    assertThat(client.send("GET", "/simulator/conversations", null).body())
        .contains(conversation.id(), "\"ACTIVE\"", "Customer: hello");
    assertThat(client.send("POST", root + "/dance", "{}").status()).isEqualTo(404);
    assertThat(client.send("POST", root + "/say", "[]").status()).isEqualTo(400);
    assertThat(
            client
                .send("GET", "/simulator/conversations", null, "Origin", "https://evil.example")
                .status())
        .isEqualTo(403);
    assertThat(client.send("GET", "/simulator/agent/", null).body()).contains("Agent view");
    client.send("POST", "/simulator/faults", "{\"at\":\"message\",\"status\":503}");
    JsonObject message = activity(conversation, "message").put("text", "x");
    assertThat(post(conversation, message).status()).isEqualTo(503);
  }

  @Test
  void anEchoingRepresentativeAcceptsRepeatsAndEnds() {
    try (OmnichannelSimulator other =
        OmnichannelSimulator.start(OmnichannelOptions.defaults().webhook(webhook.url()))) {
      EchoRepresentative.answer(other);
      Client caller = new Client(other);
      caller.call("POST", "/conversation/create", create("c-echo"));
      OmnichannelConversation conversation = other.conversations().get(0);
      String path = "/conversation/" + conversation.id();
      caller.call("POST", path, activity(conversation, "message").put("text", "hello"));
      caller.call("POST", path, activity(conversation, "message").put("text", "bye"));
      await().until(() -> conversation.state() == State.CLOSED);
      await()
          .untilAsserted(
              () ->
                  assertThat(webhook.calls)
                      .extracting(call -> call.body().getString("text"))
                      .contains("You wrote: hello"));
    }
  }
}
