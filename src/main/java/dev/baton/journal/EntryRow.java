package dev.baton.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Event;
import dev.baton.conversation.Lane;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;

/**
 * A row of the table {@code entry}. What the event's row holds already, such as a long transcript,
 * is not stored a second time.
 *
 * @param streamNo place in the customer's stream, or null in other lanes
 * @param dueAt not to be tried before, or null
 * @param firstAt first attempt since it was appended or replayed, or null
 */
record EntryRow(
    StoredEntry entry, Long streamNo, long eventId, int part, Instant dueAt, Instant firstAt) {

  private static final int WHOLE = 0;
  private static final int EVENTS_ACTIVITY = 1;
  private static final int HOLDS_EVENTS_ACTIVITY = 2;

  private static final String ACTIVITY = "activity";

  /** What every query of entries selects from; {@link #read} reads it. */
  static final String SELECT =
      "select e.conversation, e.id, e.lane, e.operation, e.part, e.body, e.status, e.attempts,"
          + " e.due_at, e.first_at, e.remote_id, e.cause, e.at, e.event_id, e.stream_no,"
          + " v.body as event_body"
          + " from entry e left join event v"
          + " on e.part > 0 and v.id = e.event_id ";

  static EntryRow of(StoredEntry entry, Long streamNo, long eventId, ObjectNode eventsActivity) {
    return new EntryRow(entry, streamNo, eventId, part(entry, eventsActivity), null, null);
  }

  private static int part(StoredEntry entry, ObjectNode eventsActivity) {
    if (eventsActivity == null || entry.lane() == Lane.CUSTOMER) {
      return WHOLE; // the customer's stream is read most: no detour there
    }
    if (eventsActivity.equals(entry.body())) {
      return EVENTS_ACTIVITY;
    }
    return eventsActivity.equals(entry.body().get(ACTIVITY)) ? HOLDS_EVENTS_ACTIVITY : WHOLE;
  }

  static ObjectNode activityOf(Event event) {
    if (event instanceof Event.CustomerSaid said) {
      return said.activity();
    } else if (event instanceof Event.CustomerLeft left) {
      return left.activity();
    } else if (event instanceof Event.BotSaid said) {
      return said.activity();
    } else if (event instanceof Event.BotEnded ended) {
      return ended.activity();
    } else if (event instanceof Event.HandoffRequested requested) {
      return requested.activity();
    }
    return null;
  }

  /** The text of the column {@code body}. */
  String bodyColumn() {
    return switch (part) {
      case EVENTS_ACTIVITY -> null;
      case HOLDS_EVENTS_ACTIVITY -> {
        ObjectNode rest = Json.MAPPER.createObjectNode();
        rest.setAll(entry.body());
        rest.remove(ACTIVITY);
        yield rest.toString();
      }
      default -> entry.body().toString();
    };
  }

  static EntryRow read(ResultSet row) throws SQLException {
    int part = row.getInt("part");
    StoredEntry entry =
        new StoredEntry(
            row.getString("conversation"),
            row.getLong("id"),
            Lane.valueOf(row.getString("lane").toUpperCase(Locale.ROOT)),
            row.getString("operation"),
            body(part, row.getString("body"), row.getString("event_body")),
            StoredEntry.Status.valueOf(row.getString("status")),
            row.getInt("attempts"),
            row.getString("remote_id"),
            row.getString("cause"),
            Instant.ofEpochMilli(row.getLong("at")));
    long streamNo = row.getLong("stream_no");
    return new EntryRow(
        entry,
        row.wasNull() ? null : streamNo,
        row.getLong("event_id"),
        part,
        instant(row, "due_at"),
        instant(row, "first_at"));
  }

  private static ObjectNode body(int part, String body, String event) {
    if (part == WHOLE) {
      return Json.read(body, ObjectNode.class);
    }
    JsonNode activity = Json.read(event, ObjectNode.class).get(ACTIVITY);
    if (part == EVENTS_ACTIVITY) {
      return (ObjectNode) activity;
    }
    ObjectNode whole = Json.read(body, ObjectNode.class);
    whole.set(ACTIVITY, activity);
    return whole;
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
