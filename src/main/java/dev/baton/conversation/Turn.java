package dev.baton.conversation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Handoff.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a conversation in the making: what the rules change and what they send. Lives for one
 * decision.
 */
final class Turn {
  private final Policy policy;
  private final Texts texts;
  private final Conversation before;
  private final Instant now;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Timer, Instant> timers = new EnumMap<>(Timer.class);
  private Owner owner;
  private Handoff handoff;
  private int handoffs;
  private long stream;
  private Instant endedAt;
  private Decision.Unheard unheard = Decision.Unheard.KEEP;
  private String note;

  Turn(Conversation before, Instant now, Policy policy, Texts texts) {
    this.before = before;
    this.now = now;
    this.policy = policy;
    this.texts = texts;
    this.owner = before.owner();
    this.handoff = before.handoff();
    this.handoffs = before.handoffs();
    this.stream = before.customerActivities();
    this.endedAt = before.endedAt();
    this.timers.putAll(before.timers());
  }

  Decision decision() {
    Conversation next =
        new Conversation(
            before.id(),
            before.bot(),
            before.channel(),
            before.customer(),
            before.locale(),
            owner,
            handoff,
            handoffs,
            stream,
            timers,
            before.startedAt(),
            now,
            endedAt);
    return new Decision(next, entries, unheard, note);
  }

  Conversation conversation() {
    return before;
  }

  Policy policy() {
    return policy;
  }

  Instant now() {
    return now;
  }

  Owner owner() {
    return owner;
  }

  Handoff handoff() {
    return handoff;
  }

  boolean handoffOpen() {
    return handoff != null && handoff.isOpen();
  }

  /** Whether this is the handoff that is open now. */
  boolean isOpen(String handoffId) {
    return handoffOpen() && handoff.id().equals(handoffId);
  }

  void note(String what) {
    note = note == null ? what : note + "; " + what;
  }

  // --- the customer's stream

  /**
   * @return the number of the activity in the stream
   */
  long toCustomer(ObjectNode activity) {
    long number = stream++;
    entries.add(
        new Entry(Lane.CUSTOMER, "activity", Activities.placed(before, activity, number, now)));
    return number;
  }

  void tell(TextKey key) {
    tell(key, Map.of());
  }

  void tell(TextKey key, Map<String, String> values) {
    text(key, values).ifPresent(text -> toCustomer(Activities.system(key, text, before.locale())));
  }

  /** A text in the customer's language; empty when it is silenced. */
  Optional<String> text(TextKey key, Map<String, String> values) {
    return texts.text(key, before.locale(), values);
  }

  /** Asks the customer something, with answers to pick. */
  void ask(TextKey key, String text, List<String> answers) {
    toCustomer(Activities.question(key, text, before.locale(), answers));
  }

  // --- the bot

  void toBot(String operation, ObjectNode body) {
    entries.add(new Entry(Lane.BOT, operation, body));
  }

  void status(String state, String message) {
    if (policy.sendStatus()) {
      toBot("status", Activities.status(before, state, message));
    }
  }

  // --- the hub

  void toHub(String operation, ObjectNode body) {
    entries.add(new Entry(Lane.HUB, operation, body));
  }

  /** Ends the open handoff's conversation at its hub, when there is one yet. */
  void endAtHub(String reason) {
    if (handoff.hub() != null) {
      endAtHub(handoff.hub(), handoff.hubConversationId(), handoff.id(), reason);
    }
  }

  /** Asks the hub to end its conversation; {@code reason}: CUSTOMER, TIMEOUT, BOT or ADMIN. */
  void endAtHub(String hub, String hubConversationId, String handoffId, String reason) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("handoffId", handoffId).put("hub", hub);
    body.put("hubConversationId", hubConversationId).put("reason", reason);
    toHub("end", body);
  }

  // --- state

  void begin(Handoff requested) {
    handoff = requested;
    handoffs++;
    owner = Owner.PENDING;
  }

  void update(Handoff changed) {
    handoff = changed;
  }

  void owner(Owner next) {
    owner = next;
  }

  /**
   * The human part is over, however: the bot has the customer again and hears what no agent heard.
   */
  void backToBot(Phase phase) {
    update(handoff.ended(phase, now));
    owner = Owner.BOT;
    unheard = Decision.Unheard.MOVE_TO_BOT;
    timers.clear();
    rest();
  }

  /**
   * The human part ends before or after its time, but by no fault: what the bot is told depends on
   * whether an agent had ever come, because a bot that heard {@code accepted} waits for {@code
   * completed}.
   */
  void close(String whyNoAgent) {
    boolean human = handoff.everAccepted();
    status(human ? "completed" : "failed", human ? null : whyNoAgent);
    backToBot(human ? Phase.COMPLETED : Phase.REJECTED);
  }

  /** What the customer wrote last still goes to the hub, before its end. */
  void keepUnheard() {
    unheard = Decision.Unheard.KEEP;
  }

  /** What the customer wrote last reaches nobody: everyone has gone. */
  void dropUnheard() {
    unheard = Decision.Unheard.DROP;
  }

  void end() {
    owner = Owner.ENDED;
    endedAt = now;
    timers.clear();
  }

  void reopen() {
    owner = Owner.BOT;
    endedAt = null;
    stop(Timer.SETTLE);
  }

  /**
   * The channel's own humans take over. What the bot still says of this turn counts for a moment;
   * then its conversation is ended too.
   */
  void giveToChannel(Handoff requested) {
    handoff = requested;
    handoffs++;
    end();
    if (policy.settle().isZero()) {
      toBot("end", Activities.botEnd(before));
    } else {
      start(Timer.SETTLE, policy.settle());
    }
  }

  // --- timers

  void start(Timer timer, Duration after) {
    if (after.isZero() || after.isNegative()) {
      timers.remove(timer);
    } else {
      timers.put(timer, now.plus(after));
    }
  }

  /** From now on the conversation rests: until its channel's limit. */
  void rest() {
    start(Timer.CONVERSATION_IDLE, policy.conversationIdle(before.channel()));
  }

  /** Does not put off a time-out that runs already. */
  void startUnlessRunning(Timer timer, Duration after) {
    if (!timers.containsKey(timer)) {
      start(timer, after);
    }
  }

  void stop(Timer timer) {
    timers.remove(timer);
  }

  boolean isDue(Timer timer) {
    Instant due = timers.get(timer);
    return due != null && !due.isAfter(now);
  }
}
