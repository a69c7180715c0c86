package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** All conversations, how they begin and end, and who is told. */
final class GenesysConversations {
  /** The queue into which the flow transfers. */
  static final String QUEUE = "Customer care";

  /** A leg that began or ended, for the notification topics. */
  interface LegListener {
    void leg(
        GenesysConversation conversation, GenesysParticipant participant, String what, Instant at);
  }

  private final GenesysSimulatorOptions options;
  private final Map<String, GenesysConversation> byId = new ConcurrentHashMap<>();
  private final Map<String, GenesysConversation> lastOfCustomer = new ConcurrentHashMap<>();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private volatile LegListener legs = (conversation, participant, what, at) -> {};
  private volatile Consumer<GenesysConversation> onStart = conversation -> {};
  private volatile Consumer<GenesysConversation> onMessage = conversation -> {};

  GenesysConversations(GenesysSimulatorOptions options) {
    this.options = options;
  }

  void legListener(LegListener listener) {
    legs = listener;
  }

  void onStart(Consumer<GenesysConversation> action) {
    onStart = action;
  }

  void onMessage(Consumer<GenesysConversation> action) {
    onMessage = action;
  }

  /** Called after every change of anything; has to be quick. */
  Runnable watch(Runnable watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  void changed() {
    watchers.forEach(Runnable::run);
  }

  List<GenesysConversation> all() {
    return byId.values().stream().sorted((a, b) -> b.started().compareTo(a.started())).toList();
  }

  Optional<GenesysConversation> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<GenesysConversation> ofCustomer(String customerId) {
    return Optional.ofNullable(lastOfCustomer.get(customerId));
  }

  /** The conversation that a customer's message belongs to; a new one when none is open. */
  GenesysConversation forMessage(String customerId, String nickname, JsonObject attributes) {
    boolean[] fresh = new boolean[1];
    GenesysConversation conversation =
        lastOfCustomer.compute(
            customerId,
            (id, last) -> {
              if (last != null && !last.ended() && inThread(last)) {
                return last;
              }
              if (last != null && !last.ended()) {
                end(last, DisconnectType.SYSTEM);
              }
              fresh[0] = true;
              return begin(id, nickname);
            });
    conversation.put(attributes);
    if (fresh[0]) {
      byId.put(conversation.id(), conversation);
      onStart.accept(conversation);
    } else if (conversation.agentLeft() != null) {
      conversation.agentLeft(null);
      add(conversation, GenesysParticipant.connected("acd", QUEUE, null, QUEUE, Millis.now()));
    }
    return conversation;
  }

  void messageTaken(GenesysConversation conversation) {
    changed();
    onMessage.accept(conversation);
  }

  private boolean inThread(GenesysConversation conversation) {
    Instant left = conversation.agentLeft();
    return left == null || Millis.now().isBefore(left.plus(options.threadingWindow));
  }

  private GenesysConversation begin(String customerId, String nickname) {
    GenesysConversation conversation = new GenesysConversation(customerId);
    Instant now = Millis.now();
    String name = nickname == null ? customerId : nickname;
    conversation.add(GenesysParticipant.connected("customer", name, null, null, now));
    GenesysParticipant flow =
        GenesysParticipant.connected("workflow", "Inbound message flow", null, null, now);
    conversation.add(flow);
    conversation.change(flow, p -> p.disconnect(DisconnectType.TRANSFER, now));
    conversation.add(GenesysParticipant.connected("acd", QUEUE, null, QUEUE, now));
    return conversation;
  }

  /** Adds a leg and tells who subscribed. */
  GenesysParticipant add(GenesysConversation conversation, GenesysParticipant participant) {
    conversation.add(participant);
    legs.leg(conversation, participant, "start", participant.started());
    changed();
    return participant;
  }

  /** Ends a leg, if it is not over, and tells who subscribed. */
  void disconnect(
      GenesysConversation conversation, GenesysParticipant participant, DisconnectType why) {
    if (!participant.isOpen()) {
      return;
    }
    GenesysParticipant after =
        conversation.change(participant, p -> p.disconnect(why, Millis.now()));
    legs.leg(conversation, after, "end", after.ended());
    changed();
  }

  /** The customer's leg ends, and with it all others. */
  void end(GenesysConversation conversation, DisconnectType ofCustomer) {
    if (conversation.ended()) {
      return;
    }
    conversation.end(Millis.now());
    for (GenesysParticipant participant : conversation.participants()) {
      boolean customer = participant.purpose().equals("customer");
      disconnect(conversation, participant, customer ? ofCustomer : DisconnectType.PEER);
    }
  }

  /** An agent's leg ended for good: what the threading window makes of the conversation. */
  void lastAgentLeft(GenesysConversation conversation) {
    if (options.threadingWindow.isZero()) {
      end(conversation, DisconnectType.PEER);
    } else {
      conversation.agentLeft(Millis.now());
      changed();
    }
  }
}
