package dev.baton.hub.omnichannel;

import static dev.baton.hub.omnichannel.OmnichannelRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.conversation.Handoff;
import dev.baton.simulator.omnichannel.Agents;
import dev.baton.simulator.omnichannel.OmnichannelConversation;
import dev.baton.simulator.omnichannel.OmnichannelConversation.State;
import dev.baton.simulator.omnichannel.OmnichannelOptions;
import dev.baton.simulator.omnichannel.OmnichannelOptions.Names;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Omnichannel tells Baton, over HTTP: who may, and what becomes of it. */
class OmnichannelWebhookTest {
  private static OmnichannelRig rig;
  private static Agents agents;

  @BeforeAll
  static void start(@TempDir Path folder) {
    rig =
        new OmnichannelRig(
            folder,
            OmnichannelOptions.defaults().names(Names.EVENT).pascal(true),
            Map.of("tenant", "simulated"));
    agents = rig.omnichannel.agents();
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @AfterEach
  void heal() {
    rig.rig.journalFailure = null;
  }

  private static int told(OmnichannelConversation there, String token) {
    return await(rig.omnichannel.tell(there, message("x-1", "hello"), token));
  }

  private static JsonObject message(String id, String text) {
    JsonObject message = new JsonObject().put("type", "message").put("text", text);
    return (id == null ? message : message.put("id", id))
        .put("from", new JsonObject().put("id", 1));
  }

  private static String audience() {
    return rig.omnichannel.settings().get("client-id");
  }

  private static String token(String audience, Instant until) {
    Instant from = until.minusSeconds(3600);
    return "Bearer " + rig.omnichannel.keys().token(audience, Map.of(), from, until);
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(3000);
  }

  @Test
  void theTenantsTokenForThisApplicationIsTaken() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    assertThat(told(there, token(audience(), soon()))).isEqualTo(200);
    assertThat(rig.events(conversation)).containsExactly("hub.message");
  }

  @Test
  void theApplicationsUriIsAnAudienceToo() {
    OmnichannelConversation there = rig.opened(rig.conversation());
    assertThat(told(there, token("api://" + audience(), soon()))).isEqualTo(200);
  }

