package dev.baton.operations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import dev.baton.journal.Appended;
import dev.baton.journal.Journal;
import dev.baton.journal.JournalListener;
import dev.baton.journal.JournalStatistics;
import dev.baton.journal.NotReplayableException;
import dev.baton.journal.StoredEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A journal in memory for what operators see; it decides nothing but the administrator's end. */
public final class FakeJournal implements Journal, JournalStatistics {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final Map<String, Conversation> conversations = new TreeMap<>();
  final List<StoredEntry> entries = new ArrayList<>();
  volatile RuntimeException failure;
  volatile long duplicates;

  /** Whether the handoff of every dead letter is over. */
  volatile boolean over;

  public static Conversation conversation(String id, Owner owner, Handoff handoff) {
    return new Conversation(
        id,
        "shop",
        "directline",
        new Customer("ada", "Ada"),
        "en",
        owner,
        handoff,
        handoff == null ? 0 : 1,
        0,
        Map.of(),
        START,
        START.plusSeconds(42),
        owner == Owner.ENDED ? START.plusSeconds(42) : null);
  }

  public static Handoff handoff(String id, Handoff.Phase phase) {
    return new Handoff(
        id, "e1", null, phase, "acme", "h-1", null, phase == Handoff.Phase.ACCEPTED, START, null);
  }

  public FakeJournal with(Conversation conversation) {
    conversations.put(conversation.id(), conversation);
    return this;
  }

  public FakeJournal dead(String conversation, long seq, String cause) {
    entries.add(entry(conversation, seq, StoredEntry.Status.DEAD, cause));
    return this;
  }

  static StoredEntry entry(String conversation, long seq, StoredEntry.Status status, String cause) {
    return new StoredEntry(
        conversation,
        seq,
        Lane.HUB,
        "send",
        JsonNodeFactory.instance.objectNode().put("text", "hello"),
        status,
        7,
        null,
        cause,
        START);
  }

  @Override
  public CompletableFuture<Appended> append(String conversation, String sourceId, Event event) {
    if (!(event instanceof Event.AdministratorEnded)) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }
    Conversation ended = conversation(conversation, Owner.ENDED, null);
    conversations.put(conversation, ended);
    return CompletableFuture.completedFuture(new Appended(ended, null, false));
  }

  @Override
  public Optional<Conversation> find(String conversation) {
    return Optional.ofNullable(conversations.get(conversation));
  }

  @Override
  public Optional<Conversation> findByHubConversation(String hub, String hubConversationId) {
    return Optional.empty();
  }

  @Override
  public List<Conversation> list(
      String bot, String hub, Owner owner, String customerId, int limit) {
    if (failure != null) {
      throw failure;
    }
    return conversations.values().stream()
        .filter(c -> owner == null || c.owner() == owner)
        .limit(limit)
        .toList();
  }

  @Override
  public List<StoredEntry> customerStream(String conversation, long after, int limit) {
    return List.of();
  }

  @Override
  public List<StoredEntry> entries(String conversation) {
    return entries.stream().filter(e -> e.conversation().equals(conversation)).toList();
  }

  @Override
  public List<StoredEntry> deadLetters(String conversation, int limit) {
    if (failure != null) {
      throw failure;
    }
    return entries.stream()
        .filter(e -> e.status() == StoredEntry.Status.DEAD)
        .filter(e -> conversation == null || e.conversation().equals(conversation))
        .limit(limit)
        .toList();
  }

  @Override
  public boolean replay(String conversation, long seq) {
    if (over) {
      throw new NotReplayableException("its handoff is over");
    }
    return drop(conversation, seq);
  }

  @Override
  public boolean drop(String conversation, long seq) {
    return entries.removeIf(e -> e.conversation().equals(conversation) && e.seq() == seq);
  }

  @Override
  public int purge(Instant endedBefore) {
    return 0;
  }

  @Override
  public List<String> export(String customerId) {
    return customerId.equals("ada o'neil/1")
        ? List.of("{\"id\":\"c1\"}", "{\"id\":\"c2\"}")
        : List.of();
  }

  @Override
  public int erase(String customerId) {
    return customerId.equals("ada o'neil/1") ? 2 : 0;
  }

  @Override
  public void addListener(JournalListener listener) {}

  @Override
  public void removeListener(JournalListener listener) {}

  @Override
  public Snapshot statistics() {
    Map<Owner, Long> owners = new EnumMap<>(Owner.class);
    conversations.values().forEach(c -> owners.merge(c.owner(), 1L, Long::sum));
    long dead = deadLetters(null, 1000).size();
    return new Snapshot(
        owners, Map.of("shop", 2L), Map.of("acme", 1L), Map.of(Lane.HUB, 3L), dead, START);
  }

  @Override
  public long duplicates() {
    return duplicates;
  }
}
