package dev.baton.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Conversation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything kept about one customer. Each line is a JSON object whose {@code kind} is {@code
 * conversation}, {@code event}, {@code entry} or {@code document}.
 */
final class Export {
  private final Reads reads;
  private final List<String> lines = new ArrayList<>();

  Export(Reads reads) {
    this.reads = reads;
  }

  List<String> of(String customerId) throws SQLException {
    for (String id : reads.ofCustomer(customerId)) {
      Optional<Conversation> conversation = reads.conversation(id);
      if (conversation.isPresent()) {
        conversation(conversation.get());
      }
    }
    return lines;
  }

  private void conversation(Conversation conversation) throws SQLException {
    String id = conversation.id();
    lines.add(line("conversation", id).set("state", tree(conversation)).toString());
    for (EventRow event : reads.events(id)) {
      lines.add(
          line("event", id)
              .put("id", event.id())
              .put("at", event.at().toString())
              .put("note", event.note())
              .set("event", Json.read(event.body(), JsonNode.class))
              .toString());
    }
    for (StoredEntry entry : reads.entries(id)) {
      lines.add(line("entry", id).setAll((ObjectNode) tree(entry)).toString());
    }
    for (DocumentStore.Document document : reads.documentsOf(id)) {
      lines.add(
          line("document", id)
              .put("id", document.id())
              .set("body", withoutCredentials(document))
              .toString());
    }
  }

  /** Sessions with bots hold tokens, which are nobody's personal data and must not leave. */
  private static JsonNode withoutCredentials(DocumentStore.Document document) {
    JsonNode body = Json.read(document.body(), JsonNode.class);
    if (body instanceof ObjectNode object && object.hasNonNull("token")) {
      object.put("token", "***");
    }
    return body;
  }

  private static ObjectNode line(String kind, String conversation) {
    return Json.MAPPER.createObjectNode().put("kind", kind).put("conversation", conversation);
  }

  private static JsonNode tree(Object value) {
    return Json.MAPPER.valueToTree(value);
  }
}
