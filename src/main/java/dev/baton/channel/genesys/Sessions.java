package dev.baton.channel.genesys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.journal.DocumentStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The sessions of Genesys, in the store; and in memory when each of them ends. */
final class Sessions {
  private static final String KIND = "genesys-session";
  private static final int ID_BYTES = 18;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DocumentStore documents;
  private final Map<String, Long> expiries = new ConcurrentHashMap<>();

  Sessions(DocumentStore documents) {
    this.documents = documents;
  }

  /** Baton's id of the conversation of a session. */
  static String conversation(String bot, String session) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((bot + '\n' + session).getBytes(StandardCharsets.UTF_8));
      return "gc-"
          + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Reads from disk. */
  Optional<GenesysSession> find(String conversation) {
    return documents.get(KIND, conversation).map(Sessions::read);
  }

  /** Durable when it completes. */
  CompletableFuture<Void> save(String conversation, GenesysSession session) {
    expiries.put(conversation, session.expiresAt());
    return documents.put(KIND, conversation, conversation, write(session));
  }

  CompletableFuture<Void> delete(String conversation) {
    expiries.remove(conversation);
    return documents.delete(KIND, conversation);
  }

  /** All sessions by their conversation. Reads from disk, and learns when each ends. */
  Map<String, GenesysSession> load() {
    Map<String, GenesysSession> all =
        documents.list(KIND).stream()
            .collect(Collectors.toMap(DocumentStore.Document::id, d -> read(d.body())));
    expiries.clear();
    all.forEach((conversation, session) -> expiries.put(conversation, session.expiresAt()));
    return all;
  }

  /** Conversations whose session has ended at this time. */
  List<String> expired(long now) {
    return expiries.entrySet().stream()
        .filter(entry -> entry.getValue() <= now)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static GenesysSession read(String json) {
    try {
      return JSON.readValue(json, GenesysSession.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A session of Genesys cannot be read", e);
    }
  }

  private static String write(GenesysSession session) {
    try {
      return JSON.writeValueAsString(session);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A session of Genesys cannot be written", e);
    }
  }
}
