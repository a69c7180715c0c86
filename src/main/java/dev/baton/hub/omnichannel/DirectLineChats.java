package dev.baton.hub.omnichannel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.journal.DocumentStore;
import dev.baton.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Variable;

/**
 * Bean {@code omnichannelChats}: the chats that are open over Direct Line, durable. Neither side of
 * Direct Line closes a conversation, and after an agent's end a survey's link may still come. So a
 * chat is listened to for a while after its handoff is over, and then closed.
 */
public final class DirectLineChats {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final DocumentStore documents;
  private final Journal journal;
  private final Duration grace;
  private final Clock clock;

  DirectLineChats(DocumentStore documents, Journal journal, Duration grace, Clock clock) {
    this.documents = documents;
    this.journal = journal;
    this.grace = grace;
    this.clock = clock;
  }

  /** Remembers a chat with what each of its messages carries. Durable when it returns. */
  void opened(String hub, String handoffId, String conversation, Map<String, Object> data) {
    documents.put(kind(hub), handoffId, conversation, write(data, null)).join();
  }

  /** What each message of a chat carries; empty when there is no such chat, or not any more. */
  Optional<Map<String, Object>> data(String hub, String handoffId) {
    return documents.get(kind(hub), handoffId).map(body -> data(read(body)));
  }

  /** The chat is over. */
  public void closed(String hub, @Variable("handoffId") String handoffId) {
    documents.delete(kind(hub), handoffId).join();
  }

  /** Ids of the handoffs whose chats have been over for long enough. */
  public List<String> over(String hub) {
    Instant now = clock.instant();
    List<String> over = new ArrayList<>();
    for (DocumentStore.Document chat : documents.list(kind(hub))) {
      if (isOpen(hub, chat.id())) {
        continue;
      }
      Map<String, Object> body = read(chat.body());
      if (body.get("endedAt") == null) {
        documents.put(kind(hub), chat.id(), chat.conversation(), write(data(body), now)).join();
      } else if (!Instant.parse(body.get("endedAt").toString()).plus(grace).isAfter(now)) {
        over.add(chat.id());
      }
    }
    return over;
  }

  private boolean isOpen(String hub, String handoffId) {
    Handoff handoff =
        journal.find(conversationOf(handoffId)).map(Conversation::handoff).orElse(null);
    return handoff != null
        && handoffId.equals(handoff.id())
        && handoff.isOpen()
        && (handoff.hub() == null || handoff.hub().equals(hub));
  }

  /** The conversation of a handoff. */
  public static String conversationOf(String handoffId) {
    int colon = handoffId.lastIndexOf(':');
    return colon < 0 ? handoffId : handoffId.substring(0, colon);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> data(Map<String, Object> body) {
    return (Map<String, Object>) body.getOrDefault("data", Map.of());
  }

  private static String kind(String hub) {
    return "omnichannel-chat:" + hub;
  }

  private static String write(Map<String, Object> data, Instant endedAt) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("data", data);
    body.put("endedAt", endedAt == null ? null : endedAt.toString());
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Maps of texts can always be written", e);
    }
  }

  private static Map<String, Object> read(String body) {
    try {
      return JSON.readValue(body, OBJECT);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A chat that was written here cannot be read", e);
    }
  }
}
