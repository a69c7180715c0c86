package dev.baton.hub.servicenow;

import dev.baton.hub.Fields;
import dev.baton.hub.servicenow.Session.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows from one callback: changes of the session and hub events. State is taken from events
 * only, never from the wording of a text. No I/O.
 */
final class CallbackRules {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackRules.class);

  private final Controls controls;
  private final Rules rules;

  CallbackRules(Controls controls, Rules rules) {
    this.controls = controls;
    this.rules = rules;
  }

  List<Map<String, Object>> apply(Session session, Callback callback, Instant now) {
    if (callback.generation() != null && callback.generation() != session.generation) {
      LOG.warn(
          "BTN-2347 Hub {}: a callback of an earlier handoff of {} is dropped",
          session.hub,
          session.id);
      return List.of();
    }
    return new Turn(session, callback, now).run();
  }

  /** One callback being worked off. */
  private final class Turn {
    private final Session session;
    private final Callback callback;
    private final Instant now;
    private final SessionEvents events;
    private final ItemRules items;

    Turn(Session session, Callback callback, Instant now) {
      this.session = session;
      this.callback = callback;
      this.now = now;
      this.events = new SessionEvents(session);
      this.items = new ItemRules(session, callback, now, controls, rules, events);
    }

    List<Map<String, Object>> run() {
      if (session.ended()) {
        late();
        return events.list();
      }
      session.heard = true;
      session.firstCallbackBy = 0;
      session.turnBy = callback.isOnlyBusy() ? session.turnBy : 0;
      if (callback.interactionId() != null) {
        session.interactionId = callback.interactionId();
      }
      if (session.phase == Phase.REQUESTED && !takenOver()) {
        return events.list();
      }
      callback.items().forEach(items::apply);
      finish();
      return events.list();
    }

    /**
     * Words of the system itself may still come after the end; whether they count is the core's.
     */
    private void late() {
      if (session.endedHere) {
        return;
      }
      for (Map<String, Object> item : callback.items()) {
        if (!"actionmsg".equals(Callback.uiType(item)) && !Items.byAgent(item)) {
          items.say(item, false);
        }
      }
    }

    /** Whether Agent Chat has the conversation now; if not, what came is held or turned down. */
    private boolean takenOver() {
      boolean taken =
          callback.agentChat()
              || callback.items().stream().anyMatch(i -> Items.byAgent(i) || isHumanSide(i));
      if (taken) {
        session.phase = Phase.QUEUED;
        session.handoverBy = 0;
        session.longQueueAt = now.plus(rules.longQueue()).toEpochMilli();
        session.next.clear();
        events.queued(null);
        session.held.forEach(events::add);
        session.held.clear();
        return true;
      }
      if (session.virtualAgent) {
        meetVirtualAgent();
        return true;
      }
      callback.items().forEach(items::ids);
      if (greeting() && !callback.completed() && !callback.takeControl()) {
        // A request that comes during the bot's turn is lost: the turn ends with a question, or in
        // silence.
        Duration wait = callback.isOnlyBusy() ? rules.botTurn() : rules.settle();
        session.nextAt = callback.endsTurn() ? 0 : now.plus(wait).toEpochMilli();
        return false;
      }
      if (callback.isBotsMenu()) {
        LOG.warn(
            "BTN-2312 Hub {}: ServiceNow's bot answered instead of Agent Chat; is live agent"
                + " support switched off for the channel?",
            session.hub);
        session.next.add("END_CONVERSATION");
        events.rejected("REFUSED", "Live agent support is not offered on this channel");
        return false;
      }
      hold();
      if (callback.completed() || callback.takeControl()) {
        session.held.forEach(events::add);
        events.rejected("NO_AGENT", "ServiceNow ended the conversation");
      } else if (session.handoverBy == 0) {
        session.handoverBy = now.plus(rules.handover()).toEpochMilli();
      }
      return false;
    }

    /**
     * The customer is to talk with ServiceNow's bot first: to the core it is an agent like others.
     */
    private void meetVirtualAgent() {
      session.phase = Phase.CONNECTED;
      session.withBot = true;
      session.accepts++;
      session.agentId = "virtual-agent";
      session.agentName = rules.virtualAgent();
      events.accepted();
    }

    /** What the bot says before it is asked for an agent, also when it comes late. */
    private boolean greeting() {
      return !session.next.isEmpty() || (session.agentAsked && callback.answersOpening());
    }

    private void hold() {
      SessionEvents texts = new SessionEvents(session);
      ItemRules held = new ItemRules(session, callback, now, controls, rules, texts);
      callback.items().stream()
          .filter(item -> !"actionmsg".equals(Callback.uiType(item)))
          .forEach(item -> held.say(item, false));
      session.held.addAll(texts.list());
    }

    private void finish() {
      if (session.ended()) {
        return;
      }
      if (callback.streamEnd()) {
        session.streams.forEach(items::assembled);
        session.streams.clear();
      }
      if (callback.completed() || callback.takeControl()) {
        if (callback.takeControl()) {
          LOG.warn(
              "BTN-2314 Hub {}: ServiceNow gave the conversation back (takeControl)", session.hub);
        }
        IdleHint.log(session, now);
        events.over(
            callback.takeControl() ? "SYSTEM" : "AGENT",
            callback.takeControl() ? "takeControl" : "completed");
      }
    }

    private boolean isHumanSide(Map<String, Object> item) {
      return Callback.is(item, "subscribetosupportqueue")
          || Callback.is(item, "subscribetochatpresence")
          || Callback.is(item, "switchtoliveagent")
          || (Callback.is(item, "startspinner")
              && String.valueOf(Fields.of(item).text("spinnerType"))
                  .toLowerCase(Locale.ROOT)
                  .startsWith("wait"));
    }
  }
}
