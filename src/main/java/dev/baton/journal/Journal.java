package dev.baton.journal;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Event;
import dev.baton.conversation.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The durable, ordered record of everything that happened in every conversation.
 *
 * <p>Every method but {@link #append} may read from disk: never call those on an event loop.
 */
public interface Journal {

  /**
   * Appends an event and what the core decides about it, in one transaction.
   *
   * @param conversation the conversation's id; {@link Event.CustomerStarted} creates it
   * @param sourceId the sender's own id of the event, unique in the conversation; null when it has
   *     none (then it is never taken for a repeat)
   * @param event what happened
   * @return completes after fsync; fails with {@link UnknownConversationException} when there is no
   *     such conversation
   */
  CompletableFuture<Appended> append(String conversation, String sourceId, Event event);

  /** The conversation's present state. */
  Optional<Conversation> find(String conversation);

  /** The conversation that a handoff belongs to; either argument pair may identify it. */
  Optional<Conversation> findByHubConversation(String hub, String hubConversationId);

  /** Conversations, latest update first; each filter may be null. */
  List<Conversation> list(String bot, String hub, Owner owner, String customerId, int limit);

  /**
   * Activities of the customer's stream with a number greater than {@code after} (-1 gives all),
   * oldest first. The number of an activity is its place in the stream, from 0.
   */
  List<StoredEntry> customerStream(String conversation, long after, int limit);

  /** Every entry of a conversation, all lanes, oldest first. */
  List<StoredEntry> entries(String conversation);

  /** Entries given up, oldest first; {@code conversation} may be null for all. */
  List<StoredEntry> deadLetters(String conversation, int limit);

  /**
   * Puts a dead letter back at its place in its lane.
   *
   * @return false when there is none such
   * @throws NotReplayableException when it is for an agent and its handoff is over
   */
  boolean replay(String conversation, long seq);

  /** Drops a dead letter for good. @return false when there is none such */
  boolean drop(String conversation, long seq);

  /**
   * Deletes conversations that ended before the instant, with all that belongs to them. @return how
   * many
   */
  int purge(Instant endedBefore);

  /** Everything kept about one customer, as JSON lines ready to hand out. */
  List<String> export(String customerId);

  /** Deletes everything kept about one customer. @return how many conversations */
  int erase(String customerId);

  void addListener(JournalListener listener);

  void removeListener(JournalListener listener);
}
