package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The virtual agent's own turns: greeting, topics, what it does not understand, giving up. */
final class BotChat {
  private static final JsonObject NOT_UNDERSTOOD = new JsonObject().put("score", 0);
  private static final List<String> GENERATED =
      List.of("Looking into it.", "Spam is", "unsolicited mail", "sent in bulk.");

  private final Tables tables;
  private final InstanceOptions options;
  private final Conversations conversations;
  private final LiveAgent live;
  private final BotTopics topics;
  private final Outbox outbox;
  private final Faults faults;
  private final Streams streams;

  BotChat(
      Tables tables,
      InstanceOptions options,
      Conversations conversations,
      LiveAgent live,
      BotTopics topics,
      Outbox outbox,
      Faults faults,
      Streams streams) {
    this.tables = tables;
    this.options = options;
    this.conversations = conversations;
    this.live = live;
    this.topics = topics;
    this.outbox = outbox;
    this.faults = faults;
    this.streams = streams;
  }

  void greet(VaChat chat) {
    begin(chat);
    outbox.say(chat, Items.text(live.say(chat, "greeting")), topics.picker(chat));
  }

  /** Asks for an agent; where that cannot be honoured, the topics are offered instead. */
  void transfer(VaChat chat) {
    begin(chat);
    if (!live.offered() || faults.strikes(FaultKind.NO_HANDOVER, chat.userId)) {
      notUnderstood(chat);
    } else {
      live.transfer(chat);
    }
  }

  /**
   * Answers what the customer said.
   *
   * @param fresh whether the conversation came into being with these words
   */
  void hear(VaChat chat, String text, boolean fresh) {
    begin(chat);
    Optional<BotTopics.Topic> topic = topics.named(text);
    Optional<List<JsonObject>> answer = topics.answer(chat, text);
    if (topic.isPresent()) {
      topic(chat, topic.get());
    } else if (answer.isPresent()) {
      chat.misses = 0;
      outbox.say(chat, answer.get().toArray(JsonObject[]::new));
    } else if (text.equalsIgnoreCase("what is spam?")) {
      chat.misses = 0;
      streams.answer(chat, Duration.ofMillis(20), GENERATED);
    } else if (fresh) {
      greet(chat);
    } else {
      misunderstood(chat);
    }
  }

  /** Jumps to a topic by its name or id; one that there is not closes the conversation. */
  void jump(VaChat chat, String wanted) {
    Optional<BotTopics.Topic> found = topics.named(wanted);
    if (found.isEmpty() || chat.live()) {
      live.released(chat);
      conversations.end(chat, "closed_complete", "Error");
      outbox.flagged(chat, LiveAgent.COMPLETED, Items.text(live.say(chat, "switch-failed")));
    } else {
      topic(chat, found.get());
    }
  }

  /** Gives the conversation back to whoever asked, and closes it here. */
  void takeControl(VaChat chat) {
    live.released(chat);
    conversations.end(chat, "closed_complete", "Bot issues");
    outbox.flagged(
        chat,
        new JsonObject().put("takeControl", true).put("score", 0),
        Items.text(live.say(chat, "not-understood")));
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
    int misses = chat.misses + 1;
    chat.misses = misses;
    int limit = Integer.parseInt(Records.property(tables, "va.bot.to.bot.take.control_times", "2"));
    if (misses >= limit && Records.adapterProperty(tables, "enable_take_control")) {
      takeControl(chat);
    } else {
      notUnderstood(chat);
    }
  }

  private void notUnderstood(VaChat chat) {
    outbox.flagged(
        chat, NOT_UNDERSTOOD, Items.text(live.say(chat, "not-understood")), topics.picker(chat));
  }

  /** It is the bot's; when nothing more is said for long it is given up. */
  private void begin(VaChat chat) {
    chat.state = VaChat.State.BOT;
    live.rest(
        chat,
        options.botIdle,
        () -> {
          conversations.end(chat, "closed_abandoned", "No Activity");
          outbox.flagged(chat, new JsonObject().put("takeControl", true).put("score", 0));
        });
  }
}
