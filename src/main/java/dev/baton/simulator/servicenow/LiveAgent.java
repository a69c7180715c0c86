package dev.baton.simulator.servicenow;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Agent Chat's own part: into the queue, waiting, idle time-outs, the end and the survey. */
final class LiveAgent {
  static final JsonObject COMPLETED = new JsonObject().put("completed", true);

  private final Vertx vertx;
  private final InstanceOptions options;
  private final Tables tables;
  private final Conversations conversations;
  private final Routing routing;
  private final Outbox outbox;
  private final Texts texts;
  private final Faults faults;
  private EchoingAgent echo;

  LiveAgent(
      Vertx vertx,
      InstanceOptions options,
      Tables tables,
      Conversations conversations,
      Routing routing,
      Outbox outbox,
      Texts texts,
      Faults faults) {
    this.vertx = vertx;
    this.options = options;
    this.tables = tables;
    this.conversations = conversations;
    this.routing = routing;
    this.outbox = outbox;
    this.texts = texts;
    this.faults = faults;
  }

  void echo(EchoingAgent agent) {
    echo = agent;
  }

  /** Whether agents may be asked for at all in this channel. */
  boolean offered() {
    return !Records.property(tables, "com.glide.cs.exclude.liveagent.support", "")
            .contains("Bot To Bot")
        && !Records.adapterProperty(tables, "disable_live_agent");
  }

  /** Hands the conversation to Agent Chat; nobody there leaves it with the bot. */
  void transfer(VaChat chat) {
    Optional<Map<String, String>> queue = routing.queue(chat);
    boolean broken = faults.strikes(FaultKind.CLOSED_AT_ONCE, chat.userId);
    if (broken || queue.isEmpty() || !routing.staffed(queue.get().get("sys_id"))) {
      // Nobody is told: the interaction is closed before anything was routed.
      chat.state = VaChat.State.QUEUED;
      outbox.say(chat, Items.text(say(chat, "stand-by")));
      conversations.end(chat, "closed_abandoned", "Error");
      Records.log(tables, "No queue, assignment rule or group for " + chat.interactionId);
      return;
    }
    if (!routing.open(queue.get()) || routing.present(queue.get().get("sys_id")).isEmpty()) {
      outbox.say(chat, Items.text(say(chat, "no-agents")));
      return;
    }
    conversations.set(chat, "agent_chat", "true");
    enqueue(chat, queue.get().get("sys_id"));
    outbox.say(chat, Items.text(say(chat, "stand-by")));
    outbox.say(
        chat,
        Items.action("SubscribeToSupportQueue"),
        Items.waiting(say(chat, "waiting"), say(chat, "wait-time", "2")));
    waitOn(chat, 2);
    offer(chat);
  }

  /** Puts it into a queue, where it stays until an agent accepts. */
  void enqueue(VaChat chat, String queue) {
    chat.state = VaChat.State.QUEUED;
    chat.queueId = queue;
    chat.agentId = "";
    chat.queuedAt = System.currentTimeMillis();
    conversations.set(chat, "state", "on_hold");
    conversations.set(chat, "queue", queue);
    conversations.set(chat, "assigned_to", "");
    chat.workItemId =
        tables.insert(
            "awa_work_item",
            Map.of(
                "number",
                "AWI" + chat.interactionId.substring(0, 7),
                "document_table",
                "interaction",
                "document_id",
                chat.interactionId,
                "state",
                "queued",
                "queue",
                queue,
                "service_channel",
                tables.idOf("awa_service_channel", "Chat"),
                "active",
                "true"));
    rest(chat, options.queueMaxWait, () -> waitedTooLong(chat));
    conversations.changed();
  }

  void offer(VaChat chat) {
    if (echo != null) {
      echo.offered(chat);
    }
  }

  /** Tells the expected wait again and again, ever shorter. */
  void waitOn(VaChat chat, int minutes) {
    cancelWait(chat);
    chat.waitTimer =
        vertx.setTimer(
            Math.max(1, options.waitRefresh.toMillis()),
            timer -> {
              synchronized (conversations) {
                if (chat.state == VaChat.State.QUEUED && chat.waitTimer == timer) {
                  int left = Math.max(1, minutes - 1);
                  outbox.say(
                      chat,
                      Items.waiting(
                          say(chat, "waiting"), say(chat, "wait-time", String.valueOf(left))));
                  waitOn(chat, left);
                }
              }
            });
  }

