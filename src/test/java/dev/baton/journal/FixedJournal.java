package dev.baton.journal;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Event;
import dev.baton.conversation.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A journal that holds what a test gives it; for tests of routes that only read. */
public final class FixedJournal implements Journal {
  private final Conversation conversation;
  private final List<StoredEntry> entries = new ArrayList<>();

  public FixedJournal(Conversation conversation) {
    this.conversation = conversation;
  }

  public FixedJournal with(StoredEntry entry) {
    entries.add(entry);
    return this;
  }

  @Override
  public CompletableFuture<Appended> append(String id, String sourceId, Event event) {
    return CompletableFuture.failedFuture(new IllegalStateException("read only"));
  }

  @Override
  public Optional<Conversation> find(String id) {
    return Optional.of(conversation).filter(c -> c.id().equals(id));
  }

  @Override
  public Optional<Conversation> findByHubConversation(String hub, String hubConversationId) {
    return Optional.empty();
  }

  @Override
  public List<Conversation> list(
      String bot, String hub, Owner owner, String customerId, int limit) {
    return List.of(conversation);
  }

  @Override
  public List<StoredEntry> customerStream(String id, long after, int limit) {
    return entries;
  }

  @Override
  public List<StoredEntry> entries(String id) {
    return entries;
  }

  @Override
  public List<StoredEntry> deadLetters(String id, int limit) {
    return List.of();
  }

  @Override
  public boolean replay(String id, long seq) {
    return false;
  }

  @Override
  public boolean drop(String id, long seq) {
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
  public void addListener(JournalListener listener) {}

  @Override
  public void removeListener(JournalListener listener) {}
}
