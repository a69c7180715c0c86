package dev.baton.hub.servicenow.custom;

import dev.baton.hub.HubConformance;
import dev.baton.hub.HubSignature;
import dev.baton.hub.HubUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The shipped scripts, run in Rhino behind a real HTTP server, against the whole of Baton. */
class ServiceNowCustomConformanceTest extends HubConformance {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Override
  protected HubUnderTest startHub() {
    return new Hub(new CustomChatInstance());
  }

  static Map<String, String> settings(CustomChatInstance instance) {
    Map<String, String> settings = new HashMap<>();
    settings.put("type", "servicenow-custom");
    settings.put("url", instance.url());
    settings.put("path", CustomChatInstance.ROOT);
    settings.put("token", "inbound-token");
    settings.put("callback-secret", "old-key," + instance.outboundToken);
    settings.put("request-secret", "request-secret");
    settings.put("context.baton_callback", "callbackUrl");
    settings.put("check-interval", "100ms");
    settings.put("survey-wait", "100ms");
    return settings;
  }

  private record Hub(CustomChatInstance instance) implements HubUnderTest {
    Hub {
      instance.properties.put("baton.chat.inbound_secret", "request-secret");
      instance.properties.put("baton.chat.queue", "q1");
      instance.table("awa_queue", Map.of("sys_id", "q1", "schedule", "s1"));
      instance.table(
          "awa_agent_presence_capacity",
          Map.of("aca_available", "true", "ac_workload", "0", "ac_applied_max_capacity", "9"));
    }

    @Override
    public Map<String, String> settings() {
      Map<String, String> settings = ServiceNowCustomConformanceTest.settings(instance);
      settings.put("max-text", "200");
      return settings;
    }

    @Override
    public Optional<Chat> chat(String handoffId) {
      return Optional.ofNullable(instance.chat(user(handoffId)))
          .filter(chat -> chat.state != CustomChat.State.NEW)
          .map(chat -> new Chatting(instance, chat));
    }

    private static String user(String handoffId) {
      return handoffId.replace(':', '-') + "-acme";
    }

    @Override
    public long chats(String handoffId) {
      return chat(handoffId).map(chat -> ((Chatting) chat).chat.starts).orElse(0);
    }

    @Override
    public void closed(boolean closed) {
      instance.closedSchedules.clear();
      if (closed) {
        instance.closedSchedules.add("s1");
      }
    }

    @Override
    public void down(boolean down) {
      instance.faults.down = down;
    }

    @Override
    public void throttleNextMessage() {
      instance.faults.throttle = 1;
    }

    @Override
    public void maxTranscript(int lines) {
      instance.properties.put("baton.chat.transcript_limit", Integer.toString(lines * 30));
    }

    @Override
    public void loseNextOpenAnswer() {
      instance.faults.loseAnswers = 1;
    }

    @Override
    public void beforeOpenAnswer(Consumer<Chat> action) {
      instance.started = chat -> action.accept(new Chatting(instance, chat));
    }

    @Override
    public void healthy() {
      instance.faults.none();
      instance.closedSchedules.clear();
      instance.started = chat -> {};
      instance.properties.remove("baton.chat.transcript_limit");
    }

    @Override
    public void close() {
      instance.close();
    }
  }

  private record Chatting(CustomChatInstance instance, CustomChat chat)
      implements HubUnderTest.Chat {
    @Override
    public List<String> texts() {
      return List.copyOf(chat.heard);
    }

    @Override
    public List<String> transcript() {
      return chat.variables.path("baton_transcript").asText().lines().toList();
    }

    @Override
    public int ends() {
      return chat.ends;
    }

    @Override
    public void accept(String agent) {
      chat.accept(agent);
      instance.settle();
    }

    @Override
    public void say(String text, int times) {
      instance.faults.repeats = times;
      chat.say("Grace", text);
      instance.faults.repeats = 1;
      instance.settle();
    }

    @Override
    public void leave(String agent) {
      chat.transfer();
      instance.settle();
    }

    @Override
    public void end() {
      chat.agentEnds("Grace");
      instance.settle();
    }

    @Override
    public void survey(String text) {
      chat.emit("{\"uiType\":\"OutputText\",\"label\":" + CustomChatInstance.quoted(text) + "}");
      instance.settle();
    }

    @Override
    public void unknownEvent() {
      chat.emit("{\"actionMsg\":{\"type\":\"SomethingNewActionMsg\",\"field\":1}}");
      instance.settle();
    }

    @Override
    public int forged(String text) {
      String body =
          instance.scripts.evaluate(
              "new BatonChat().batch('baton', '" + chat.user() + "', '" + text + "')");
      String url = chat.callbackUrl();
      String signature = HubSignature.sign("guessed", body.getBytes(StandardCharsets.UTF_8));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Content-Type", "application/json")
              .header("X-Hub-Signature-256", signature)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      try {
        return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      } catch (IOException e) {
        return 0;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return 0;
      }
    }
  }
}