  private void cancelWait(VaChat chat) {
    if (chat.waitTimer >= 0) {
      vertx.cancelTimer(chat.waitTimer);
      chat.waitTimer = -1;
    }
  }

  /** The agent has it from now on. */
  void connected(VaChat chat, String agent) {
    cancelWait(chat);
    chat.state = VaChat.State.CONNECTED;
    chat.agentId = agent;
    routing.load(agent, 1);
    conversations.set(chat, "state", "work_in_progress");
    conversations.set(chat, "assigned_to", agent);
    conversations.workItem(chat, "accepted", agent);
    heard(chat);
  }

  /** The customer said something to the agent, or waits for him to. */
  void heard(VaChat chat) {
    rest(chat, options.idleReminder, () -> remind(chat));
  }

  /** What the customer wrote was brought to the agent, or to who will be. */
  void delivered(VaChat chat, String text) {
    if (chat.state == VaChat.State.CONNECTED) {
      heard(chat);
      if (echo != null) {
        echo.heard(chat, text);
      }
    }
  }

  private void remind(VaChat chat) {
    outbox.say(chat, Items.system(say(chat, "idle-reminder")));
    Duration left = options.idleCancel.minus(options.idleReminder);
    rest(
        chat,
        left.isNegative() ? Duration.ZERO : left,
        () -> {
          released(chat);
          conversations.end(chat, "closed_complete", "No User Response");
          outbox.flagged(
              chat,
              COMPLETED,
              Items.system(say(chat, "idle-cancel")),
              Items.action("SwitchToVirtualAgent"));
        });
  }

  private void waitedTooLong(VaChat chat) {
    cancelWait(chat);
    conversations.end(chat, "closed_abandoned", "No Activity");
    outbox.flagged(chat, COMPLETED, Items.noLongerWaiting(), Items.text(say(chat, "max-wait")));
  }

  /** One clock per conversation: the last one set counts. */
  void rest(VaChat chat, Duration time, Runnable then) {
    if (chat.timer >= 0) {
      vertx.cancelTimer(chat.timer);
    }
    chat.timer =
        vertx.setTimer(
            Math.max(1, time.toMillis()),
            timer -> {
              synchronized (conversations) {
                if (chat.open() && chat.timer == timer) {
                  then.run();
                }
              }
            });
  }

  /** The agent ends it; a survey may follow before it is over. */
  void closedByAgent(VaChat chat, String name) {
    released(chat);
    JsonObject closed = Items.system(say(chat, "closed-by-agent", name));
    if (options.survey) {
      chat.state = VaChat.State.SURVEY;
      conversations.set(chat, "state", "wrap_up");
      outbox.say(chat, closed, Items.action("SwitchToVirtualAgent"));
      outbox.say(chat, Items.picker(say(chat, "survey"), List.of("1", "2", "3", "4", "5")));
      rest(
          chat,
          options.idleCancel,
          () -> conversations.end(chat, "closed_complete", "Agent Ended"));
      conversations.changed();
      return;
    }
    conversations.end(chat, "closed_complete", "Agent Ended");
    outbox.flagged(chat, COMPLETED, closed, Items.action("SwitchToVirtualAgent"));
  }

  void surveyAnswered(VaChat chat) {
    conversations.end(chat, "closed_complete", "Agent Ended");
    outbox.flagged(chat, COMPLETED, Items.text(say(chat, "survey-thanks")));
  }

  /** The customer ends it, engaged or still waiting. */
  void closedByUser(VaChat chat) {
    boolean engaged = chat.state == VaChat.State.CONNECTED;
    cancelWait(chat);
    released(chat);
    conversations.end(
        chat,
        engaged ? "closed_complete" : "closed_abandoned",
        engaged ? "User Ended" : "Left Before Engagement");
    outbox.flagged(
        chat, COMPLETED, Items.system(say(chat, "closed-by-user")), Items.text(say(chat, "ended")));
  }

  /** The agent has room for another. */
  void released(VaChat chat) {
    cancelWait(chat);
    if (!chat.agentId.isEmpty()) {
      routing.load(chat.agentId, -1);
    }
  }

  String say(VaChat chat, String key, String... values) {
    return texts.say(key, chat.language, values);
  }
}
