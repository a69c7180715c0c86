package dev.baton.application;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.directline.DirectLineSession;
import dev.baton.directline.DirectLineSessionStore;
import dev.baton.journal.DocumentStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps the conversations with bots in the store, so that a restart continues them. */
final class DocumentSessions implements DirectLineSessionStore {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final DocumentStore documents;

  DocumentSessions(DocumentStore documents) {
    this.documents = documents;
  }

  @Override
  public Collection<DirectLineSession> load(String bot) throws Exception {
    List<DirectLineSession> sessions = new ArrayList<>();
    for (DocumentStore.Document document : documents.list(kind(bot))) {
      sessions.add(read(bot, document));
    }
    return sessions;
  }

  @Override
  public DirectLineSession find(String bot, String key) throws Exception {
    Optional<String> body = documents.get(kind(bot), key);
    return body.isEmpty() ? null : read(bot, new DocumentStore.Document(key, key, body.get()));
  }

  @Override
  public void save(DirectLineSession session) throws Exception {
    documents.put(kind(session.bot()), session.key(), session.key(), write(session)).get();
  }

  @Override
  public void delete(String bot, String key) throws Exception {
    documents.delete(kind(bot), key).get();
  }

  private static String kind(String bot) {
    return "directline:" + bot;
  }

  private static String write(DirectLineSession session) throws JsonProcessingException {
    ObjectNode json = JSON.createObjectNode();
    json.put("url", session.url()).put("conversationId", session.conversationId());
    json.put("token", session.token()).put("tokenExpiresAt", text(session.tokenExpiresAt()));
    json.put("watermark", session.watermark());
    json.put("userId", session.userId()).put("userName", session.userName());
    json.put("locale", session.locale());
    json.put("started", session.started()).put("greeted", session.greeted());
    json.put("endedAt", text(session.endedAt()));
    return JSON.writeValueAsString(json);
  }

  private static DirectLineSession read(String bot, DocumentStore.Document document)
      throws JsonProcessingException {
    JsonNode json = JSON.readTree(document.body());
    return new DirectLineSession(
        bot,
        document.id(),
        text(json, "url"),
        text(json, "conversationId"),
        text(json, "token"),
        instant(text(json, "tokenExpiresAt")),
        text(json, "watermark"),
        text(json, "userId"),
        text(json, "userName"),
        text(json, "locale"),
        json.path("started").asBoolean(),
        json.path("greeted").asBoolean(),
        instant(text(json, "endedAt")));
  }

  private static String text(Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static String text(JsonNode json, String name) {
    return json.hasNonNull(name) ? json.get(name).asText() : null;
  }

  private static Instant instant(String text) {
    return text == null ? null : Instant.parse(text);
  }
}
