package dev.baton.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Decision;
import dev.baton.conversation.Decision.Unheard;
import dev.baton.conversation.Entry;
import dev.baton.conversation.Event;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Lane;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends one event and what the core decides about it. */
class AppendWrite extends Write<Appended> {
  /** Why an entry of the hub lane was withdrawn. */
  static final String OVER = "The handoff is over";

  private static final Logger LOG = LoggerFactory.getLogger(AppendWrite.class);

  private final Core core;
  private final String conversation;
  private final String sourceId;
  private final Event event;
  private final String eventBody;

  private boolean unknown;
  private boolean repeated;
  private long eventId;
  private boolean held;
  private long takenBackTo = -1;
  private Conversation after;
  private final List<StoredEntry> entries = new ArrayList<>();

  AppendWrite(Core core, String conversation, String sourceId, Event event) {
    this.core = core;
    this.conversation = Text.clean(conversation);
    this.sourceId = sourceId;
    this.event = event;
    this.eventBody = Json.write(event); // here, because the caller's thread is not the bottleneck
  }

  final String conversation() {
    return conversation;
  }

  final void setRepeated(boolean value) {
    repeated = value;
  }

  @Override
  void prepare(Transaction transaction) throws SQLException {
    unknown = false;
    repeated = false;
    eventId = 0;
    takenBackTo = -1;
    entries.clear();
    Working working = transaction.conversation(conversation);
    boolean exists = working.state != null || working.starting;
    if (event instanceof Event.CustomerStarted) {
      repeated = exists;
      working.starting = true;
    } else if (!exists) {
      unknown = true;
    }
    if (sourceId != null && !unknown && !repeated) {
      eventId = transaction.nextEvent();
      transaction.identify(
          this,
          new EventRow(eventId, conversation, sourceId, eventBody, null, core.clock().instant()));
    }
  }

  @Override
  Appended apply(Transaction transaction) throws SQLException {
    Working working = transaction.conversation(conversation);
    if (unknown || (working.state == null && !(event instanceof Event.CustomerStarted))) {
      return refuse(new UnknownConversationException(conversation));
    }
    if (repeated) {
      return new Appended(working.state, transaction.resultOf(conversation, sourceId), true);
    }
    Instant now = core.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    Decision decision = core.decider().decide(working.state, conversation, event, now);
    record(transaction, decision, now);
    String result = insertEntries(transaction, working, decision, now);
    if (decision.unheard() != null && decision.unheard() != Unheard.KEEP) {
      withdrawUnheard(transaction, decision, now);
    }
    Handoff handoff = decision.next().handoff();
    if (handoff != null && isNews(working.state, handoff)) {
      transaction.handoff(conversation, handoff);
    }
    if (sourceId != null) {
      transaction.remember(conversation, sourceId, result);
    }
    working.state = decision.next();
    working.changed = true;
    after = decision.next();
    return new Appended(after, result, false);
  }

  private void record(Transaction transaction, Decision decision, Instant now) throws SQLException {
    if (eventId == 0) {
      eventId = transaction.nextEvent();
      transaction.insertEvent(
          new EventRow(eventId, conversation, null, eventBody, decision.note(), now));
    } else if (decision.note() != null) {
      transaction.note(eventId, decision.note());
    }
  }

  private void withdrawUnheard(Transaction transaction, Decision decision, Instant now)
      throws SQLException {
    held = true;
    long inFlight = core.lanes().of(Lane.HUB).hold(conversation);
    List<EntryRow> waiting = transaction.pendingOfHub(conversation);
    boolean toBot = decision.unheard() == Unheard.MOVE_TO_BOT;
    if (toBot && waiting.stream().anyMatch(row -> isSend(row) && row.entry().seq() == inFlight)) {
      // Who gets the one under way is not known yet, and the later ones must come after it.
      takenBackTo = waiting.get(waiting.size() - 1).entry().seq();
    }
    for (EntryRow row : waiting) {
      StoredEntry entry = row.entry();
      boolean later = entry.seq() == inFlight || takenBackTo >= 0;
      if (isSend(row) && !later) {
        transaction.withdraw(entry, toBot ? "Given to the bot instead" : OVER);
        if (toBot) {
          moveToBot(transaction, decision, row, now);
        }
      } else if (entry.operation().equals("open")
          && entry.seq() != inFlight
          && entry.attempts() == 0) {
        // One that was tried may have worked: only trying again tells, so that it can be ended.
        transaction.withdraw(entry, OVER);
      }
    }
  }

