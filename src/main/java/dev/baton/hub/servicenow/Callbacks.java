package dev.baton.hub.servicenow;

import dev.baton.hub.HubProblem;
import dev.baton.hub.servicenow.Session.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code serviceNowCallbacks}: takes what ServiceNow posts to the session that it belongs to.
 * When it returns, what follows from it is durable.
 */
public final class Callbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  private final ServiceNowHubs hubs;
  private final Sessions sessions;
  private final EventSink events;
  private final Function<ServiceNowConfig, CallbackRules> rules;
  private final Meters meters;
  private final Clock clock;
  private final CallbackAuth auth = new CallbackAuth();
  private final Map<String, CallbackRules> ofHub = new ConcurrentHashMap<>();
  private volatile BiConsumer<Session, List<String>> afterwards = (session, messageIds) -> {};

  Callbacks(
      ServiceNowHubs hubs,
      Sessions sessions,
      EventSink events,
      Function<ServiceNowConfig, CallbackRules> rules,
      Meters meters,
      Clock clock) {
    this.hubs = hubs;
    this.sessions = sessions;
    this.events = events;
    this.rules = rules;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * @param afterwards gets a session after each callback, with the ids of the agent's messages in
   *     it
   */
  void afterwards(BiConsumer<Session, List<String>> afterwards) {
    this.afterwards = afterwards;
  }

  /**
   * Checks who calls.
   *
   * @throws HubProblem when the call is refused
   */
  public void verify(Exchange exchange, String hub) {
    try {
      auth.verify(exchange, hubs.get(hub));
    } catch (HubProblem e) {
      meters.callback(hub, "refused");
      throw e;
    }
  }

  /** The body of a callback, a Map. */
  @SuppressWarnings("unchecked")
  public void take(Exchange exchange, String hub) {
    take(hub, exchange.getMessage().getBody(Map.class));
  }

  void take(String hub, Map<String, Object> json) {
    Callback callback = Callback.of(json);
    String id = sessionId(hub, callback);
    if (id == null) {
      unclaimed(hub, callback, json);
      return;
    }
    List<String> receipts = new ArrayList<>();
    Session changed =
        sessions.with(
            hub,
            id,
            found -> {
              if (found.isEmpty()) {
                unclaimed(hub, callback, json);
                return null;
              }
              Session session = found.get();
              meters.callback(hub, session.ended() ? "late" : "taken");
              List<Map<String, Object>> raised =
                  rules(hub).apply(session, callback, clock.instant());
              events.raise(hub, raised);
              sessions.save(session);
              if (session.phase == Phase.CONNECTED) {
                receipts.addAll(messageIds(raised));
              }
              return session;
            });
    if (changed != null) {
      afterwards.accept(changed, receipts);
    }
  }

  private CallbackRules rules(String hub) {
    return ofHub.computeIfAbsent(hub, name -> rules.apply(hubs.get(name)));
  }

  private String sessionId(String hub, Callback callback) {
    if (callback.sessionId() != null) {
      return callback.sessionId();
    }
    Optional<Session> only =
        callback.userId() == null ? Optional.empty() : sessions.openOf(hub, callback.userId());
    return only.map(session -> session.id).orElse(null);
  }

  /** Sessions are written before they are asked for, so this one is not Baton's, or long gone. */
  private void unclaimed(String hub, Callback callback, Map<String, Object> json) {
    meters.callback(hub, "unclaimed");
    LOG.warn(
        "BTN-2341 Hub {}: a callback with {} items belongs to no conversation of Baton; it is kept"
            + " as servicenow-unclaimed:{}",
        hub,
        callback.items().size(),
        hub);
    sessions.unclaimed(hub, new String(Texts.compact(json), StandardCharsets.UTF_8));
  }

  private static List<String> messageIds(List<Map<String, Object>> events) {
    return events.stream()
        .filter(event -> "message".equals(event.get("type")) && event.get("agent") != null)
        .map(event -> ((Map<?, ?>) event.get("message")).get("id"))
        .filter(Objects::nonNull)
        .map(Object::toString)
        .distinct()
        .toList();
  }

  /**
   * For the path that all hubs share: the hub whose credentials fit; when there are several, the
   * one that has the conversation. Leaves the variable {@code hub}.
   *
   * @throws HubProblem when there is none
   */
  public void choose(Exchange exchange) {
    byte[] body = exchange.getMessage().getBody(byte[].class);
    exchange.getMessage().setBody(body);
    List<ServiceNowConfig> offered =
        hubs.all().stream().filter(config -> config.flag("callback-alias", false)).toList();
    if (offered.isEmpty()) {
      throw new HubProblem(
          404, "BTN-2340", "Not found", "No hub takes callbacks here: set callback-alias.");
    }
    List<ServiceNowConfig> fitting =
        offered.stream().filter(config -> auth.fits(exchange.getMessage(), config)).toList();
    if (fitting.isEmpty()) {
      LOG.warn("BTN-2340 Callback refused: its credentials are those of no hub");
      throw CallbackAuth.refused();
    }
    String session = Callback.of(Texts.read(body)).sessionId();
    String hub =
        fitting.stream()
            .filter(config -> sessions.find(config.hub(), session).isPresent())
            .findFirst()
            .orElse(fitting.get(0))
            .hub();
    exchange.setVariable("hub", hub);
  }
}
