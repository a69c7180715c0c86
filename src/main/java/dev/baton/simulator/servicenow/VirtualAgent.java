package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the worker does with a request after the caller has got its 200: the actions, and the small
 * bot behind them.
 */
final class VirtualAgent {
  private static final JsonObject NOT_UNDERSTOOD = new JsonObject().put("score", 0);

  private final Tables tables;
  private final InstanceOptions options;
  private final Conversations conversations;
  private final LiveAgent live;
  private final BotTopics topics;
  private final Outbox outbox;
  private final Faults faults;
  private final Linking linking;
  private final Media media;

  VirtualAgent(
      Tables tables,
      InstanceOptions options,
      Conversations conversations,
      LiveAgent live,
      BotTopics topics,
      Outbox outbox,
      Faults faults,
      Linking linking,
      Media media) {
    this.tables = tables;
    this.options = options;
    this.conversations = conversations;
    this.live = live;
    this.topics = topics;
    this.outbox = outbox;
    this.faults = faults;
    this.linking = linking;
    this.media = media;
  }

  /** Carries a request out; it is authenticated and no repetition. */
  void process(JsonObject request, String application, Outbound outbound) {
    String action = request.getString("action");
    String user = request.getString("userId");
    synchronized (conversations) {
      VaChat chat =
          switch (action == null ? "" : action) {
            case "START_CONVERSATION", "CREATE_CONVERSATION" ->
                create(request, user, application, outbound);
            default -> conversations.open(user, application).orElse(null);
          };
      boolean fresh = false;
      if (chat == null && (action == null || action.isEmpty() || action.equals("AGENT"))) {
        chat = create(request, user, application, outbound);
        fresh = true;
      }
      if (chat == null) {
        return;
      }
      Conversations.learn(chat, request);
      act(chat, action == null ? "" : action, fresh, request);
    }
  }

  /** The user's conversation, made when there is none, and what the request tells of it. */
  VaChat conversation(JsonObject request, String application, Outbound outbound) {
    String user = request.getString("userId");
    synchronized (conversations) {
      VaChat chat =
          conversations
              .open(user, application)
              .orElseGet(() -> create(request, user, application, outbound));
      Conversations.learn(chat, request);
      return chat;
    }
  }

  /** Carries an action out that needs nothing but its conversation. */
  void perform(VaChat chat, String action) {
    synchronized (conversations) {
      if (chat.open()) {
        act(chat, action, false, new JsonObject());
      }
    }
  }

  private VaChat create(JsonObject request, String user, String application, Outbound outbound) {
    VaChat chat = conversations.begin(user, application, outbound);
    Conversations.learn(chat, request);
    Object language =
        chat.contextVariables.getValue(
            "requester_session_language", chat.contextVariables.getValue("language"));
    chat.language = language == null ? null : language.toString();
    chat.openedFor = linking.user(request);
    chat.state = VaChat.State.CREATED;
    history(chat, request, true);
    conversations.record(chat);
    return chat;
  }

  private void act(VaChat chat, String action, boolean fresh, JsonObject request) {
    switch (action) {
      case "START_CONVERSATION", "START_CREATED_CONVERSATION" -> start(chat);
      case "CREATE_CONVERSATION" ->
          outbox.say(
              chat,
              Items.action("CreateConversation")
                  .put("conversationId", chat.conversationId)
                  .put("interactionId", chat.interactionId)
                  .put("messageId", Tables.newId()));
      case "AGENT" -> agent(chat, fresh, request);
      case "END_CONVERSATION" -> end(chat);
      case "SWITCH" -> change(chat, request);
      case "TYPING", "VIEWING" -> {
        chat.userTyping = action.equals("TYPING");
        chat.typings = chat.typings + (chat.userTyping ? 1 : 0);
        conversations.changed();
      }
      case "SET_USER_TIMEZONE" -> {
        if (!chat.openedFor.isEmpty()) {
          tables.put("sys_user", chat.openedFor, "time_zone", request.getString("timezone", ""));
        }
      }
      case "FAULT_CONVERSATION" -> {
        live.released(chat);
        conversations.end(chat, "faulted", request.getString("cause", "Error"));
        outbox.flagged(chat, new JsonObject().put("takeControl", true).put("score", 0));
      }
      case "SEND_HISTORY" -> history(chat, request, true);
      case "SKIP" -> {
        chat.asked = "";
        greet(chat);
      }
      case "" -> message(chat, fresh, request);
      default -> Records.log(tables, "Unknown action " + action);
    }
  }

  private void start(VaChat chat) {
    chat.state = VaChat.State.BOT;
    boolean live =
        Boolean.parseBoolean(String.valueOf(chat.contextVariables.getValue("live_agent_only")))
            || tables.first("sys_cs_channel", "name=Bot to Bot^live_agent_only=true").isPresent();
    if (live) {
      transfer(chat);
    } else {
      greet(chat);
    }
  }

  private void greet(VaChat chat) {
    chat.state = VaChat.State.BOT;
    idle(chat);
    outbox.say(chat, Items.text(this.live.say(chat, "greeting")), topics.picker(chat));
  }

  private void agent(VaChat chat, boolean fresh, JsonObject request) {
    if (fresh || chat.state == VaChat.State.CREATED) {
      // The first AGENT of somebody who has no conversation only opens one.
      greet(chat);
    } else if (!chat.live()) {
      transfer(chat);
    } else {
      message(chat, false, request);
    }
  }

  void handOver(VaChat chat) {
    synchronized (conversations) {
      if (chat.live() || !chat.open()) {
        return;
      }
      transfer(chat);
    }
  }

