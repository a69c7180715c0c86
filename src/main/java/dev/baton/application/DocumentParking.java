package dev.baton.application;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.hub.ParkedHubEvent;
import dev.baton.hub.ParkedHubEventStore;
import dev.baton.journal.DocumentStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Keeps hub events that came before their conversation in the store. */
final class DocumentParking implements ParkedHubEventStore {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KIND = "parked-hub-event";
  private final DocumentStore documents;

  DocumentParking(DocumentStore documents) {
    this.documents = documents;
  }

  @Override
  public void add(ParkedHubEvent event) {
    ObjectNode json = JSON.createObjectNode();
    json.put("hub", event.hub()).put("handoffId", event.handoffId());
    json.put("hubConversationId", event.hubConversationId());
    json.put("json", event.json()).put("until", event.until().toString());
    documents.put(KIND, event.id(), json.toString()).join();
  }

  @Override
  public void remove(ParkedHubEvent event) {
    documents.delete(KIND, event.id()).join();
  }

  @Override
  public List<ParkedHubEvent> load() {
    return documents.list(KIND).stream()
        .map(DocumentParking::read)
        .sorted(Comparator.comparing(ParkedHubEvent::id))
        .toList();
  }

  private static ParkedHubEvent read(DocumentStore.Document document) {
    try {
      JsonNode json = JSON.readTree(document.body());
      return new ParkedHubEvent(
          document.id(),
          json.path("hub").asText(),
          text(json, "handoffId"),
          text(json, "hubConversationId"),
          json.path("json").asText(),
          Instant.parse(json.path("until").asText()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A parked event cannot be read: " + document.id(), e);
    }
  }

  private static String text(JsonNode json, String name) {
    return json.hasNonNull(name) ? json.get(name).asText() : null;
  }
}
