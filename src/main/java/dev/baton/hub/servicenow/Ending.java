package dev.baton.hub.servicenow;

import dev.baton.hub.servicenow.Session.Phase;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Bean {@code serviceNowEnding}: tells ServiceNow, once, that the conversation is over. */
public final class Ending {
  private final ServiceNowHubs hubs;
  private final Sessions sessions;
  private final Clock clock;

  Ending(ServiceNowHubs hubs, Sessions sessions, Clock clock) {
    this.hubs = hubs;
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Leaves the request as the body, and the variable {@code vaEnd}: {@code go}, or {@code done}
   * when ServiceNow knows it already.
   */
  public void request(Exchange exchange, String hub) {
    String id = exchange.getVariable("hubConversationId", String.class);
    Optional<Session> ending =
        sessions.with(
            hub,
            id == null ? "" : id,
            stored -> {
              if (stored.isEmpty() || stored.get().endSent) {
                return Optional.empty();
              }
              Session session = stored.get();
              if (session.ended() && !session.mustEnd && !session.endedHere) {
                return Optional.empty();
              }
              session.phase = Phase.ENDED;
              session.endedHere = true;
              sessions.save(session);
              return Optional.of(session);
            });
    exchange.setVariable("vaEnd", ending.isPresent() ? "go" : "done");
    VaRequests requests = new VaRequests(hubs.get(hub), clock);
    exchange
        .getMessage()
        .setBody(
            ending
                .map(s -> requests.action(s, "END_CONVERSATION", s.id + "-end"))
                .orElse(Map.of()));
  }

  /** ServiceNow was told. That it knew already is as good. */
  public Map<String, Object> done(Exchange exchange, String hub) {
    String id = exchange.getVariable("hubConversationId", String.class);
    return sessions.with(
        hub,
        id == null ? "" : id,
        stored -> {
          stored.ifPresent(
              session -> {
                session.endSent = true;
                sessions.save(session);
              });
          return Map.of();
        });
  }
}