  private void transfer(VaChat chat) {
    chat.state = VaChat.State.BOT;
    if (!live.offered() || faults.strikes(FaultKind.NO_HANDOVER, chat.userId)) {
      outbox.flagged(
          chat, NOT_UNDERSTOOD, Items.text(live.say(chat, "not-understood")), topics.picker(chat));
    } else {
      live.transfer(chat);
    }
  }

  private void end(VaChat chat) {
    switch (chat.state) {
      case QUEUED, CONNECTED -> live.closedByUser(chat);
      case SURVEY -> live.surveyAnswered(chat);
      default -> {
        conversations.end(chat, "closed_complete", "User Ended");
        outbox.say(chat, Items.text(live.say(chat, "ended")));
      }
    }
  }

  private void change(VaChat chat, JsonObject request) {
    Object topic = request.getValue("topic");
    Object intent = request.getValue("intent");
    String wanted =
        topic instanceof JsonObject named
            ? named.getString("id", named.getString("name"))
            : intent instanceof JsonObject named ? named.getString("id") : null;
    Optional<BotTopics.Topic> found = topics.named(wanted);
    if (topic != null && intent != null || found.isEmpty() || chat.live()) {
      live.released(chat);
      conversations.end(chat, "closed_complete", "Error");
      outbox.flagged(chat, LiveAgent.COMPLETED, Items.text(live.say(chat, "switch-failed")));
    } else {
      topic(chat, found.get());
    }
  }

  private void message(VaChat chat, boolean fresh, JsonObject request) {
    JsonObject message = request.getJsonObject("message", new JsonObject());
    String text = message.getString("text", "");
    history(
        chat,
        request,
        Records.adapterProperty(tables, "allow_storing_history_in_ongoing-conversation"));
    if (message.getValue("attachment") != null) {
      media.attach(chat, message.getValue("attachment"), conversations::changed);
    }
    if (text.isEmpty() && message.getValue("attachment") != null && !chat.live()) {
      outbox.say(chat, Items.text("").put("label", "File got"));
      return;
    }
    if (!text.isEmpty()) {
      chat.add(
          new VaChat.Line(
              "user",
              null,
              text,
              message.getString("clientMessageId"),
              System.currentTimeMillis()));
    }
    conversations.changed();
    if (faults.strikes(FaultKind.TAKE_CONTROL, chat.userId)) {
      takeControl(chat);
      return;
    }
    switch (chat.state) {
      case QUEUED, CONNECTED -> live.delivered(chat, text);
      case SURVEY -> live.surveyAnswered(chat);
      default -> {
        chat.state = VaChat.State.BOT;
        idle(chat);
        utterance(chat, text, fresh);
      }
    }
  }

  private void utterance(VaChat chat, String text, boolean fresh) {
    Optional<BotTopics.Topic> topic = topics.named(text);
    Optional<List<JsonObject>> answer = topics.answer(chat, text);
    if (topic.isPresent()) {
      topic(chat, topic.get());
    } else if (answer.isPresent()) {
      chat.misses = 0;
      outbox.say(chat, answer.get().toArray(JsonObject[]::new));
    } else if (fresh) {
      greet(chat);
    } else {
      misunderstood(chat);
    }
  }

  private void topic(VaChat chat, BotTopics.Topic topic) {
    chat.misses = 0;
    if (topic == BotTopics.Topic.LIVE_AGENT) {
      transfer(chat);
    } else {
      outbox.say(chat, topics.begin(chat, topic).toArray(JsonObject[]::new));
    }
  }

  private void misunderstood(VaChat chat) {
    chat.misses = chat.misses + 1;
    int limit = Integer.parseInt(Records.property(tables, "va.bot.to.bot.take.control_times", "2"));
    if (chat.misses >= limit && Records.adapterProperty(tables, "enable_take_control")) {
      takeControl(chat);
    } else {
      outbox.flagged(
          chat, NOT_UNDERSTOOD, Items.text(live.say(chat, "not-understood")), topics.picker(chat));
    }
  }

  private void takeControl(VaChat chat) {
    live.released(chat);
    conversations.end(chat, "closed_complete", "Bot issues");
    outbox.flagged(
        chat,
        new JsonObject().put("takeControl", true).put("score", 0),
        Items.text(live.say(chat, "not-understood")));
  }

  private void idle(VaChat chat) {
    Duration time = options.botIdle;
    live.rest(
        chat,
        time,
        () -> {
          conversations.end(chat, "closed_abandoned", "No Activity");
          outbox.flagged(chat, new JsonObject().put("takeControl", true).put("score", 0));
        });
  }

  private void history(VaChat chat, JsonObject request, boolean taken) {
    Object history = request.getValue("history");
    if (taken && history != null) {
      JsonArray lines = chat.history.copy();
      if (history instanceof JsonArray all) {
        lines.addAll(all);
      } else {
        lines.add(history);
      }
      chat.history = lines;
    }
  }

  /** Delivery states and replaced texts of agents' messages; nothing without third_party_chat. */
  void update(JsonObject request, String application) {
    if (!Records.adapterProperty(tables, "third_party_chat")) {
      return;
    }
    conversations
        .open(request.getString("userId"), application)
        .ifPresent(
            chat -> {
              Object message = request.getValue("message");
              JsonArray all =
                  message instanceof JsonArray array ? array : new JsonArray().add(message);
              for (Object item : all) {
                if (item instanceof JsonObject update) {
                  chat.receipt(update.getString("id"), update.getString("status"));
                }
              }
              conversations.changed();
            });
  }

  /** For the log: who did not get through. */
  void ignored(JsonObject request, String why) {
    tables.insert(
        "syslog",
        Map.of(
            "level",
            "1",
            "source",
            Records.APPLICATION,
            "message",
            "Request " + request.getString("requestId") + " ignored: " + why));
  }
}
