package dev.baton.hub.servicenow;

import dev.baton.hub.Fields;
import dev.baton.hub.servicenow.Session.Phase;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code serviceNowOpening}: opens a conversation once per handoff. {@link #begin} writes the
 * session before anything is sent and, when this is a repeat, finds out whether the first request
 * had its effect; {@link #request} makes the request; {@link #opened} reads the answer.
 */
public final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration STALE = Duration.ofHours(1);

  private final ServiceNowHubs hubs;
  private final Sessions sessions;
  private final Interactions interactions;
  private final VaSender sender;
  private final Predicate<Session> stillOpen;
  private final Clock clock;

  /**
   * @param stillOpen whether the core still has a session's handoff open
   */
  Opening(
      ServiceNowHubs hubs,
      Sessions sessions,
      Interactions interactions,
      VaSender sender,
      Predicate<Session> stillOpen,
      Clock clock) {
    this.hubs = hubs;
    this.sessions = sessions;
    this.interactions = interactions;
    this.sender = sender;
    this.stillOpen = stillOpen;
    this.clock = clock;
  }

  /**
   * Sets the variable {@code vaOpen}: {@code done} when the body is the answer already, else {@code
   * go}.
   */
  public void begin(Exchange exchange, String hub) {
    String handoffId = exchange.getVariable("handoffId", String.class);
    Map<?, ?> open = exchange.getMessage().getBody(Map.class);
    String id = sessionId(hub, handoffId);
    exchange.setVariable("vaSession", id);
    exchange.setVariable("openRequest", open);
    Optional<Session> known = sessions.find(hub, id);
    Map<String, Object> answer =
        known.isPresent() ? again(known.get()) : create(exchange, hub, id, handoffId, open);
    exchange.setVariable("vaOpen", answer == null ? "go" : "done");
    if (answer != null) {
      exchange.getMessage().setBody(answer);
    }
  }

  /** {@code <conversation>-<n>-<hub>}: another one for every handoff and every hub. */
  static String sessionId(String hub, String handoffId) {
    return handoffId.replace(':', '-') + "-" + hub;
  }

  private Map<String, Object> create(
      Exchange exchange, String hub, String id, String handoffId, Map<?, ?> open) {
    Session session = new Session();
    session.id = id;
    session.hub = hub;
    session.handoffId = handoffId;
    session.conversation = exchange.getVariable("conversation", String.class);
    session.generation = generation(handoffId);
    Fields customer = Fields.of(open.get("customer"));
    session.userId = customer.text("id") == null ? session.conversation : customer.text("id");
    session.email = customer.text("email");
    session.openedAt = clock.millis();
    session.staleBy = clock.millis() + STALE.toMillis();
    session.attempts = 1;
    // One handoff at a time for each user: ServiceNow has one conversation per user id.
    return sessions.with(
        hub,
        "user " + session.userId,
        nothing -> {
          Optional<Session> other = sessions.openOf(hub, session.userId);
          if (other.isPresent() && !stillOpen.test(other.get())) {
            endStale(other.get());
          } else if (other.isPresent()
              && !"separate".equalsIgnoreCase(hubs.get(hub).text("parallel"))) {
            LOG.warn(
                "BTN-2351 Hub {}: the user of {} has another conversation there already", hub, id);
            return refusal("The customer has another conversation with an agent already");
          } else if (other.isPresent()) {
            session.userId = session.userId + "#" + session.conversation;
          }
          sessions.begin(session);
          return null;
        });
  }

  private static int generation(String handoffId) {
    String number = handoffId.substring(handoffId.lastIndexOf(':') + 1);
    return number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
  }

  /** Its handoff is over, but its end never came: it must not stand in the new one's way. */
  private void endStale(Session other) {
    other.phase = Phase.ENDED;
    other.endedHere = true;
    sessions.save(other);
    try {
      VaRequests requests = new VaRequests(hubs.get(other.hub), clock);
      sender.send(other.hub, requests.action(other, "END_CONVERSATION", other.id + "-end"));
    } catch (Exception e) {
      LOG.info("Hub {}: an old conversation could not be ended: {}", other.hub, e.getMessage());
    }
  }

  /** The answer to a repeat when the request before had its effect, else null. */
  private Map<String, Object> again(Session known) {
    if (known.refusal != null) {
      return refusal(known.refusal);
    }
    if (known.accepted || known.ended()) {
      return opened(known, false);
    }
    if (known.heard) {
      return effective(known, Optional.empty());
    }
    Interactions.Found found = look(known);
    LOG.info(
        "Hub {}: whether {} was opened before is {}",
        known.hub,
        known.id,
        found.interaction().isPresent() ? "certain" : found.known() ? "ruled out" : "not known");
    if (found.interaction().isPresent()) {
      return effective(known, found.interaction());
    }
    return sessions.with(
        known.hub,
        known.id,
        stored -> {
          Session session = stored.orElse(known);
          if (session.heard || session.accepted) {
            return opened(session, false);
          }
          if (found.known()) {
            session.attempts++; // gets a request id of its own
            sessions.save(session);
          }
          return null;
        });
  }

  private Interactions.Found look(Session known) {
    try {
      return interactions.find(hubs.get(known.hub), known);
    } catch (IOException e) {
      LOG.info("Hub {}: the interaction cannot be looked up: {}", known.hub, e.getMessage());
      return new Interactions.Found(false, Optional.empty(), e.getMessage());
    }
  }

  /** The request before had its effect. */
  private Map<String, Object> effective(
      Session known, Optional<Interactions.Interaction> interaction) {
    return sessions.with(
        known.hub,
        known.id,
        stored -> {
          Session session = stored.orElse(known);
          accept(session);
          interaction.ifPresent(found -> session.interactionId = found.id());
          sessions.save(session);
          return opened(session, false);
        });
  }

  /** The body, context variables by the mapping, becomes the request. */
  public void request(Exchange exchange, String hub) {
    ServiceNowConfig config = hubs.get(hub);
    VaRequests requests = new VaRequests(config, clock);
    Map<?, ?> open = exchange.getVariable("openRequest", Map.class);
    String id = exchange.getVariable("vaSession", String.class);
    Map<String, Object> context =
        ContextVariables.of(
            exchange.getMessage().getBody(Map.class),
            hubs.context(hub),
            open,
            config.flag(
                "live-agent-only", config.opening() != ServiceNowConfig.Opening.VIRTUAL_AGENT));
    List<Map<String, Object>> history = requests.history(open.get("transcript"));
    String mode = config.text("history", "start");
    Session session =
        sessions.with(
            hub,
            id,
            stored -> {
              Session known = stored.orElseThrow();
              known.next.clear();
              known.next.addAll(
                  switch (config.opening()) {
                    case START, VIRTUAL_AGENT -> List.<String>of();
                    case CREATE -> List.of("START_CREATED_CONVERSATION", "AGENT");
                    case AGENT -> List.of("AGENT");
                  });
              known.virtualAgent = config.opening() == ServiceNowConfig.Opening.VIRTUAL_AGENT;
              known.history = mode.equals("later") ? history : List.of();
              sessions.save(known);
              return known;
            });
    boolean create = config.opening() == ServiceNowConfig.Opening.CREATE;
    exchange
        .getMessage()
        .setBody(
            requests.open(
                session,
                create ? "CREATE_CONVERSATION" : "START_CONVERSATION",
                session.id + "-open-" + session.attempts,
                context,
                mode.equals("start") ? history : List.of()));
  }

  /** The answer to the request becomes the hub contract's. */
  public Map<String, Object> opened(Exchange exchange, String hub) {
    Fields answer = Fields.of(exchange.getMessage().getBody(Map.class));
    String id = exchange.getVariable("vaSession", String.class);
    boolean refused = "FAILURE".equals(answer.word("status"));
    return sessions.with(
        hub,
        id,
        stored -> {
          Session session = stored.orElseThrow();
          if (refused && !session.heard) {
            String message = answer.text("message");
            session.refusal = message == null ? "ServiceNow refused" : message;
            session.phase = Phase.ENDED;
            sessions.save(session);
            LOG.warn("BTN-2345 Hub {} refused the conversation: {}", hub, session.refusal);
            return refusal(session.refusal);
          }
          accept(session);
          sessions.save(session);
          return opened(session, true);
        });
  }

  private void accept(Session session) {
    if (session.accepted) {
      return;
    }
    session.accepted = true;
    Rules rules = Rules.of(hubs.get(session.hub));
    long now = clock.millis();
    if (!session.heard) {
      session.firstCallbackBy = now + rules.firstCallback().toMillis();
      session.turnBy = now + rules.botTurn().toMillis();
    }
    if (!rules.watch().isZero() && !session.ended()) {
      session.watchAt = now + Math.min(rules.watch().toMillis(), SOON.toMillis());
    }
  }

  private static Map<String, Object> opened(Session session, boolean created) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("conversationId", session.id);
    answer.put("created", created);
    return answer;
  }

  private static Map<String, Object> refusal(String message) {
    return new HashMap<>(Map.of("state", "UNAVAILABLE", "reason", "REFUSED", "message", message));
  }
}
