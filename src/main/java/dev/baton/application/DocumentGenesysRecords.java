package dev.baton.application;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.hub.genesys.GenesysRecord;
import dev.baton.hub.genesys.GenesysRecordStore;
import dev.baton.journal.DocumentStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps what is known of open conversations at Genesys Cloud in the store. */
final class DocumentGenesysRecords implements GenesysRecordStore {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KIND = "genesys-conversation";

  private final DocumentStore documents;

  DocumentGenesysRecords(DocumentStore documents) {
    this.documents = documents;
  }

  @Override
  public void put(GenesysRecord entry) {
    ObjectNode json = JSON.createObjectNode();
    json.put("hub", entry.hub()).put("from", entry.from()).put("at", entry.at().toString());
    json.put("conversation", entry.conversation()).put("genesysId", entry.genesysId());
    documents.put(KIND, entry.id(), entry.conversation(), json.toString()).join();
  }

  @Override
  public void remove(GenesysRecord entry) {
    documents.delete(KIND, entry.id()).join();
  }

  @Override
  public Optional<GenesysRecord> find(String hub, String from) {
    return documents.get(KIND, hub + "/" + from).map(DocumentGenesysRecords::read);
  }

  @Override
  public List<GenesysRecord> all() {
    return documents.list(KIND).stream().map(document -> read(document.body())).toList();
  }

  private static GenesysRecord read(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return new GenesysRecord(
          json.path("hub").asText(),
          json.path("from").asText(),
          json.path("conversation").asText(),
          Instant.parse(json.path("at").asText()),
          json.hasNonNull("genesysId") ? json.get("genesysId").asText() : null);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of Genesys Cloud cannot be read", e);
    }
  }
}
