package dev.baton.hub.omnichannel;

import dev.baton.configuration.HubSettings;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Policy;
import dev.baton.conversation.Rules;
import dev.baton.hub.HubRig;
import dev.baton.journal.JournalOptions;
import dev.baton.journal.SqlJournal;
import dev.baton.simulator.omnichannel.OmnichannelConversation;
import dev.baton.simulator.omnichannel.OmnichannelOptions;
import dev.baton.simulator.omnichannel.OmnichannelSimulator;
import dev.baton.texts.BundledTexts;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.support.PluginHelper;

/** The routes of hub {@code service} of type {@code omnichannel}, over HTTP to the simulator. */
final class OmnichannelRig implements AutoCloseable {
  private static final AtomicInteger CONVERSATIONS = new AtomicInteger();
  private static final List<String> OPERATIONS =
      List.of("availability", "open", "send", "typing", "end", "capabilities", "events");

  final OmnichannelSimulator omnichannel;
  final Moving clock = new Moving();
  final HubRig rig;
  private final SqlJournal documents;

  OmnichannelRig(Path folder, OmnichannelOptions options, Map<String, String> settings) {
    omnichannel = OmnichannelSimulator.start(options);
    Map<String, String> keys = new HashMap<>(omnichannel.settings());
    keys.putAll(settings);
    Map<String, String> properties = new HashMap<>();
    keys.forEach((key, value) -> properties.put("baton.hubs.service." + key, value));
    rig = new HubRig(properties);
    documents =
        new SqlJournal(
            JournalOptions.folder(folder),
            new Rules(Policy.defaults(), new BundledTexts(Map.of(), "en")),
            Clock.systemUTC());
    documents.start();
    OmnichannelHubBeans.bind(
        rig.context,
        List.of(new HubSettings("service", "omnichannel", keys)),
        rig.journal,
        documents.documents(),
        Duration.ofSeconds(60),
        clock);
    try {
      PluginHelper.getRoutesLoader(rig.context)
          .loadRoutes(
              PluginHelper.getResourceLoader(rig.context)
                  .resolveResource("classpath:routes/hub-omnichannel.camel.yaml"));
      for (String operation : OPERATIONS) {
        rig.context.addRouteFromTemplate(
            "hub-service-" + operation, "hub-omnichannel-" + operation, Map.of("hub", "service"));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    omnichannel.webhook(rig.url() + "/hubs/service");
  }

  /** A clock that goes on by order. */
  static final class Moving extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void passes(Duration time) {
      ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** A conversation that asks for a human, not opened yet. */
  String conversation() {
    String id = "conv" + CONVERSATIONS.incrementAndGet();
    rig.journal.put(id, null, null, Handoff.Phase.REQUESTED);
    return id;
  }

  static Map<String, Object> handoff(String conversation) {
    Map<String, Object> open = new LinkedHashMap<>();
    open.put("handoffId", conversation + ":1");
    open.put("customer", Map.of("id", "u-1", "name", "Ada Byron King", "email", "ada@example.com"));
    open.put("context", Map.of("va_LastTopic", Map.of("value", "Refund", "display", true)));
    open.put("summary", "Refund for A-1001");
    open.put("transcript", List.of(Map.of("role", "user", "text", "refund please")));
    open.put("origin", Map.of("channel", "directline", "conversationId", conversation));
    return open;
  }

  /** Opens, and notes it as the core does. */
  OmnichannelConversation opened(String conversation) {
    Exchange answer = open(handoff(conversation), conversation, 1);
    if (answer.getException() != null) {
      throw new AssertionError(answer.getException());
    }
    rig.journal.put(conversation, "service", hubId(answer), Handoff.Phase.QUEUED);
    return omnichannel.conversationOf(conversation + ":1").orElseThrow();
  }

  static String hubId(Exchange answer) {
    return String.valueOf(answer.getMessage().getBody(Map.class).get("conversationId"));
  }

  Exchange open(Map<String, Object> body, String conversation, int attempt) {
    return call("open", body, conversation, null, attempt);
  }

  Exchange call(
      String operation, Object body, String conversation, String hubConversation, int attempt) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("conversation", conversation);
    variables.put("handoffId", conversation + ":1");
    variables.put("deliveryId", "d-" + conversation);
    variables.put("attempt", attempt);
    if (hubConversation != null) {
      variables.put("hubConversationId", hubConversation);
    }
    return rig.call("service", operation, body, variables);
  }

  /** What was appended to the journal of a conversation. */
  List<HubRig.Append> appended(String conversation) {
    return rig.appended.stream().filter(a -> a.conversation().equals(conversation)).toList();
  }

  List<String> events(String conversation) {
    return appended(conversation).stream().map(HubRig.Append::event).toList();
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    rig.close();
    omnichannel.close();
    documents.close();
  }
}
