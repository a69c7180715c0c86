package dev.baton.hub;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Owner;
import dev.baton.journal.Appended;
import dev.baton.journal.Journal;
import dev.baton.journal.JournalListener;
import dev.baton.journal.StoredEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows conversations by heart: just what finding them needs. */
public final class MemoryJournal implements Journal {
  private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();
  private final List<JournalListener> listeners = new CopyOnWriteArrayList<>();

  /** A conversation with an open handoff {@code <id>:1}; {@code hub} null: not opened yet. */
  public Conversation handedOff(String id, String hub, String hubConversationId) {
    return put(id, hub, hubConversationId, Handoff.Phase.QUEUED);
  }

  public Conversation put(String id, String hub, String hubConversationId, Handoff.Phase phase) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Handoff handoff =
        new Handoff(id + ":1", "e1", null, phase, hub, hubConversationId, null, false, now, null);
    Conversation conversation =
        new Conversation(
            id,
            "demo",
            "directline",
            new Customer("u1", null),
            "en",
            Owner.PENDING,
            handoff,
            1,
            0,
            Map.of(),
            now,
            now,
            null);
    conversations.put(id, conversation);
    listeners.forEach(listener -> listener.committed(conversation, List.of()));
    return conversation;
  }

  @Override
  public CompletableFuture<Appended> append(String conversation, String sourceId, Event event) {
    throw new UnsupportedOperationException("the journal component is replaced in these tests");
  }

  @Override
  public Optional<Conversation> find(String conversation) {
    return Optional.ofNullable(conversations.get(conversation));
  }

  @Override
  public Optional<Conversation> findByHubConversation(String hub, String hubConversationId) {
    return conversations.values().stream()
        .filter(c -> hub.equals(c.handoff().hub()))
        .filter(c -> hubConversationId.equals(c.handoff().hubConversationId()))
        .findFirst();
  }

  @Override
  public List<Conversation> list(
      String bot, String hub, Owner owner, String customerId, int limit) {
    return List.copyOf(conversations.values());
  }

  @Override
  public List<StoredEntry> customerStream(String conversation, long after, int limit) {
    return List.of();
  }

  @Override
  public List<StoredEntry> entries(String conversation) {
    return List.of();
  }

  @Override
  public List<StoredEntry> deadLetters(String conversation, int limit) {
    return List.of();
  }

  @Override
  public boolean replay(String conversation, long seq) {
    return false;
  }

  @Override
  public boolean drop(String conversation, long seq) {
    return false;
  }

  @Override
  public int purge(Instant endedBefore) {
    return 0;
  }

  @Override
  public List<String> export(String customerId) {
    return List.of();
  }

  @Override
  public int erase(String customerId) {
    return 0;
  }

  @Override
  public void addListener(JournalListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(JournalListener listener) {
    listeners.remove(listener);
  }
}