  private static boolean isSend(EntryRow row) {
    return row.entry().operation().equals("send");
  }

  private void moveToBot(Transaction transaction, Decision decision, EntryRow row, Instant now)
      throws SQLException {
    StoredEntry entry = row.entry();
    Entry heard =
        core.decider()
            .unheard(decision.next(), new Entry(Lane.HUB, entry.operation(), entry.body()));
    StoredEntry moved = next(transaction, heard.lane(), heard.operation(), heard.body(), now);
    transaction.insert(EntryRow.of(moved, null, row.eventId(), null));
    entries.add(moved);
  }

  private String insertEntries(
      Transaction transaction, Working working, Decision decision, Instant now)
      throws SQLException {
    ObjectNode activity = EntryRow.activityOf(event);
    long stream = working.state == null ? 0 : working.state.customerActivities();
    String result = null;
    for (Entry entry : decision.entries()) {
      StoredEntry stored =
          entry.lane() == Lane.CUSTOMER && !core.isPushed(decision.next().channel())
              ? kept(transaction, entry, now)
              : next(transaction, entry.lane(), entry.operation(), entry.body(), now);
      Long streamNo = null;
      if (entry.lane() == Lane.CUSTOMER) {
        streamNo = stream++;
        result = result == null ? entry.body().path("id").asText(null) : result;
      }
      transaction.insert(EntryRow.of(stored, streamNo, eventId, activity));
      entries.add(stored);
    }
    if (stream != decision.next().customerActivities()) {
      throw new IllegalStateException(
          "The state counts "
              + decision.next().customerActivities()
              + " customer activities, the stream holds "
              + stream);
    }
    return result;
  }

  private StoredEntry next(
      Transaction transaction, Lane lane, String operation, ObjectNode body, Instant now) {
    return new StoredEntry(
        conversation,
        transaction.nextEntry(),
        lane,
        operation,
        body,
        StoredEntry.Status.PENDING,
        0,
        null,
        null,
        now);
  }

  private StoredEntry kept(Transaction transaction, Entry entry, Instant now) {
    return new StoredEntry(
        conversation,
        transaction.nextEntry(),
        entry.lane(),
        entry.operation(),
        entry.body(),
        StoredEntry.Status.DONE,
        0,
        null,
        null,
        now);
  }

  private static boolean isNews(Conversation before, Handoff handoff) {
    Handoff known = before == null ? null : before.handoff();
    return known == null
        || !Objects.equals(known.id(), handoff.id())
        || !Objects.equals(known.hub(), handoff.hub())
        || !Objects.equals(known.hubConversationId(), handoff.hubConversationId());
  }

  @Override
  void committed(Appended outcome) {
    if (takenBackTo >= 0) {
      core.lanes().of(Lane.HUB).takeBack(conversation, takenBackTo);
    }
    release();
    if (outcome != null && outcome.duplicate()) {
      core.repeated();
    }
    if (outcome == null || outcome.duplicate()) {
      return;
    }
    for (StoredEntry entry : entries) {
      if (entry.status() == StoredEntry.Status.PENDING) {
        core.lanes().of(entry.lane()).offer(entry);
      }
    }
    core.timers().committed(after);
  }

  @Override
  void rolledBack() {
    release();
  }

  private void release() {
    if (held) {
      held = false;
      core.lanes().of(Lane.HUB).release(conversation);
    }
  }

  @Override
  void announce(Appended outcome) {
    if (outcome == null || outcome.duplicate()) {
      return;
    }
    for (JournalListener listener : core.listeners()) {
      try {
        listener.committed(after, List.copyOf(entries));
      } catch (RuntimeException e) {
        LOG.error("A listener failed for conversation {}", conversation, e);
      }
    }
  }
}
