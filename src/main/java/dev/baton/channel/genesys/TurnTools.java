package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.channel.directline.CustomerStreams;
import dev.baton.channel.turn.BotPosts;
import dev.baton.channel.turn.TurnHabits;
import dev.baton.channel.turn.TurnWait;
import dev.baton.channel.turn.Verdict.Reason;
import dev.baton.conversation.Event;
import dev.baton.conversation.Owner;
import dev.baton.conversation.TextKey;
import dev.baton.conversation.Texts;
import dev.baton.journal.Journal;
import dev.baton.journal.StoredEntry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** What turns have in common: where things are kept, how a turn is watched and concluded. */
final class TurnTools {
  private static final int PAGE = 500;

  /** How long an answered session is kept after its end, for a call that is repeated. */
  private static final Duration AFTER_END = Duration.ofMinutes(10);

  private final Vertx vertx;
  private final Journal journal;
  private final CustomerStreams streams;
  private final BotPosts posts;
  private final Sessions sessions;
  private final Texts texts;
  private final SeenVariables seen;
  private final ReplyReport report;
  private final OutgoingMessages outgoing;
  private final Clock clock;
  private final ExecutorService workers;
  private final Map<String, TurnHabits> habits = new ConcurrentHashMap<>();
  private final Map<String, TurnWait.Outcome> outcomes = new ConcurrentHashMap<>();

  TurnTools(
      Vertx vertx,
      Journal journal,
      CustomerStreams streams,
      BotPosts posts,
      Sessions sessions,
      Texts texts,
      SeenVariables seen,
      ReplyReport report,
      OutgoingMessages outgoing,
      Clock clock,
      ExecutorService workers) {
    this.vertx = vertx;
    this.journal = journal;
    this.streams = streams;
    this.posts = posts;
    this.sessions = sessions;
    this.texts = texts;
    this.seen = seen;
    this.report = report;
    this.outgoing = outgoing;
    this.clock = clock;
    this.workers = workers;
  }

  Journal journal() {
    return journal;
  }

  Sessions sessions() {
    return sessions;
  }

  Clock clock() {
    return clock;
  }

  ExecutorService workers() {
    return workers;
  }

  /** When an answered session is forgotten. */
  long afterEnd() {
    return clock.millis() + AFTER_END.toMillis();
  }

  /** The customer's stream after this number, all of it. Reads from disk. */
  List<ObjectNode> stream(String conversation, long after) {
    List<ObjectNode> all = new ArrayList<>();
    List<StoredEntry> page;
    do {
      page = journal.customerStream(conversation, after + all.size(), PAGE);
      page.forEach(entry -> all.add(entry.body()));
    } while (page.size() == PAGE);
    return all;
  }

  /** Watches the bot's turn from now on. */
  TurnWait watch(GenesysBot bot, String conversation, Instant bound) {
    return new TurnWait(vertx, clock, bot.turns(), habits(bot), bound, workers)
        .open(streams, posts, conversation);
  }

  private TurnHabits habits(GenesysBot bot) {
    return habits.computeIfAbsent(bot.bot(), name -> new TurnHabits(bot.turns()));
  }

  void ended(String conversation, TurnWait.Outcome outcome) {
    outcomes.put(conversation, outcome);
  }

  /** What came after its turn had been taken for complete makes the next turns more patient. */
  void late(GenesysBot bot, String conversation, List<ObjectNode> late) {
    TurnWait.Outcome before = outcomes.remove(conversation);
    if (before == null || before.lastContent() == null || before.reason() == Reason.BOUND) {
      return;
    }
    late.stream()
        .filter(activity -> activity.at("/channelData/baton/speaker").asText().equals("bot"))
        .filter(activity -> !bot.messages().of(activity).isEmpty())
        .findFirst()
        .map(activity -> Instant.parse(activity.path("timestamp").asText()))
        .ifPresent(
            at -> habits(bot).late(before.reason(), Duration.between(before.lastContent(), at)));
  }

