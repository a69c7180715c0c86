package dev.baton.hub.servicenow;

import dev.baton.hub.Fields;
import dev.baton.hub.servicenow.Session.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows from the single items of one callback, in their order. No I/O. */
final class ItemRules {
  private static final Logger LOG = LoggerFactory.getLogger(ItemRules.class);
  private static final int MAX_STREAMS = 10;

  /** Actions that say who has the conversation. */
  private static final Set<String> STATES =
      Set.of(
          "subscribetosupportqueue", "startspinner", "switchtoliveagent", "switchtovirtualagent");

  private final Session session;
  private final Callback callback;
  private final Instant now;
  private final Controls controls;
  private final Rules rules;
  private final SessionEvents events;
  private final Items items;
  private final boolean joined;

  ItemRules(
      Session session,
      Callback callback,
      Instant now,
      Controls controls,
      Rules rules,
      SessionEvents events) {
    this.session = session;
    this.callback = callback;
    this.now = now;
    this.controls = controls;
    this.rules = rules;
    this.events = events;
    this.items = new Items(session, now, rules.repeats());
    this.joined = callback.items().stream().anyMatch(i -> Callback.is(i, "switchtoliveagent"));
  }

  void ids(Map<String, Object> item) {
    if ("actionmsg".equals(Callback.uiType(item))) {
      String interaction = Fields.of(item).text("interactionId");
      session.interactionId = interaction == null ? session.interactionId : interaction;
    }
  }

  void apply(Map<String, Object> item) {
    if (session.ended()) {
      return;
    }
    switch (Callback.uiType(item)) {
      case "actionmsg" -> action(item);
      case "streamstart", "streamchunk" -> chunk(item);
      default -> control(item);
    }
  }

  private void action(Map<String, Object> item) {
    Fields fields = Fields.of(item);
    String type = Callback.actionType(item);
    String messageId = fields.text("messageId");
    // An old "in the queue" that comes again would take the agent away.
    if (messageId != null && STATES.contains(type) && session.saw(type + ":" + messageId)) {
      return;
    }
    ids(item);
    switch (type) {
      case "starttypingindicator", "dynamicloader" -> events.typing(true);
      case "endtypingindicator" -> events.typing(false);
      case "startspinner" -> spinner(fields);
      case "subscribetosupportqueue" -> queued(null);
      case "switchtoliveagent" -> switched(item);
      case "switchtovirtualagent" -> released();
      case "endsession" -> events.over("SYSTEM", "EndSession");
      case "system", "chatsubheader" -> system(item, fields);
      default -> LOG.debug("Hub {}: an action without effect", session.hub);
    }
  }

  private void spinner(Fields fields) {
    String kind = fields.word("spinnerType");
    if (kind != null && kind.startsWith("WAIT")) {
      queued(waitText(fields));
    } else {
      events.typing(true);
    }
  }

  private static String waitText(Fields fields) {
    String message = Links.clean(fields.text("message"));
    String time = Links.clean(fields.text("waitTime"));
    if (time.isEmpty() || message.contains(time)) {
      return message;
    }
    return message.isEmpty() ? time : message + " (" + time + ")";
  }

  /** Waiting, for the first time or, when an agent had it, again: a transfer to a queue. */
  private void queued(String text) {
    if (session.phase == Phase.CONNECTED) {
      session.phase = Phase.QUEUED;
      session.longQueueAt = now.plus(rules.longQueue()).toEpochMilli();
      session.waitText = null;
      session.watchGap = 0;
      events.agentLeft();
      leaveVirtualAgent();
    }
    if (text != null && !text.isEmpty() && !text.equals(session.waitText)) {
      session.waitText = text;
      events.queued(text);
    }
  }

  private void switched(Map<String, Object> item) {
    Fields info = Items.agentInfo(item);
    if (info.text("agentName") == null) {
      info =
          callback.items().stream()
              .map(Items::agentInfo)
              .filter(other -> other.text("agentName") != null)
              .findFirst()
              .orElse(info);
    }
    leaveVirtualAgent();
    connect();
    if (info.text("agentName") != null || info.text("agentId") != null) {
      agent(info);
    } else if (rules.agentLookUp()) {
      session.acceptPending = true;
    } else if (!session.announced) {
      events.accepted();
    }
  }

