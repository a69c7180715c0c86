package dev.baton.endtoend;

import static dev.baton.endtoend.RunningBaton.LIMIT;
import static dev.baton.endtoend.RunningBaton.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.simulator.http.HubCallbacks;
import dev.baton.simulator.http.HubChat;
import dev.baton.simulator.omnichannel.BotConnectorSimulator;
import dev.baton.simulator.omnichannel.CustomChannelSimulator;
import dev.baton.simulator.omnichannel.OmnichannelConversation;
import dev.baton.simulator.omnichannel.OmnichannelOptions;
import dev.baton.simulator.omnichannel.OmnichannelSimulator;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every activity that Baton emits in whole rounds is accepted by Microsoft's validator (npm {@code
 * @microsoft/agents-activity}): to bots, to canvases, to Omnichannel's Messaging API, to
 * Omnichannel behind Direct Line, and to the Bot Connector.
 */
class EmittedActivitiesTest {
  private static final Path FOLDER = Path.of("src/test/node/activities").toAbsolutePath();
  private static final String APP = "11111111-2222-4333-8444-555555555555";

  private static OmnichannelSimulator service;
  private static CustomChannelSimulator channel;
  private static BotConnectorSimulator connector;
  private static RunningBaton baton;

  @BeforeAll
  static void start(@TempDir Path folder, @TempDir Path temp) throws Exception {
    Node.install(FOLDER, temp);
    service = OmnichannelSimulator.start(OmnichannelOptions.defaults());
    connector = BotConnectorSimulator.start(0, APP, "password-of-the-app");
    channel = CustomChannelSimulator.start(0);
    Map<String, String> settings = new HashMap<>(service.settings("service"));
    settings.putAll(channel.settings("channel"));
    settings.putAll(connector.settings("demo"));
    settings.put("baton.timeouts.settle", "0s");
    settings.put("baton.bots.demo.hubs", "service,channel,acme");
    settings.put("baton.bots.demo.hubs.channel.when", ".domain == \"IT_DOMAIN\"");
    settings.put("baton.bots.demo.hubs.service.when", ".domain == \"SERVICE_DOMAIN\"");
    settings.put("baton.bots.demo.offer", "choice");
    settings.put("baton.bots.demo.offer-describe", "true");
    baton = RunningBaton.start(folder, settings);
    service.webhook(baton.url("/hubs/service"));
  }

  @AfterAll
  static void stop() {
    if (baton != null) {
      baton.close();
      connector.close();
      service.close();
      channel.close();
    }
  }

  @Test
  void theValidatorRefusesWhatIsWrong() throws Exception {
    assertThat(verdicts(List.of("{\"text\": 5}", "{\"type\": \"message\", \"text\": \"hello\"}")))
        .satisfiesExactly(
            wrong -> assertThat(wrong).startsWith("refused"),
            right -> assertThat(right).isEqualTo("accepted"));
  }

  @Test
  void whatCanvasesAndBotsGetIsAccepted() throws Exception {
    Customer ada = baton.customer().bySocket();
    ada.say("my order");
    ada.untilText("Here is your order");
    ada.say("talk to a human");
    ada.untilSystem("queued");
    HubChat chat = baton.chat(baton.acme, ada, 1);
    HubCallbacks hub = baton.acme.callbacks();
    raise(hub.raise(chat, hub.accepted(chat, "a-1", "Grace")));
    raise(hub.raise(chat, hub.message(chat, "Hello **Ada**")));
    raise(
        hub.raise(chat, hub.event(chat, "typing").put("agent", new JsonObject().put("id", "a-1"))));
    ada.untilText("Hello **Ada**");
    ada.send("typing");
    ada.say("hello Grace");
    await().atMost(LIMIT).until(() -> chat.texts().contains("hello Grace"));
    await().atMost(LIMIT).until(() -> !ada.signals().isEmpty());
    raise(hub.raise(chat, hub.ended(chat)));
    ada.untilText("I'm back. I hope");

    List<String> emitted = new ArrayList<>();
    ada.look().forEach(activity -> emitted.add(activity.toString()));
    ada.signals().forEach(activity -> emitted.add(activity.toString()));
    for (String conversation : baton.botConversations(ada)) {
      baton.bot.received(conversation).forEach(activity -> emitted.add(activity.toString()));
    }
    assertThat(types(emitted)).contains("message", "event", "typing");
    acceptedAll(emitted);
  }

  @Test
  void theChoiceAndTheDescriptionAreAccepted() throws Exception {
    Customer ada = baton.customer();
    ada.say("talk to customer service");
    ada.untilSystem("offer");
    ada.say("1");
    ada.untilSystem("describe");
    ada.say("It is blue");
    ada.untilSystem("queued");
    List<JsonNode> seen = ada.look();
    assertThat(seen).anyMatch(activity -> activity.has("suggestedActions"));
    acceptedAll(seen.stream().map(JsonNode::toString).toList());
  }

