package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What the worker does with a request after the caller has got its 200: the actions. */
final class VirtualAgent {
  private final Tables tables;
  private final Conversations conversations;
  private final LiveAgent live;
  private final BotChat bot;
  private final Outbox outbox;
  private final Faults faults;
  private final Linking linking;
  private final Media media;

  VirtualAgent(
      Tables tables,
      Conversations conversations,
      LiveAgent live,
      BotChat bot,
      Outbox outbox,
      Faults faults,
      Linking linking,
      Media media) {
    this.tables = tables;
    this.conversations = conversations;
    this.live = live;
    this.bot = bot;
    this.outbox = outbox;
    this.faults = faults;
    this.linking = linking;
    this.media = media;
  }

  /** Carries a request out; it is authenticated and no repetition. */
  void process(JsonObject request, String application, Outbound outbound) {
    String action = request.getString("action") == null ? "" : request.getString("action");
    String user = request.getString("userId");
    synchronized (conversations) {
      boolean begins = action.equals("START_CONVERSATION") || action.equals("CREATE_CONVERSATION");
      VaChat chat = begins ? null : conversations.open(user, application).orElse(null);
      boolean fresh = chat == null;
      if (fresh && (begins || action.isEmpty() || action.equals("AGENT"))) {
        chat = create(request, user, application, outbound);
      }
      if (chat != null) {
        Conversations.learn(chat, request);
        act(chat, action, fresh, request);
      }
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

  /** Asks for an agent, whatever the customer said. */
  void handOver(VaChat chat) {
    synchronized (conversations) {
      if (chat.open() && !chat.live()) {
        bot.transfer(chat);
      }
    }
  }

  private VaChat create(JsonObject request, String user, String application, Outbound outbound) {
    conversations.open(user, application).ifPresent(live::released);
    VaChat chat = conversations.begin(user, application, outbound);
    Conversations.learn(chat, request);
    Object language =
        chat.contextVariables.getValue(
            "requester_session_language", chat.contextVariables.getValue("language"));
    chat.language = language == null ? null : language.toString();
    chat.openedFor = linking.user(request);
    history(chat, request, true);
    conversations.record(chat);
    return chat;
  }

  private void act(VaChat chat, String action, boolean fresh, JsonObject request) {
    switch (action) {
      case "" -> message(chat, fresh, request);
      case "START_CONVERSATION", "START_CREATED_CONVERSATION" -> start(chat);
      case "CREATE_CONVERSATION" -> outbox.say(chat, created(chat));
      case "AGENT" -> agent(chat, fresh, request);
      case "END_CONVERSATION" -> end(chat);
      case "SWITCH" -> bot.jump(chat, wanted(request));
      case "TYPING", "VIEWING" -> typing(chat, action.equals("TYPING"));
      case "SET_USER_TIMEZONE" -> timeZone(chat, request.getString("timezone", ""));
      case "FAULT_CONVERSATION" -> fault(chat, request.getString("cause", "Error"));
      case "SEND_HISTORY" -> history(chat, request, true);
      case "SKIP" -> {
        chat.asked = "";
        bot.greet(chat);
      }
      default -> Records.log(tables, "Unknown action " + action);
    }
  }

  private void start(VaChat chat) {
    boolean agentsOnly =
        Boolean.parseBoolean(String.valueOf(chat.contextVariables.getValue("live_agent_only")))
            || tables.first("sys_cs_channel", "name=Bot to Bot^live_agent_only=true").isPresent();
    if (agentsOnly) {
      bot.transfer(chat);
    } else {
      bot.greet(chat);
    }
  }

  private static JsonObject created(VaChat chat) {
    return Items.action("CreateConversation")
        .put("conversationId", chat.conversationId)
        .put("interactionId", chat.interactionId)
        .put("messageId", Tables.newId());
  }

  private void agent(VaChat chat, boolean fresh, JsonObject request) {
    if (fresh || chat.state == VaChat.State.CREATED) {
      // The first AGENT of somebody who has no conversation only opens one.
      bot.greet(chat);
    } else if (chat.live()) {
      message(chat, false, request);
    } else {
      bot.transfer(chat);
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

  /** The topic or the intent; both at once are none. */
  private static String wanted(JsonObject request) {
    Object topic = request.getValue("topic");
    Object intent = request.getValue("intent");
    if (topic != null && intent != null) {
      return null;
    }
    return topic instanceof JsonObject named
        ? named.getString("id", named.getString("name"))
        : intent instanceof JsonObject other ? other.getString("id") : null;
  }

  private void typing(VaChat chat, boolean on) {
    chat.userTyping = on;
    if (on) {
      chat.typed();
    }
    conversations.changed();
  }

  private void timeZone(VaChat chat, String zone) {
    if (!chat.openedFor.isEmpty()) {
      tables.put("sys_user", chat.openedFor, "time_zone", zone);
    }
  }

  private void fault(VaChat chat, String cause) {
    live.released(chat);
    conversations.end(chat, "faulted", cause);
    outbox.flagged(chat, new JsonObject().put("takeControl", true).put("score", 0));
  }

  private void message(VaChat chat, boolean fresh, JsonObject request) {
    JsonObject message = request.getJsonObject("message", new JsonObject());
    String text = message.getString("text", "");
    Object attachment = message.getValue("attachment");
    history(
        chat,
        request,
        Records.adapterProperty(tables, "allow_storing_history_in_ongoing-conversation"));
    if (attachment != null) {
      media.attach(chat, attachment, conversations::changed);
    }
    if (!text.isEmpty()) {
      String id = message.getString("clientMessageId");
      chat.add(new VaChat.Line("user", null, text, id, System.currentTimeMillis()));
    }
    conversations.changed();
    if (faults.strikes(FaultKind.TAKE_CONTROL, chat.userId)) {
      bot.takeControl(chat);
    } else if (chat.live()) {
      live.delivered(chat, text);
    } else if (chat.state == VaChat.State.SURVEY) {
      live.surveyAnswered(chat);
    } else if (text.isEmpty() && attachment != null) {
      outbox.say(chat, Items.control("OutputTextLabel", "").put("label", "File got"));
    } else {
      bot.hear(chat, text, fresh);
    }
  }

  private static void history(VaChat chat, JsonObject request, boolean taken) {
    Object history = request.getValue("history");
    if (taken && history != null) {
      chat.history =
          history instanceof JsonArray all
              ? chat.history.copy().addAll(all)
              : chat.history.copy().add(history);
    }
  }

  /** Delivery states of agents' messages; nothing without third_party_chat. */
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
                if (item instanceof JsonObject update && update.getString("id") != null) {
                  chat.receipt(update.getString("id"), String.valueOf(update.getValue("status")));
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