  ReplyMaker.Made make(
      GenesysBot bot,
      String conversation,
      GenesysSession session,
      List<ObjectNode> news,
      Reason reason) {
    String patience =
        bot.settings().flag("budget-text")
            ? texts
                .text(TextKey.BOT_SILENT, Utterance.locale(session.language()), Map.of())
                .orElse(null)
            : null;
    Optional<JsonNode> handoff =
        news.stream()
            .filter(activity -> activity.at("/channelData/baton").has("handoff"))
            .map(activity -> activity.path("value"))
            .reduce((a, b) -> b);
    GenesysBot known = handoff.isPresent() ? bot.with(seen.announced(bot.bot())) : bot;
    handoff.ifPresent(value -> seen.observe(bot.bot(), value));
    return new ReplyMaker(known, session.botVersion(), session.turns()).of(news, reason, patience);
  }

  /** Keeps that Genesys has got the answer; a final one ends the conversation with the bot. */
  CompletionStage<Void> conclude(
      GenesysBot bot, String conversation, GenesysSession next, ReplyMaker.Made made) {
    report.of(bot, conversation, made);
    CompletableFuture<Void> saved = sessions.save(conversation, next);
    if (!made.reply().isFinal()) {
      return saved;
    }
    outcomes.remove(conversation);
    return saved.thenRunAsync(
        () -> {
          if (journal.find(conversation).filter(c -> c.owner() != Owner.ENDED).isPresent()) {
            journal.append(conversation, null, new Event.CustomerLeft(null));
          }
        },
        workers);
  }

  /** Sends the turn that a call was promised. */
  CompletionStage<Void> follow(GenesysBot bot, String conversation, TurnWait.Outcome outcome) {
    ended(conversation, outcome);
    GenesysSession session = sessions.find(conversation).orElseThrow();
    List<ObjectNode> news = stream(conversation, session.cursor());
    ReplyMaker.Made made = make(bot, conversation, session, news, outcome.reason());
    ObjectNode request = ReplyForm.outgoing(made.reply(), session);
    GenesysSession next =
        session.answered(
            session.cursor() + news.size(),
            outcome.post(),
            Map.of(),
            session.lastKey(),
            null,
            made.reply().isFinal(),
            made.reply().isFinal() ? afterEnd() : session.expiresAt());
    return outgoing
        .send(bot, conversation, request)
        .thenComposeAsync(
            sent ->
                sent
                    ? conclude(bot, conversation, next, made)
                    // It goes out first in the next answer.
                    : sessions.save(conversation, session.abandoned()),
            workers);
  }

  /** Goes on with a turn that was promised before the process ended. */
  CompletionStage<Void> resume(GenesysBot bot, String conversation, GenesysSession session) {
    GenesysSession.Pending pending = session.pending();
    long place = GenesysTurn.number(pending.activity());
    Instant least = clock.instant().plus(Duration.ofSeconds(5));
    Instant until = Instant.ofEpochMilli(pending.until());
    TurnWait wait = watch(bot, conversation, until.isBefore(least) ? least : until);
    CompletableFuture<TurnWait.Outcome> outcome =
        wait.begin(pending.activity(), place, session.posts(), false, false);
    wait.replay(place + 1, stream(conversation, place));
    return outcome.thenCompose(done -> follow(bot, conversation, done));
  }

  /** The session ended silently: Genesys does not say so. */
  void expire(String conversation) {
    GenesysSession session = sessions.find(conversation).orElse(null);
    if (session == null || session.expiresAt() > clock.millis()) {
      return;
    }
    outcomes.remove(conversation);
    if (journal.find(conversation).filter(c -> c.owner() != Owner.ENDED).isPresent()) {
      journal.append(conversation, null, new Event.CustomerLeft(null));
    }
    sessions.delete(conversation);
  }
}
