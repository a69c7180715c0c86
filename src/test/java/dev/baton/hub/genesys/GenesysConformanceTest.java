package dev.baton.hub.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.hub.HubConformance;
import dev.baton.hub.HubUnderTest;
import dev.baton.simulator.genesys.GenesysAgent;
import dev.baton.simulator.genesys.GenesysConversation;
import dev.baton.simulator.genesys.GenesysFaultKind;
import dev.baton.simulator.genesys.GenesysFaults.Fault;
import dev.baton.simulator.genesys.GenesysSimulator;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import dev.baton.simulator.genesys.InboundFlow;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** What every hub has to pass, with the simulated Genesys Cloud. */
class GenesysConformanceTest extends HubConformance {
  @Override
  protected HubUnderTest startHub() {
    return new Simulated(
        GenesysSimulator.start(
            GenesysSimulatorOptions.quick().rate(10_000, Duration.ofMinutes(1))));
  }

  private static final class Simulated implements HubUnderTest {
    private final GenesysSimulator genesys;
    private final Set<String> turnedAway = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile Consumer<Chat> before = chat -> {};

    Simulated(GenesysSimulator genesys) {
      this.genesys = genesys;
      genesys.onConversation(this::begun);
    }

    private void begun(GenesysConversation conversation) {
      if (closed) {
        turnedAway.add(conversation.id());
        InboundFlow.turnAway(genesys, conversation, Map.of("batonReason", "CLOSED"));
      } else {
        Consumer<Chat> action = before;
        CompletableFuture.runAsync(() -> action.accept(new SimulatedChat(genesys, conversation)));
      }
    }

    @Override
    public Map<String, String> settings() {
      Map<String, String> settings = new HashMap<>();
      settings.put("type", "genesys");
      settings.put("url", genesys.url().toString());
      settings.put("login-url", genesys.url().toString());
      settings.put("client-id", genesys.clientId());
      settings.put("client-secret", genesys.clientSecret());
      settings.put("integration-id", genesys.integrationId());
      settings.put("webhook-secret", "another-secret-of-before," + genesys.webhookSecret());
      settings.put("requests-per-minute", "0");
      settings.put("max-text", "200");
      settings.put("max-transcript", "100");
      settings.put("reorder-window", "20ms");
      settings.put("end-settle", "100ms");
      return settings;
    }

    @Override
    public void usedBy(String publicUrl) {
      genesys.webhook(publicUrl + "/hubs/acme/events");
    }

    @Override
    public Optional<Chat> chat(String handoffId) {
      return genesys
          .conversationOf(handoffId)
          .filter(conversation -> !turnedAway.contains(conversation.id()))
          .map(conversation -> new SimulatedChat(genesys, conversation));
    }

    @Override
    public long chats(String handoffId) {
      return genesys.conversations().stream()
          .filter(conversation -> conversation.customerId().equals(handoffId))
          .count();
    }

    @Override
    public void closed(boolean isClosed) {
      closed = isClosed;
    }

    @Override
    public void down(boolean down) {
      if (down) {
        genesys.faults().arm(Fault.once(GenesysFaultKind.CONNECTION_REFUSED).times(-1));
      } else {
        genesys.faults().clear();
      }
    }

    @Override
    public void throttleNextMessage() {
      genesys.faults().arm(Fault.once(GenesysFaultKind.THROTTLED).at("message"));
    }

    @Override
    public void maxTranscript(int lines) {
      // The limit is configured: 100 characters.
    }

    @Override
    public void loseNextOpenAnswer() {
      genesys.faults().arm(Fault.once(GenesysFaultKind.CONNECTION_RESET).at("message"));
    }

    @Override
    public void beforeOpenAnswer(Consumer<Chat> action) {
      before = action;
      genesys
          .faults()
          .arm(Fault.once(GenesysFaultKind.SLOW).at("message").delay(Duration.ofMillis(500)));
    }

    @Override
    public void healthy() {
      genesys.faults().clear();
      closed = false;
      before = chat -> {};
    }

    @Override
    public void close() {
      genesys.close();
    }
  }

  private record SimulatedChat(GenesysSimulator genesys, GenesysConversation conversation)
      implements HubUnderTest.Chat {
    @Override
    public List<String> texts() {
      List<String> all = conversation.inboundTexts();
      int opening =
          (int)
              conversation.messages().stream()
                  .filter(m -> m.inbound() && m.channelMessageId() != null)
                  .filter(m -> m.channelMessageId().startsWith(conversation.customerId()))
                  .filter(m -> !m.channelMessageId().endsWith("/end"))
                  .count();
      return all.subList(opening, all.size());
    }

    @Override
    public List<String> transcript() {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  String.join(" ", conversation.inboundTexts())
                      .matches("(?s).*Transcript.*human.*"));
      String opening = String.join(" ", conversation.inboundTexts());
      return List.of(opening.substring(opening.indexOf("Transcript\n") + 11).split("\n"));
    }

    @Override
    public int ends() {
      return (int)
          conversation.participants().stream()
              .filter(p -> p.purpose().equals("customer") && !p.isOpen())
              .count();
    }

    @Override
    public void accept(String agent) {
      genesys.agents().accept(conversation, new GenesysAgent("id-" + agent, agent));
    }

    @Override
    public void say(String text, int times) {
      for (int i = 1; i < times; i++) {
        genesys.faults().arm(GenesysFaultKind.WEBHOOK_TWICE);
      }
      assertThat(await(genesys.agents().say(conversation, text))).isEqualTo(200);
    }

    @Override
    public void leave(String agent) {
      genesys.agents().transferToQueue(conversation, "Back office");
    }

    @Override
    public void end() {
      synchronized (conversation) { // whoever is second finds it over
        if (conversation.state().equals("agent")) {
          genesys.agents().leave(conversation);
        }
      }
    }

    @Override
    public void survey(String text) {
      assertThat(await(genesys.agents().flowSays(conversation, text))).isEqualTo(200);
    }

    @Override
    public void unknownEvent() {
      byte[] body =
          ("{\"id\":\"n-1\",\"type\":\"SomethingNew\",\"channel\":{\"to\":{\"id\":\""
                  + conversation.customerId()
                  + "\"}}}")
              .getBytes(StandardCharsets.UTF_8);
      String signature = GenesysSignature.sign(genesys.webhookSecret(), body);
      assertThat(await(genesys.webhook().post(body, signature))).isEqualTo(200);
    }

    @Override
    public Optional<Boolean> shown(String text) {
      return Optional.of(
          conversation.messages().stream()
              .anyMatch(m -> m.text().equals(text) && m.status().equals("Delivered")));
    }

    @Override
    public int forged(String text) {
      genesys.faults().arm(GenesysFaultKind.WEBHOOK_WRONG_KEY);
      return await(genesys.agents().say(conversation, text));
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
