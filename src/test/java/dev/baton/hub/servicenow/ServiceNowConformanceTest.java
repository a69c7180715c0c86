package dev.baton.hub.servicenow;

import static org.awaitility.Awaitility.await;

import dev.baton.hub.HubConformance;
import dev.baton.hub.HubUnderTest;
import dev.baton.simulator.servicenow.Fault;
import dev.baton.simulator.servicenow.FaultKind;
import dev.baton.simulator.servicenow.InstanceOptions;
import dev.baton.simulator.servicenow.ServiceNowSimulator;
import dev.baton.simulator.servicenow.SimulatorException;
import dev.baton.simulator.servicenow.VaChat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

class ServiceNowConformanceTest extends HubConformance {
  private static final String HUB = "acme";
  private static final Duration LATE = Duration.ofSeconds(1);

  @Override
  protected HubUnderTest startHub() {
    CallbackDispatcher callbacks = new CallbackDispatcher();
    ServiceNowSimulator now =
        ServiceNowSimulator.startAndWait(
            InstanceOptions.defaults().callback(callbacks.url()).processing(Duration.ofMillis(5)));
    agent(now, "Sam Reed", "Grace");
    agent(now, "Kim Osei", "Alan");
    callbacks.target =
        body -> {
          String session = Buffer.buffer(body).toJsonObject().getString("clientSessionId");
          return now.desk().chat(session).contextVariables().getString("baton_callback");
        };
    return new Simulated(now, callbacks);
  }

  private static void agent(ServiceNowSimulator now, String before, String name) {
    now.desk().capacity(before, 100);
    String id = now.tables().idOf("sys_user", before);
    now.tables().put("sys_user", id, "name", name);
    now.tables().put("sys_user", id, "first_name", name);
  }

  private record Simulated(ServiceNowSimulator now, CallbackDispatcher callbacks)
      implements HubUnderTest {
    @Override
    public Map<String, String> settings() {
      Map<String, String> settings = new HashMap<>();
      String prefix = "baton.hubs." + HUB + ".";
      now.settings(HUB)
          .forEach((key, value) -> settings.put(key.substring(prefix.length()), value));
      settings.put("max-text", "200");
      settings.put("max-transcript", "60");
      settings.put("context.baton_callback", "callbackUrl");
      settings.put("context.domain", "'IT_DOMAIN'");
      settings.put("queue", now.tables().idOf("awa_queue", "IT Chat"));
      settings.put("queue-schedule", "true");
      settings.put("availability", "group");
      settings.put("check-interval", "200ms");
      settings.put("survey-wait", "300ms");
      return settings;
    }

    private static String session(String handoffId) {
      return Opening.sessionId(HUB, handoffId);
    }

    @Override
    public Optional<Chat> chat(String handoffId) {
      return now.desk().chats().stream()
          .filter(chat -> session(handoffId).equals(chat.clientSessionId()))
          .filter(chat -> chat.state() != VaChat.State.BOT)
          .findFirst()
          .map(chat -> new SimulatedChat(this, chat));
    }

    @Override
    public long chats(String handoffId) {
      return now.desk().chats().stream()
          .filter(chat -> session(handoffId).equals(chat.clientSessionId()))
          .count();
    }

    @Override
    public void closed(boolean closed) {
      now.tables().set("cmn_schedule_span", "", "type", closed ? "exclude" : "");
    }

    @Override
    public void down(boolean down) {
      now.faults().clear();
      if (down) {
        now.faults().arm(Fault.once(FaultKind.SERVER_ERROR).times(Fault.ALWAYS));
      }
    }

    @Override
    public void throttleNextMessage() {
      now.faults().arm(Fault.once(FaultKind.THROTTLED).at("bot").retryAfter(1));
    }

    /** What a hub of this type takes is configured: see {@link #settings}. */
    @Override
    public void maxTranscript(int lines) {}

    @Override
    public void loseNextOpenAnswer() {
      now.faults().arm(Fault.once(FaultKind.CONNECTION_RESET).at("bot"));
    }

    @Override
    public void beforeOpenAnswer(Consumer<Chat> action) {
      int before = now.desk().chats().size();
      now.faults().arm(Fault.once(FaultKind.CALLBACK_FIRST).at("bot").delay(LATE));
      CompletableFuture.runAsync(
          () -> {
            await()
                .pollInterval(Duration.ofMillis(10))
                .until(
                    () ->
                        now.desk().chats().size() > before
                            && last().state() == VaChat.State.QUEUED);
            action.accept(new SimulatedChat(this, last()));
          });
    }

    private VaChat last() {
      List<VaChat> chats = now.desk().chats();
      return chats.get(chats.size() - 1);
    }

    @Override
    public void healthy() {
      now.faults().clear();
      closed(false);
    }

    @Override
    public void close() {
      now.close();
      callbacks.close();
    }
  }

  private record SimulatedChat(Simulated hub, VaChat chat) implements HubUnderTest.Chat {
    @Override
    public List<String> texts() {
      return chat.userTexts();
    }

    @Override
    public List<String> transcript() {
      return chat.history().stream().map(line -> ((JsonObject) line).getString("value")).toList();
    }

    @Override
    public int ends() {
      String reason =
          hub.now()
              .tables()
              .get("interaction", chat.id())
              .map(row -> row.getOrDefault("state_reason", ""))
              .orElse("");
      return reason.equals("User Ended") || reason.equals("Left Before Engagement") ? 1 : 0;
    }

    @Override
    public void accept(String agent) {
      hub.now().desk().accept(chat.id(), agent);
    }

    @Override
    public void say(String text, int times) {
      JsonObject item =
          new JsonObject()
              .put("uiType", "OutputText")
              .put("value", text)
              .put("messageId", "m-" + text.hashCode() + chat.id())
              .put(
                  "agentInfo",
                  new JsonObject().put("sentFromAgent", true).put("agentName", "Grace"));
      for (int i = 0; i < times; i++) {
        hub.now().desk().raw(chat.id(), new JsonObject(), item.copy());
      }
    }

    @Override
    public void leave(String agent) {
      hub.now().desk().transferToQueue(chat.id(), "IT Chat");
    }

    @Override
    public void end() {
      try {
        hub.now().desk().end(chat.id());
      } catch (SimulatorException e) {
        // The other side was faster: it is told once more.
        hub.now().desk().raw(chat.id(), new JsonObject().put("completed", true));
      }
    }

    @Override
    public void survey(String text) {
      hub.now()
          .desk()
          .raw(
              chat.id(),
              new JsonObject(),
              new JsonObject().put("uiType", "OutputText").put("value", text));
    }

    @Override
    public void unknownEvent() {
      hub.now()
          .desk()
          .raw(
              chat.id(),
              new JsonObject(),
              new JsonObject().put("uiType", "ActionMsg").put("actionType", "SomethingNew"),
              new JsonObject().put("uiType", "Hologram"));
    }

    @Override
    public int forged(String text) {
      JsonObject body =
          new JsonObject()
              .put("clientSessionId", chat.clientSessionId())
              .put("body", new JsonObject().put("uiType", "OutputText").put("value", text));
      try {
        return hub.callbacks()
            .post(
                chat.contextVariables().getString("baton_callback"),
                body.toBuffer().getBytes(),
                ServiceNowRig.basic("servicenow", "guessed"),
                null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
