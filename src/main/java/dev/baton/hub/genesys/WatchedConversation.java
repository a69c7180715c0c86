package dev.baton.hub.genesys;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** An open conversation, and what was read and told of it. */
final class WatchedConversation {
  /** Held while it is read: readings of one conversation come one after the other. */
  final ReentrantLock reading = new ReentrantLock();

  /** Ids of the events that the journal has. */
  final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Done when the platform has answered to its opening, with or without an id. */
  final CompletableFuture<Void> answered = new CompletableFuture<>();

  volatile GenesysRecord entry;
  volatile ConversationTimeline.Agent agent;
  volatile Instant readAt = Instant.MIN;
  volatile boolean moving;

  /** When it was first seen to be over, or null. */
  volatile Instant overSince;

  WatchedConversation(GenesysRecord entry) {
    this.entry = entry;
  }

  String from() {
    return entry.from();
  }
}