  @Test
  void whatOmnichannelsMessagingApiGetsIsAccepted() throws Exception {
    Customer ada = baton.customer();
    ada.say("talk to customer service");
    ada.untilSystem("offer");
    ada.say("1");
    ada.untilSystem("describe");
    ada.say("It is blue");
    await().atMost(LIMIT).until(() -> service.conversationOf(ada.id() + ":1").isPresent());
    OmnichannelConversation conversation = service.conversationOf(ada.id() + ":1").orElseThrow();
    raise(service.agents().accept(conversation, "Dana"));
    ada.untilSystem("agent-joined");
    ObjectNode file = ada.message("Here it is");
    file.putArray("attachments")
        .addObject()
        .put("contentType", "image/png")
        .put("contentUrl", "https://files.example.com/a.png")
        .put("name", "a.png");
    assertThat(ada.post(file).status()).isEqualTo(200);
    ada.send("typing");
    await().atMost(LIMIT).until(() -> conversation.received().size() >= 2);
    ada.send("endOfConversation");
    await().atMost(LIMIT).until(() -> conversation.ends() == 1);

    List<String> emitted = conversation.received().stream().map(JsonObject::encode).toList();
    assertThat(types(emitted)).contains("message", "typing", "endOfConversation");
    acceptedAll(emitted);
  }

  @Test
  void whatOmnichannelBehindDirectLineGetsIsAccepted() throws Exception {
    Customer ada = baton.customer();
    int before = channel.conversations().size();
    ada.say("talk to IT");
    ada.untilSystem("offer");
    ada.say("1");
    ada.untilSystem("describe");
    ada.say("It is blue");
    ada.untilSystem("queued");
    await().atMost(LIMIT).until(() -> channel.conversations().size() > before);
    String chat = channel.conversations().get(before);
    channel.accept(chat, "Dana");
    channel.say(chat, "How can I help?");
    ada.untilText("How can I help?");
    ada.say("hello Dana");
    ada.send("typing");
    await().atMost(LIMIT).until(() -> channel.texts(chat).contains("hello Dana"));
    ada.send("endOfConversation");
    await().atMost(LIMIT).until(() -> channel.ends(chat) == 1);

    List<String> emitted = channel.received(chat).stream().map(JsonNode::toString).toList();
    assertThat(types(emitted)).contains("message", "endOfConversation");
    acceptedAll(emitted);
  }

  @Test
  void whatTheBotConnectorGetsIsAccepted() throws Exception {
    String endpoint = baton.url("/channels/omnichannel/demo/api/messages");
    String conversation = BotConnectorSimulator.newConversation();
    raise(connector.post(endpoint, connector.context(conversation, new JsonObject())));
    untilSeen(conversation, "I can tell opening hours");
    raise(connector.post(endpoint, connector.message(conversation, "my order")));
    untilSeen(conversation, "Here is your order");
    raise(connector.post(endpoint, connector.message(conversation, "talk to a human")));
    await().atMost(LIMIT).until(() -> !connector.commands(conversation).isEmpty());
    String other = BotConnectorSimulator.newConversation();
    raise(connector.post(endpoint, connector.message(other, "goodbye")));
    await().atMost(LIMIT).until(() -> !connector.commands(other).isEmpty());

    List<String> emitted = new ArrayList<>();
    connector.replies(conversation).forEach(reply -> emitted.add(reply.encode()));
    connector.replies(other).forEach(reply -> emitted.add(reply.encode()));
    acceptedAll(emitted);
  }

  private static void untilSeen(String conversation, String start) {
    await()
        .atMost(LIMIT)
        .until(
            () -> connector.seen(conversation).stream().anyMatch(text -> text.startsWith(start)));
  }

  private static List<String> types(List<String> activities) {
    return activities.stream().map(text -> new JsonObject(text).getString("type")).toList();
  }

  private static void acceptedAll(List<String> activities) throws Exception {
    assertThat(activities).isNotEmpty();
    assertThat(verdicts(activities))
        .isEqualTo(IntStream.range(0, activities.size()).mapToObj(i -> "accepted").toList());
  }

  private static List<String> verdicts(List<String> activities) throws Exception {
    try (Node validator = Node.start(FOLDER, "validate.js")) {
      for (String activity : activities) {
        validator.write(activity);
      }
      await().atMost(LIMIT).until(() -> validator.lines().size() >= activities.size());
      return List.copyOf(validator.lines());
    }
  }
}
