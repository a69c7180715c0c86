package dev.baton.hub.genesys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open conversations of a hub, by each of their ids, and which are over since when. */
final class WatchedConversations {
  private static final Duration TYPING = Duration.ofSeconds(3);
  private static final int REMEMBERED = 10_000;

  private final Clock clock;
  private final Map<String, WatchedConversation> byFrom = new ConcurrentHashMap<>();
  private final Map<String, WatchedConversation> byId = new ConcurrentHashMap<>();
  private final Map<String, WatchedConversation> byConversation = new ConcurrentHashMap<>();
  private final Map<String, Instant> typedAt = new ConcurrentHashMap<>();
  private final Set<String> over =
      Collections.newSetFromMap(
          Collections.synchronizedMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  WatchedConversations(Clock clock) {
    this.clock = clock;
  }

  /** Adds it, or what is new of it. @return whether the platform's id of it is new */
  boolean put(GenesysRecord entry) {
    WatchedConversation conversation =
        byFrom.computeIfAbsent(entry.from(), from -> new WatchedConversation(entry));
    conversation.entry = entry;
    byConversation.put(entry.conversation(), conversation);
    return entry.genesysId() != null && byId.put(entry.genesysId(), conversation) == null;
  }

  /**
   * @return null when there is none
   */
  WatchedConversation get(String from) {
    return byFrom.get(from);
  }

  /** By the platform's own id; null when it is none of ours. */
  WatchedConversation ofPlatform(String genesysId) {
    return byId.get(genesysId);
  }

  /** By Baton's id; null when it has none at the platform. */
  WatchedConversation ofConversation(String conversation) {
    return byConversation.get(conversation);
  }

  boolean has(WatchedConversation conversation) {
    return byFrom.get(conversation.from()) == conversation;
  }

  /** Those whose id the platform has told. */
  Collection<WatchedConversation> readable() {
    return byId.values();
  }

  List<String> froms() {
    return List.copyOf(byFrom.keySet());
  }

  int size() {
    return byFrom.size();
  }

  /**
   * @return what was removed, or null
   */
  WatchedConversation remove(String from) {
    WatchedConversation conversation = byFrom.remove(from);
    if (conversation != null) {
      byConversation.remove(conversation.entry.conversation(), conversation);
      if (conversation.entry.genesysId() != null) {
        byId.remove(conversation.entry.genesysId());
      }
    }
    return conversation;
  }

  /** It is over: what is sent to it now would begin another one. */
  void markOver(String from) {
    over.add(from);
  }

  boolean isOver(String from) {
    return over.contains(from);
  }

  /** Whether typing may be shown again; once in some seconds is enough. */
  boolean mayType(String from) {
    Instant now = clock.instant();
    typedAt.values().removeIf(at -> !at.plus(TYPING).isAfter(now));
    return typedAt.putIfAbsent(from, now) == null;
  }
}
