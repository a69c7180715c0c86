package dev.baton.hub.servicenow;

import dev.baton.hub.servicenow.Interactions.Found;
import dev.baton.hub.servicenow.Interactions.Interaction;
import dev.baton.hub.servicenow.Session.Phase;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out why nothing happens. A wrong Message Auth or callback URL shows in silence only:
 * ServiceNow answers 200 all the same. A wrong routing shows in an interaction that is closed at
 * once and has no queue.
 */
final class Diagnosis {
  private static final Logger LOG = LoggerFactory.getLogger(Diagnosis.class);

  private final ServiceNowHubs hubs;
  private final Sessions sessions;
  private final Interactions interactions;
  private final EventSink events;
  private final Meters meters;
  private final Clock clock;

  Diagnosis(
      ServiceNowHubs hubs,
      Sessions sessions,
      Interactions interactions,
      EventSink events,
      Meters meters,
      Clock clock) {
    this.hubs = hubs;
    this.sessions = sessions;
    this.interactions = interactions;
    this.events = events;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Works off what the session waits for in vain. @throws IOException when it is to be tried again
   */
  void run(String hub, String id) throws IOException {
    Session session = sessions.find(hub, id).orElse(null);
    if (session == null || session.ended()) {
      return;
    }
    boolean silent = due(session.firstCallbackBy);
    Found found = null;
    if (silent || due(session.watchAt)) {
      found = look(session, silent);
    }
    Found seen = found;
    sessions.with(
        hub,
        id,
        stored -> {
          stored
              .filter(s -> !s.ended())
              .ifPresent(
                  s -> {
                    SessionEvents raised = new SessionEvents(s);
                    judge(s, seen, raised);
                    raise(hub, raised.list());
                    sessions.save(s);
                  });
          return null;
        });
  }

  private void raise(String hub, List<Map<String, Object>> raised) {
    events.raise(hub, raised);
  }

  /** Silence must be explained even when the tables cannot be read. */
  private Found look(Session session, boolean silent) throws IOException {
    try {
      return interactions.find(hubs.get(session.hub), session);
    } catch (IOException e) {
      if (silent) {
        return new Found(false, Optional.empty(), e.getMessage());
      }
      throw e;
    }
  }

  private boolean due(long at) {
    return at > 0 && at <= clock.millis();
  }

  private void judge(Session s, Found found, SessionEvents raised) {
    Optional<Interaction> interaction = found == null ? Optional.empty() : found.interaction();
    interaction.ifPresent(i -> s.interactionId = i.id().isEmpty() ? s.interactionId : i.id());
    if (found != null && due(s.watchAt)) {
      putOff(s, found.known());
    }
    if (interaction.isPresent() && interaction.get().closed()) {
      closed(s, interaction.get(), raised);
    } else if (due(s.firstCallbackBy)) {
      silence(s, found, raised);
    }
    when(!s.ended() && due(s.handoverBy), s, session -> nobody(session, raised));
    when(!s.ended() && due(s.surveyBy), s, session -> surveyOver(session, raised));
    when(!s.ended() && due(s.longQueueAt), s, this::longQueue);
    when(!s.ended() && !s.accepted && due(s.staleBy), s, stale -> stale.phase = Phase.ENDED);
  }

  /**
   * The longer all is well, the less often it is looked: each look is a request that a rate limit
   * counts.
   */
  private void putOff(Session s, boolean known) {
    long pause = Rules.of(hubs.get(s.hub)).watch().toMillis();
    s.watchGap = known ? Math.min(Math.max(pause, 2 * s.watchGap), 20 * pause) : 10 * pause;
    s.watchAt = clock.millis() + s.watchGap;
  }

  private static void when(boolean condition, Session session, Consumer<Session> action) {
    if (condition) {
      action.accept(session);
    }
  }

  private void closed(Session s, Interaction interaction, SessionEvents raised) {
    s.firstCallbackBy = 0;
    if (s.phase == Phase.CONNECTED) {
      IdleHint.log(s, clock.instant());
      s.phase = Phase.CLOSING;
      s.surveyBy = clock.millis() + Rules.of(hubs.get(s.hub)).surveyWait().toMillis();
    } else if (s.phase != Phase.CLOSING && !s.connectedOnce() && interaction.queue().isEmpty()) {
      LOG.error(
          "BTN-2302 Hub {}: interaction {} was closed at once and has no queue: no queue's"
              + " condition fits, or it has no assignment rule or no group in its eligibility pool",
          s.hub,
          interaction.id());
      meters.symptom(s.hub, "BTN-2302");
      raised.failed("BTN-2302", "ServiceNow's routing is misconfigured: no queue takes the chat");
    } else if (s.phase != Phase.CLOSING) {
      raised.over(
          "SYSTEM", interaction.reason().isEmpty() ? interaction.state() : interaction.reason());
    }
  }

  private void silence(Session s, Found found, SessionEvents raised) {
    s.firstCallbackBy = 0;
    String callback = "/hubs/" + s.hub + "/events";
    String cause;
    if (found.interaction().isPresent()) {
      cause =
          "the conversation exists there, but its callbacks do not arrive: compare the endpoint of"
              + " the REST message \"VA Bot to Bot\" and of its POST method (or of the Bot"
              + " Connection) with "
              + callback
              + ", and their credentials with callback-user and callback-password";
    } else if (found.known()) {
      cause =
          "the request had no effect: Message Auth refuses it (token or signature-secret), which"
              + " ServiceNow does not say";
    } else {
      cause =
          "Message Auth (token, signature-secret) or the callback's endpoint ("
              + callback
              + ") is wrong; which of them cannot be told, as its tables cannot be read";
    }
    LOG.error("BTN-2305 Hub {}: ServiceNow accepted {}, then nothing came: {}", s.hub, s.id, cause);
    meters.symptom(s.hub, "BTN-2305");
    raised.failed("BTN-2305", "ServiceNow does not call back");
  }

  /** The bot spoke, but Agent Chat never took over: nobody is there. Its words say so. */
  private void nobody(Session s, SessionEvents raised) {
    s.handoverBy = 0;
    s.held.forEach(raised::add);
    s.next.add("END_CONVERSATION");
    LOG.info("BTN-2301 Hub {}: no agent took the conversation", s.hub);
    raised.rejected("NO_AGENT", "No agent took the conversation");
  }

  private void surveyOver(Session s, SessionEvents raised) {
    s.surveyBy = 0;
    s.next.add("END_CONVERSATION");
    raised.over("AGENT", "SwitchToVirtualAgent");
  }

  private void longQueue(Session s) {
    s.longQueueAt = 0;
    meters.symptom(s.hub, "BTN-2324");
    LOG.warn(
        "BTN-2324 Hub {}: {} has waited for an agent for {}; work items older than"
            + " com.glide.awa.routinglookback (600 s) are not offered any more",
        s.hub,
        s.id,
        Rules.of(hubs.get(s.hub)).longQueue());
  }
}
