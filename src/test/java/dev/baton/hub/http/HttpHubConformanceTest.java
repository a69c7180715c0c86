package dev.baton.hub.http;

import dev.baton.hub.HubConformance;
import dev.baton.hub.HubSignature;
import dev.baton.hub.HubUnderTest;
import dev.baton.simulator.http.HttpHubSimulator;
import dev.baton.simulator.http.HubChat;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

class HttpHubConformanceTest extends HubConformance {
  private static final String SECRET = "callback-secret";

  @Override
  protected HubUnderTest startHub() {
    return new Simulated(HttpHubSimulator.start(0, "hub-token", SECRET));
  }

  private record Simulated(HttpHubSimulator hub) implements HubUnderTest {
    @Override
    public Map<String, String> settings() {
      return Map.of(
          "type", "http",
          "url", hub.url(),
          "token", "hub-token",
          "callback-secret", SECRET,
          "max-text", "200");
    }

    @Override
    public Optional<Chat> chat(String handoffId) {
      return hub.chat(handoffId).map(chat -> new SimulatedChat(hub, chat));
    }

    @Override
    public long chats(String handoffId) {
      return hub.chats().stream().filter(chat -> chat.handoffId().equals(handoffId)).count();
    }

    @Override
    public void closed(boolean closed) {
      hub.faults().closed(closed ? "CLOSED" : null);
    }

    @Override
    public void down(boolean down) {
      hub.faults().down(down);
    }

    @Override
    public void throttleNextMessage() {
      hub.faults().answer("send", 429, "1", 1);
    }

    @Override
    public void maxTranscript(int lines) {
      hub.faults().maxTranscript(lines);
    }

    @Override
    public void loseNextOpenAnswer() {
      hub.faults().loseAnswer("open", 1);
    }

    @Override
    public void beforeOpenAnswer(Consumer<Chat> action) {
      hub.beforeOpenAnswer(
          chat -> {
            Promise<Void> done = Promise.promise();
            CompletableFuture.runAsync(() -> action.accept(new SimulatedChat(hub, chat)))
                .whenComplete((nothing, failure) -> done.complete());
            return done.future();
          });
    }

    @Override
    public void healthy() {
      hub.faults().none();
      hub.beforeOpenAnswer(chat -> Future.succeededFuture());
    }

    @Override
    public void close() {
      hub.close();
    }
  }

  private record SimulatedChat(HttpHubSimulator hub, HubChat chat) implements HubUnderTest.Chat {
    @Override
    public List<String> texts() {
      return chat.texts();
    }

    @Override
    public List<String> transcript() {
      return chat.handoff().getJsonArray("transcript", new JsonArray()).stream()
          .map(line -> ((JsonObject) line).getString("text"))
          .toList();
    }

    @Override
    public int ends() {
      return chat.ends().size();
    }

    @Override
    public void accept(String agent) {
      raise(hub.callbacks().accepted(chat, "id-" + agent, agent));
    }

    @Override
    public void say(String text, int times) {
      JsonObject message = hub.callbacks().message(chat, text);
      for (int i = 0; i < times; i++) {
        raise(message);
      }
    }

    @Override
    public void leave(String agent) {
      raise(
          hub.callbacks()
              .event(chat, "agentLeft")
              .put("agent", new JsonObject().put("name", agent)));
    }

    @Override
    public void end() {
      raise(hub.callbacks().ended(chat));
    }

    @Override
    public void survey(String text) {
      JsonObject message = hub.callbacks().message(chat, text);
      message.remove("agent");
      raise(message);
    }

    @Override
    public void unknownEvent() {
      raise(hub.callbacks().event(chat, "somethingNew").put("field", 1));
    }

    @Override
    public int forged(String text) {
      Buffer body = hub.callbacks().message(chat, text).toBuffer();
      String signature = HubSignature.sign("guessed", body.getBytes());
      return await(hub.callbacks().post(chat.callbackUrl(), body, signature)).status();
    }

    private void raise(JsonObject event) {
      int status = await(hub.callbacks().raise(chat, event));
      if (status != 200) {
        throw new AssertionError("answered " + status + " to " + event);
      }
    }

    private static <T> T await(Future<T> future) {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(60, TimeUnit.SECONDS)
          .join();
    }
  }
}
