package dev.baton.hub.servicenow;

import dev.baton.hub.servicenow.Session.Phase;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done for a session besides callbacks: requests that follow the opening one, the
 * agent's name, receipts, and what is due by the clock. Everything that must not be forgotten
 * stands in the stored session, so that a node that was stopped goes on with it.
 */
final class FollowUps {
  private static final Logger LOG = LoggerFactory.getLogger(FollowUps.class);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final ServiceNowHubs hubs;
  private final Sessions sessions;
  private final Interactions interactions;
  private final EventSink events;
  private final VaSender sender;
  private final Diagnosis diagnosis;
  private final Clock clock;

  FollowUps(
      ServiceNowHubs hubs,
      Sessions sessions,
      Interactions interactions,
      EventSink events,
      VaSender sender,
      Diagnosis diagnosis,
      Clock clock) {
    this.hubs = hubs;
    this.sessions = sessions;
    this.interactions = interactions;
    this.events = events;
    this.sender = sender;
    this.diagnosis = diagnosis;
    this.clock = clock;
  }

  /** Does all that is due for a session now. Blocks; never throws. */
  void run(String hub, String id) {
    try {
      Optional<Session> found = sessions.find(hub, id);
      if (found.isEmpty()) {
        return;
      }
      Session session = found.get();
      if (session.acceptPending && !session.ended()) {
        nameAgent(session);
      }
      boolean late = session.ended() && !session.next.isEmpty();
      if (late || (session.followUp() && session.nextAt <= clock.millis())) {
        next(session);
      }
      diagnosis.run(hub, id);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Hub {}: looking after {} is tried again: {}", hub, id, e.getMessage());
      later(hub, id);
    }
  }

  /** Tells that the agent's messages have reached the customer. Best effort. */
  void receipts(Session session, List<String> messageIds) {
    VaRequests requests = new VaRequests(hubs.get(session.hub), clock);
    try {
      sender.send(
          session.hub, requests.receipts(session, UUID.randomUUID().toString(), messageIds));
    } catch (Exception e) {
      LOG.info(
          "BTN-2316 Hub {}: delivery receipts are not taken ({}); they need app 4.0 and"
              + " third_party_chat=true, or set receipts=false",
          session.hub,
          e.getMessage());
    }
  }

  /** An agent accepted and no callback named them: the interaction does. */
  private void nameAgent(Session session) {
    Optional<Interactions.Interaction> interaction = Optional.empty();
    Optional<String> name = Optional.empty();
    try {
      ServiceNowConfig config = hubs.get(session.hub);
      interaction =
          interactions.find(config, session).interaction().filter(i -> !i.agentId().isEmpty());
      if (interaction.isPresent()) {
        name = Optional.ofNullable(interaction.get().agentName());
        if (name.isEmpty()) {
          name = interactions.nameOf(config, interaction.get().agentId());
        }
      }
    } catch (IOException e) {
      LOG.info("Hub {}: the agent's name cannot be read: {}", session.hub, e.getMessage());
    }
    String agentId = interaction.map(Interactions.Interaction::agentId).orElse(null);
    String agentName = name.map(Links::clean).orElse(null);
    change(
        session.hub,
        session.id,
        (stored, raised) -> {
          if (!stored.acceptPending || stored.phase != Phase.CONNECTED) {
            stored.acceptPending = false;
            return;
          }
          boolean same = stored.announced && stored.sameAgent(agentId, agentName);
          stored.agentId = agentId == null ? stored.agentId : agentId;
          stored.agentName = agentName == null ? stored.agentName : agentName;
          stored.acceptPending = false;
          if (!same) {
            raised.accepted();
          }
        });
  }

  /** The next request; when it fails, it is made again later. */
  private void next(Session session) {
    VaRequests requests = new VaRequests(hubs.get(session.hub), clock);
    boolean action = !session.next.isEmpty();
    String name = action ? session.next.get(0) : "SEND_HISTORY";
    Map<String, Object> request =
        action
            ? requests.action(session, name, session.id + "-" + name)
            : requests.history(session, session.id + "-" + name, session.history);
    change(
        session.hub,
        session.id,
        (stored, raised) -> {
          if (action) {
            stored.next.remove(name);
            if (name.equals("END_CONVERSATION")) {
              stored.endSent = true;
              stored.endedHere = true; // what answers to this is not for the customer
            }
            stored.agentAsked |= name.equals("AGENT");
            if (!stored.ended()) {
              Rules rules = Rules.of(hubs.get(stored.hub));
              stored.firstCallbackBy = clock.millis() + rules.firstCallback().toMillis();
              stored.turnBy = clock.millis() + rules.botTurn().toMillis();
            }
          } else {
            stored.history = List.of();
          }
        });
    try {
      sender.send(session.hub, request);
    } catch (Exception e) {
      LOG.warn(
          "{}Hub {}: {} was not taken: {}",
          action ? "" : "BTN-2317 ",
          session.hub,
          name,
          e.getMessage());
      change(
          session.hub,
          session.id,
          (stored, raised) -> {
            if (!stored.ended() && action && stored.phase == Phase.REQUESTED) {
              stored.next.add(0, name);
            } else if (!stored.ended() && !action) {
              stored.history = session.history;
            }
            stored.nextAt = clock.millis() + AGAIN.toMillis();
          });
    }
  }

  private void later(String hub, String id) {
    change(
        hub,
        id,
        (stored, raised) -> {
          long at = clock.millis() + AGAIN.toMillis();
          stored.watchAt = stored.watchAt == 0 ? 0 : Math.max(stored.watchAt, at);
          stored.firstCallbackBy =
              stored.firstCallbackBy == 0 ? 0 : Math.max(stored.firstCallbackBy, at);
          stored.nextAt = at;
        });
  }

  /** Changes the stored session and raises what follows, the events first. */
  void change(String hub, String id, BiConsumer<Session, SessionEvents> change) {
    sessions.with(
        hub,
        id,
        found -> {
          if (found.isPresent()) {
            Session session = found.get();
            SessionEvents raised = new SessionEvents(session);
            change.accept(session, raised);
            events.raise(hub, raised.list());
            sessions.save(session);
          }
          return null;
        });
  }
}