  private void connect() {
    if (session.phase != Phase.CONNECTED) {
      session.phase = Phase.CONNECTED;
      session.accepts++;
      session.longQueueAt = 0;
      session.surveyBy = 0;
    }
  }

  /** An agent is there and known: new, named at last, or another than before. */
  private void agent(Fields info) {
    String id = info.text("agentId");
    String name = info.text("agentName") == null ? null : Links.clean(info.text("agentName"));
    boolean same = session.announced && session.sameAgent(id, name);
    boolean news = !same || (session.agentName == null && name != null);
    session.agentId = same && id == null ? session.agentId : id;
    session.agentName = same && name == null ? session.agentName : name;
    if (news || session.acceptPending) {
      events.accepted();
    }
  }

  /** The agent is gone. A survey may follow, which the customer still answers to ServiceNow. */
  private void released() {
    if (session.phase != Phase.CLOSING) {
      session.phase = Phase.CLOSING;
      session.options.clear();
      session.surveyBy = now.plus(rules.surveyWait()).toEpochMilli();
    }
  }

  private void system(Map<String, Object> item, Fields fields) {
    String text = Links.clean(fields.text("message"));
    if (text.isEmpty()) {
      text = Links.clean(fields.text("value"));
    }
    // Who has joined is said by Baton in the customer's language.
    if (!text.isEmpty() && rules.systemTexts() && !joined) {
      items
          .message(item, Rendered.text(text))
          .ifPresent(m -> events.message(m.eventId(), m.message(), false));
    }
  }

  private void chunk(Map<String, Object> item) {
    Fields fields = Fields.of(item);
    String id = fields.text("streamId");
    Integer sequence = fields.number("streamSequence");
    if (id != null && sequence != null && "streamchunk".equals(Callback.uiType(item))) {
      if (session.streams.size() < MAX_STREAMS || session.streams.containsKey(id)) {
        Object value = fields.raw("value");
        session
            .streams
            .computeIfAbsent(id, stream -> new TreeMap<>())
            .put(sequence, value == null ? "" : value.toString());
      }
    }
    events.typing(true);
  }

  private void control(Map<String, Object> item) {
    String stream = Fields.of(item).text("streamId");
    if (stream != null) {
      session.streams.remove(stream); // the whole answer replaces its parts
    }
    boolean menu = "topicpickercontrol".equals(Callback.uiType(item));
    if (session.phase == Phase.CLOSING && menu) {
      // Not a survey: the bot offers its own topics. The customer has another bot.
      session.next.add("END_CONVERSATION");
      events.over("AGENT", "SwitchToVirtualAgent");
      return;
    }
    say(item, true);
  }

  void say(Map<String, Object> item, boolean live) {
    boolean byAgent = live && Items.byAgent(item);
    if (byAgent && session.phase != Phase.CLOSING) {
      leaveVirtualAgent();
      connect();
      agent(Items.agentInfo(item));
    }
    boolean spoken = byAgent || (live && session.withBot);
    Rendered rendered = controls.render(item);
    items
        .message(item, rendered)
        .ifPresent(
            message -> {
              if (!rendered.options().isEmpty() || rendered.asked() != null) {
                session.options = new TreeMap<>(rendered.options());
                session.asked = rendered.asked();
              }
              events.message(message.eventId(), message.message(), spoken);
              survey(item, rendered);
            });
  }

  private void survey(Map<String, Object> item, Rendered rendered) {
    if (session.phase != Phase.CLOSING) {
      return;
    }
    boolean question =
        !rendered.options().isEmpty()
            || rendered.asked() != null
            || Callback.uiType(item).startsWith("input")
            || Callback.uiType(item).equals("picker");
    session.question |= question;
    long wait = question ? rules.survey().toMillis() : rules.surveyWait().toMillis();
    session.surveyBy = Math.max(session.surveyBy, now.toEpochMilli() + wait);
  }

  /** The whole answer never came: its parts stand in for it. */
  void assembled(String stream, SortedMap<Integer, String> parts) {
    Map<String, Object> item =
        Map.of(
            "uiType", "OutputText", "streamId", stream, "value", String.join("", parts.values()));
    say(item, true);
  }

  /** The bot has handed the customer over, to the queue or to an agent. */
  private void leaveVirtualAgent() {
    if (session.withBot) {
      session.withBot = false;
      session.announced = false;
      session.agentId = null;
      session.agentName = null;
    }
  }
}
