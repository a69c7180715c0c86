package dev.baton.hub.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds a session's interaction: by its id when a callback told it, else by exact look-ups from the
 * {@code clientSessionId}. Never the newest one, which may be another customer's. Source: tables
 * {@code sys_cs_conversation}, {@code interaction}.
 */
final class Interactions {
  private static final String FIELDS =
      "sys_id,number,state,state_reason,active,assigned_to,queue,channel_metadata_document";

  /** An interaction as far as Baton needs it. */
  record Interaction(
      String id,
      String state,
      String reason,
      boolean active,
      String agentId,
      String agentName,
      String queue) {

    boolean closed() {
      return !active || state.toLowerCase(Locale.ROOT).startsWith("closed");
    }
  }

  /**
   * What a look-up gave.
   *
   * @param known whether the tables could be read; if not, an absent interaction means nothing
   */
  record Found(boolean known, Optional<Interaction> interaction, String detail) {}

  private final TableClient tables;

  Interactions(TableClient tables) {
    this.tables = tables;
  }

  /** Blocks. @throws IOException when the instance does not answer */
  Found find(ServiceNowConfig config, Session session) throws IOException {
    if (session.interactionId != null) {
      return interaction(config, "sys_id", session.interactionId);
    }
    TableClient.Answer conversations =
        tables.read(
            config,
            TableQuery.one("sys_cs_conversation", "session.device_id", session.id, "sys_id"),
            row -> matches(row, "session.device_id", session.id));
    if (!conversations.isRead()) {
      return new Found(false, Optional.empty(), conversations.detail());
    }
    // Two would mean that the query was not understood after all.
    if (conversations.rows().size() != 1) {
      return new Found(conversations.rows().isEmpty(), Optional.empty(), null);
    }
    String id = TableClient.text(conversations.rows().get(0), "sys_id");
    return interaction(config, "channel_metadata_document", id);
  }

  private Found interaction(ServiceNowConfig config, String field, String value)
      throws IOException {
    TableClient.Answer answer =
        tables.read(
            config,
            TableQuery.one("interaction", field, value, FIELDS).displayed(),
            row -> matches(row, field, value));
    if (!answer.isRead()) {
      return new Found(false, Optional.empty(), answer.detail());
    }
    return new Found(true, answer.first().map(Interactions::read), null);
  }

  private static boolean matches(JsonNode row, String field, String value) {
    return TableClient.text(row, field).equals(value);
  }

  private static Interaction read(JsonNode row) {
    return new Interaction(
        TableClient.text(row, "sys_id"),
        TableClient.text(row, "state"),
        TableClient.text(row, "state_reason"),
        !"false".equalsIgnoreCase(TableClient.text(row, "active")),
        TableClient.text(row, "assigned_to"),
        name(TableClient.text(row, "assigned_to"), TableClient.shown(row, "assigned_to")),
        TableClient.text(row, "queue"));
  }

  private static String name(String id, String shown) {
    return shown.isBlank() || shown.equals(id) ? null : shown;
  }

  /** The name of a user; empty when it cannot be read. */
  Optional<String> nameOf(ServiceNowConfig config, String user) throws IOException {
    TableClient.Answer answer =
        tables.read(
            config,
            TableQuery.one("sys_user", "sys_id", user, "name"),
            row -> matches(row, "sys_id", user));
    return answer.first().map(row -> TableClient.text(row, "name")).filter(name -> !name.isBlank());
  }
}
