package dev.baton.hub.servicenow;

import dev.baton.hub.servicenow.Session.Phase;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * Bean {@code serviceNowTyping}: {@code TYPING} and {@code VIEWING}, always in pairs. The
 * customer's next message or a while without typing makes the second. Kept in memory: after a
 * restart the agent's client forgets the signal by itself.
 */
public final class Typing {
  private final ServiceNowHubs hubs;
  private final Sessions sessions;
  private final Clock clock;
  private final Map<String, Map<String, Long>> typing = new ConcurrentHashMap<>();

  Typing(ServiceNowHubs hubs, Sessions sessions, Clock clock) {
    this.hubs = hubs;
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * The customer types. Leaves {@code TYPING} as the body when the agent is to be shown so; the
   * variable {@code vaTyping} says {@code go} then, else {@code done}. Only an agent is told: in a
   * bot's turn a second request would be lost.
   */
  public void begins(Exchange exchange, String hub) {
    String id = exchange.getVariable("hubConversationId", String.class);
    exchange.setVariable("vaTyping", "done");
    if (id == null || !hubs.get(hub).flag("typing", true)) {
      return;
    }
    if (ofHub(hub).computeIfPresent(id, (known, at) -> clock.millis()) != null) {
      return;
    }
    Optional<Session> session = sessions.find(hub, id).filter(s -> s.phase == Phase.CONNECTED);
    if (session.isPresent() && ofHub(hub).putIfAbsent(id, clock.millis()) == null) {
      exchange.setVariable("vaTyping", "go");
      exchange.getMessage().setBody(action(session.get(), "TYPING"));
    }
  }

  /** A message was sent. Leaves {@code VIEWING} as the body when typing was shown. */
  public void sent(Exchange exchange, String hub) {
    String id = exchange.getVariable("hubConversationId", String.class);
    boolean shown = id != null && ofHub(hub).remove(id) != null;
    Optional<Session> session =
        shown ? sessions.find(hub, id).filter(s -> !s.ended()) : Optional.empty();
    exchange.setVariable("vaTyping", session.isPresent() ? "go" : "done");
    session.ifPresent(s -> exchange.getMessage().setBody(action(s, "VIEWING")));
  }

  /** {@code VIEWING} for everyone who stopped typing for longer than {@code typing-idle}. */
  List<Map<String, Object>> idle(String hub) {
    long limit = clock.millis() - hubs.get(hub).duration("typing-idle", "5s").toMillis();
    Map<String, Long> shown = ofHub(hub);
    return shown.entrySet().stream()
        .filter(entry -> entry.getValue() <= limit)
        .filter(entry -> shown.remove(entry.getKey(), entry.getValue()))
        .flatMap(entry -> sessions.find(hub, entry.getKey()).stream())
        .filter(session -> !session.ended())
        .map(session -> action(session, "VIEWING"))
        .toList();
  }

  private Map<String, Object> action(Session session, String action) {
    VaRequests requests = new VaRequests(hubs.get(session.hub), clock);
    return requests.action(session, action, UUID.randomUUID().toString());
  }

  private Map<String, Long> ofHub(String hub) {
    return typing.computeIfAbsent(hub, name -> new ConcurrentHashMap<>());
  }
}
