package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.channel.turn.TurnWait;
import dev.baton.channel.turn.Verdict.Reason;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import dev.baton.conversation.Owner;
import dev.baton.journal.Appended;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One call, from the customer's words to the answer. {@link #run} is over when the session may take
 * the next call. Starts on a worker; no thread waits.
 */
final class GenesysTurn {
  private final TurnTools tools;
  private final Call call;
  private final String conversation;
  private final CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
  private GenesysSession session;

  GenesysTurn(TurnTools tools, Call call) {
    this.tools = tools;
    this.call = call;
    this.conversation = call.conversation();
  }

  /** What Genesys is answered; an empty object when the turn follows by a call of Baton's. */
  CompletableFuture<ObjectNode> answer() {
    return answer;
  }

  CompletionStage<Void> run() {
    CompletionStage<Void> all;
    try {
      all = take();
    } catch (RuntimeException e) {
      all = CompletableFuture.failedFuture(e);
    }
    return all.whenComplete(
        (v, failure) -> {
          if (failure != null) {
            answer.completeExceptionally(failure);
          }
        });
  }

  private CompletionStage<Void> take() {
    Optional<GenesysSession> known = tools.sessions().find(conversation);
    if (known.isPresent() && isRepeat(known.get())) {
      answer.complete(known.get().lastAnswer());
      return CompletableFuture.completedFuture(null);
    }
    Conversation present = tools.journal().find(conversation).orElse(null);
    boolean goesOn = known.isPresent() && !isOver(known.get());
    if (goesOn) {
      session = known.get();
      List<ObjectNode> late = tools.stream(conversation, session.cursor());
      if (late.stream().anyMatch(a -> a.at("/channelData/baton").has("handoff"))) {
        return finish(late, Reason.HANDOFF, null); // the bot has asked already: this is for a human
      }
      tools.late(call.bot(), conversation, late);
    } else {
      startSession(present, known.orElse(null));
    }
    if (present == null) {
      startConversation();
    } else if (call.said().message() == null) {
      return finish(tools.stream(conversation, session.cursor()), Reason.QUIET, null);
    } else {
      tellParameters();
    }
    return say(!goesOn);
  }

  private boolean isRepeat(GenesysSession known) {
    return call.key() != null && call.key().equals(known.lastKey()) && known.lastAnswer() != null;
  }

  private boolean isOver(GenesysSession known) {
    return known.closed() || known.expiresAt() <= tools.clock().millis();
  }

  /** An old session of the same id that ended silently is ended for the bot, too. */
  private void startSession(Conversation present, GenesysSession old) {
    long cursor = -1;
    if (old != null && old.closed()) {
      cursor = old.cursor();
    } else if (present != null) {
      cursor = present.customerActivities() - 1;
      if (present.owner() != Owner.ENDED) {
        tools.journal().append(conversation, null, new Event.CustomerLeft(null));
      }
    }
    session =
        GenesysSession.start(
            call.bot().bot(),
            call.said().session(),
            call.botId(),
            call.version(),
            call.language(),
            cursor,
            expiry());
    tools.sessions().save(conversation, session); // written before what follows
  }

  private void startConversation() {
    ObjectNode context = null;
    if (!call.said().parameters().isEmpty()) {
      context = JsonNodeFactory.instance.objectNode();
      call.said().parameters().forEach(context::put);
    }
    String person =
        call.said().conversation() == null ? call.said().session() : call.said().conversation();
    tools
        .journal()
        .append(
            conversation,
            "start",
            new Event.CustomerStarted(
                call.bot().bot(),
                "genesys",
                new Customer("gc-" + person, null),
                call.said().locale(),
                context));
  }

  /** Variables of the flow that changed since the bot was told. */
  private void tellParameters() {
    Map<String, String> parameters = call.said().parameters();
    if (parameters.isEmpty() || parameters.equals(session.parameters())) {
      return;
    }
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", "event");
    ObjectNode value = event.put("name", "pvaSetContext").putObject("value");
    parameters.forEach(value::put);
    tools.journal().append(conversation, null, new Event.CustomerSaid(event));
  }

  private CompletionStage<Void> say(boolean greeted) {
    TurnWait wait = tools.watch(call.bot(), conversation, call.bound());
    if (call.said().message() == null) {
      // Nothing but the start: the greeting is the turn.
      return wait.begin(null, session.cursor(), List.of(), false, false).thenCompose(this::finish);
    }
    return tools
        .journal()
        .append(
            conversation,
            call.key() == null ? null : "genesys:" + call.key(),
            new Event.CustomerSaid(activity()))
        .whenComplete(
            (stored, failure) -> {
              if (failure != null) {
                wait.close();
              }
            })
        .thenComposeAsync(stored -> accepted(stored, wait, greeted), tools.workers());
  }

  private CompletionStage<Void> accepted(Appended stored, TurnWait wait, boolean greeted) {
    long place = number(stored.result());
    CompletableFuture<TurnWait.Outcome> outcome =
        wait.begin(stored.result(), place, session.posts(), !stored.duplicate(), greeted);
    if (stored.duplicate()) {
      wait.replay(place + 1, tools.stream(conversation, place));
    }
    if (!call.asynchronous()) {
      return outcome.thenCompose(this::finish);
    }
    session =
        session.waiting(
            new GenesysSession.Pending(stored.result(), call.bound().toEpochMilli()),
            call.said().parameters(),
            call.key(),
            expiry());
    return tools
        .sessions()
        .save(conversation, session)
        .thenCompose(
            v -> {
              answer.complete(JsonNodeFactory.instance.objectNode());
              return outcome;
            })
        .thenCompose(done -> tools.follow(call.bot(), conversation, done));
  }

  private ObjectNode activity() {
    Utterance said = call.said();
    ObjectNode activity = said.message().deepCopy();
    ObjectNode data = activity.putObject("channelData").putObject("genesys");
    data.put("conversationId", said.conversation()).put("sessionId", said.session());
    data.put("botId", said.botId()).put("botVersion", said.botVersion());
    data.put("languageCode", said.language());
    ObjectNode parameters = data.putObject("parameters");
    said.parameters().forEach(parameters::put);
    return activity;
  }

  private CompletionStage<Void> finish(TurnWait.Outcome outcome) {
    tools.ended(conversation, outcome);
    return finish(tools.stream(conversation, session.cursor()), outcome.reason(), outcome.post());
  }

  private CompletionStage<Void> finish(List<ObjectNode> news, Reason reason, String post) {
    ReplyMaker.Made made = tools.make(call.bot(), conversation, session, news, reason);
    ObjectNode form = call.form(made.reply());
    if (call.gone().getAsBoolean()) {
      answer.complete(form); // to nobody: it goes out with the next answer
      return CompletableFuture.completedFuture(null);
    }
    GenesysSession next =
        session.answered(
            session.cursor() + news.size(),
            post,
            call.said().parameters(),
            call.key(),
            form,
            made.reply().isFinal(),
            made.reply().isFinal() ? tools.afterEnd() : expiry());
    return tools
        .conclude(call.bot(), conversation, next, made)
        .thenAccept(v -> answer.complete(form));
  }

  private long expiry() {
    return tools.clock().millis() + call.bot().sessionLife(call.said().sessionTimeout()).toMillis();
  }

  static long number(String streamId) {
    return Long.parseLong(streamId.substring(streamId.lastIndexOf('|') + 1));
  }
}