  @Test
  void withoutATokenNothingIsTaken() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    assertThat(told(there, null)).isEqualTo(401);
    assertThat(told(there, "Basic dTpw")).isEqualTo(401);
    assertThat(told(there, "Bearer nonsense")).isEqualTo(401);
    assertThat(rig.events(conversation)).isEmpty();
  }

  @Test
  void aForgedTokenIsRefused() {
    OmnichannelConversation there = rig.opened(rig.conversation());
    String forged = rig.omnichannel.keys().forged(audience(), Map.of(), soon());
    assertThat(told(there, "Bearer " + forged)).isEqualTo(401);
  }

  @Test
  void aTokenForSomebodyElseIsRefused() {
    OmnichannelConversation there = rig.opened(rig.conversation());
    assertThat(told(there, token("api://somebody-else", soon()))).isEqualTo(401);
  }

  @Test
  void aTokenOfAnotherTenantIsRefused() {
    OmnichannelConversation there = rig.opened(rig.conversation());
    String other =
        rig.omnichannel
            .keys()
            .ofIssuer("https://login.example.com/other/v2.0", audience(), Map.of(), soon());
    assertThat(told(there, "Bearer " + other)).isEqualTo(401);
  }

  @Test
  void aTokenThatHasExpiredIsRefused() {
    OmnichannelConversation there = rig.opened(rig.conversation());
    assertThat(told(there, token(audience(), Instant.now().minusSeconds(600)))).isEqualTo(401);
  }

  @Test
  void aNewSigningKeyNeedsNothingDone() {
    OmnichannelConversation there = rig.opened(rig.conversation());
    assertThat(told(there, token(audience(), soon()))).isEqualTo(200);
    rig.omnichannel.keys().rotate();
    assertThat(told(there, token(audience(), soon()))).isEqualTo(200);
  }

  @Test
  void anObjectThatSaysNothingIsHarmless() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    assertThat(await(rig.omnichannel.tell(there, new JsonObject(), token(audience(), soon()))))
        .isEqualTo(200);
    assertThat(rig.events(conversation)).isEmpty();
  }

  @Test
  void aTryThatFailedIsTakenTheSecondTime() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    rig.rig.journalFailure = new IllegalStateException("the disk is full");
    JsonObject message = message("r-1", "once");
    assertThat(await(rig.omnichannel.tell(there, message, token(audience(), soon()))))
        .isEqualTo(503);
    rig.rig.journalFailure = null;
    assertThat(await(rig.omnichannel.tell(there, message, token(audience(), soon()))))
        .isEqualTo(200);
    assertThat(rig.appended(conversation)).hasSize(1);
  }

  @Test
  void threeTriesOfOneMessageHaveOneName() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    assertThat(await(agents.say(there, "only once", 3))).isEqualTo(200);
    assertThat(rig.appended(conversation))
        .hasSize(3)
        .extracting(append -> append.sourceId())
        .containsOnly(rig.appended(conversation).get(0).sourceId());
  }

  @Test
  void triesWithoutAnIdHaveOneNameToo() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    for (int i = 0; i < 3; i++) {
      assertThat(
              await(rig.omnichannel.tell(there, message(null, "no id"), token(audience(), soon()))))
          .isEqualTo(200);
    }
    await(rig.omnichannel.tell(there, message(null, "another"), token(audience(), soon())));
    assertThat(rig.appended(conversation).stream().map(append -> append.sourceId()).distinct())
        .hasSize(2);
  }

  @Test
  void acceptedTransferredWaitingAndClosedAreToldInOrder() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    await(agents.accept(there, "Grace"));
    await(agents.say(there, "Hello"));
    await(agents.transfer(there, "Alan"));
    await(agents.leave(there));
    assertThat(there.state()).isEqualTo(State.WAITING);
    await(agents.accept(there, "Grace"));
    await(agents.end(there));
    assertThat(rig.events(conversation))
        .containsExactly(
            "hub.accepted",
            "hub.message",
            "hub.transferring",
            "hub.accepted",
            "hub.agentLeft",
            "hub.accepted",
            "hub.ended",
            "hub.ended");
    assertThat(rig.appended(conversation).get(3).body().get("agent"))
        .isEqualTo(Map.of("id", "id-Alan", "name", "Alan"));
  }

  @Test
  void aConversationThatWaitsGoesOnWithTheCustomersNextWords() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    await(agents.accept(there, "Grace"));
    await(agents.leave(there));
    rig.call("send", Map.of("id", "m-2", "text", "still there?"), conversation, there.id(), 1);
    assertThat(there.texts()).containsExactly("still there?");
  }

  @Test
  void outOfHoursIsARejection() {
    String conversation = rig.conversation();
    await(agents.outOfHours(rig.opened(conversation)));
    assertThat(rig.appended(conversation)).hasSize(1);
    assertThat(rig.appended(conversation).get(0).event()).isEqualTo("hub.rejected");
    assertThat(rig.appended(conversation).get(0).body().get("reason")).isEqualTo("CLOSED");
  }

  @Test
  void anAttachmentWithoutTextArrives() {
    String conversation = rig.conversation();
    await(
        agents.sends(
            rig.opened(conversation), "image/png", "https://files.example.com/1.png", "1.png"));
    assertThat(rig.appended(conversation).get(0).body().get("attachments"))
        .asList()
        .first()
        .extracting("contentUrl")
        .isEqualTo("https://files.example.com/1.png");
  }

  @Test
  void typingIsShownAndNotKept() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    int before = rig.rig.signalled.size();
    await(agents.types(there));
    assertThat(rig.rig.signalled).hasSize(before + 1);
    assertThat(rig.events(conversation)).isEmpty();
  }

  @Test
  void unknownNamesAndFieldsAreHarmless() {
    String conversation = rig.conversation();
    OmnichannelConversation there = rig.opened(conversation);
    assertThat(await(agents.lifecycle(there, "SomethingNew"))).isEqualTo(200);
    JsonObject odd =
        message("o-1", "hello")
            .put("newField", new JsonArray(List.of(1, 2)))
            .putNull("channelData")
            .putNull("attachments");
    assertThat(await(rig.omnichannel.tell(there, odd, token(audience(), soon())))).isEqualTo(200);
    assertThat(rig.events(conversation)).containsExactly("hub.message");
  }

  @Test
  void aWebhookThatIsFasterThanTheAnswerIsKept() {
    String conversation = rig.conversation();
    Map<String, Object> handoff = OmnichannelRig.handoff(conversation);
    String id = OmnichannelRig.hubId(rig.open(handoff, conversation, 1));
    OmnichannelConversation there =
        rig.omnichannel.conversationOf(conversation + ":1").orElseThrow();
    assertThat(await(agents.say(there, "I was quick"))).isEqualTo(200);
    assertThat(rig.events(conversation)).isEmpty();
    rig.rig.journal.put(conversation, "service", id, Handoff.Phase.QUEUED);
    Awaitility.await()
        .untilAsserted(() -> assertThat(rig.events(conversation)).containsExactly("hub.message"));
  }
}
