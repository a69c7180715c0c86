package dev.baton.hub.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.hub.HubConformance;
import dev.baton.hub.HubUnderTest;
import dev.baton.simulator.omnichannel.OmnichannelConversation;
import dev.baton.simulator.omnichannel.OmnichannelFaults.At;
import dev.baton.simulator.omnichannel.OmnichannelOptions;
import dev.baton.simulator.omnichannel.OmnichannelSimulator;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What every hub has to pass, with the simulated Messaging API. */
class OmnichannelConformanceTest extends HubConformance {
  @Override
  protected HubUnderTest startHub() {
    return new Simulated(OmnichannelSimulator.start(OmnichannelOptions.defaults()));
  }

  private record Simulated(OmnichannelSimulator omnichannel) implements HubUnderTest {
    @Override
    public Map<String, String> settings() {
      Map<String, String> settings = new HashMap<>(omnichannel.settings());
      settings.put("max-text", "200");
      settings.put("max-transcript", "100");
      settings.put("availability-cache", "0");
      return settings;
    }

    @Override
    public void usedBy(String publicUrl) {
      omnichannel.webhook(publicUrl + "/hubs/acme");
    }

    @Override
    public Optional<Chat> chat(String handoffId) {
      return omnichannel
          .conversationOf(handoffId)
          .map(conversation -> new SimulatedChat(omnichannel, conversation));
    }

    @Override
    public long chats(String handoffId) {
      return omnichannel.conversations().stream()
          .filter(conversation -> handoffId.equals(conversation.handoffId()))
          .count();
    }

    @Override
    public void closed(boolean closed) {
      omnichannel.availability().open(!closed, null);
    }

    @Override
    public void down(boolean down) {
      omnichannel.faults().down(down);
    }

    @Override
    public void throttleNextMessage() {
      omnichannel.faults().throttle(At.MESSAGE, 1);
    }

    @Override
    public void maxTranscript(int lines) {
      // The limit is configured: 100 characters.
    }

    @Override
    public void loseNextOpenAnswer() {
      omnichannel.faults().loseAnswer(At.CREATE);
    }

    @Override
    public void beforeOpenAnswer(Consumer<Chat> action) {
      omnichannel.slow(true);
      omnichannel.onCreated(
          conversation -> action.accept(new SimulatedChat(omnichannel, conversation)));
    }

    @Override
    public void healthy() {
      omnichannel.faults().clear();
      omnichannel.availability().open(true, null);
      omnichannel.slow(false);
      omnichannel.onCreated(conversation -> {});
    }

    @Override
    public void close() {
      omnichannel.close();
    }
  }

  private record SimulatedChat(
      OmnichannelSimulator omnichannel, OmnichannelConversation conversation)
      implements HubUnderTest.Chat {
    @Override
    public List<String> texts() {
      return conversation.texts();
    }

    @Override
    public List<String> transcript() {
      String start = conversation.startMessage();
      // The summary stands before it, with an empty line between them.
      return List.of(start.substring(start.indexOf("\n\n") + 2).split("\n"));
    }

    @Override
    public int ends() {
      return conversation.ends();
    }

    @Override
    public void accept(String agent) {
      taken(omnichannel.agents().accept(conversation, agent));
    }

    @Override
    public void say(String text, int times) {
      taken(omnichannel.agents().say(conversation, text, times));
    }

    @Override
    public void leave(String agent) {
      taken(omnichannel.agents().leave(conversation));
    }

    @Override
    public void end() {
      taken(omnichannel.agents().end(conversation));
    }

    @Override
    public void survey(String text) {
      taken(omnichannel.agents().automated(conversation, text));
    }

    @Override
    public void unknownEvent() {
      taken(omnichannel.agents().lifecycle(conversation, "SomethingNew"));
    }

    @Override
    public int forged(String text) {
      String token =
          omnichannel
              .keys()
              .forged(
                  omnichannel.settings().get("client-id"),
                  Map.of(),
                  Instant.now().plusSeconds(3600));
      return await(
          omnichannel.tell(
              conversation,
              new JsonObject().put("type", "message").put("text", text),
              "Bearer " + token));
    }

    private static void taken(Future<Integer> told) {
      assertThat(await(told)).isEqualTo(200);
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
