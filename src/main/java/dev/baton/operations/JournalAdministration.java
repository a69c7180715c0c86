package dev.baton.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Event;
import dev.baton.conversation.Owner;
import dev.baton.journal.Journal;
import dev.baton.journal.NotReplayableException;
import dev.baton.journal.SqlJournal;
import dev.baton.journal.StoredEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Administration by the journal in this process. */
public final class JournalAdministration implements Administration {
  private static final int ALL = 100_000;
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(
              new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance));

  private final Journal journal;
  private final ChannelNotes notes;
  private final Runnable drain;
  private final Runnable close;

  /**
   * @param drain stops taking new conversations
   * @param close called by {@link #close()}
   */
  public JournalAdministration(Journal journal, Runnable drain, Runnable close) {
    this.journal = journal;
    this.notes = journal instanceof SqlJournal sql ? new ChannelNotes(sql.documents()) : null;
    this.drain = drain;
    this.close = close;
  }

  @Override
  public List<JsonNode> conversations(String state, int limit) {
    Owner owner = state == null || state.isBlank() ? null : owner(state);
    return journal.list(null, null, owner, null, limit).stream().map(this::summary).toList();
  }

  @Override
  public Optional<JsonNode> conversation(String id) {
    return journal
        .find(id)
        .map(
            conversation -> {
              ObjectNode shown = JSON.valueToTree(conversation);
              ArrayNode entries = shown.putArray("entries");
              journal.entries(id).forEach(entry -> entries.add(entry(entry)));
              return shown;
            });
  }

  @Override
  public boolean end(String conversation, String reason) {
    Optional<Conversation> found = journal.find(conversation);
    if (found.isEmpty() || found.get().owner() == Owner.ENDED) {
      return false;
    }
    try {
      journal
          .append(conversation, null, new Event.AdministratorEnded(reason))
          .orTimeout(30, TimeUnit.SECONDS)
          .join();
      return true;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public List<JsonNode> deadLetters(String conversation, int limit) {
    return journal.deadLetters(conversation, limit).stream()
        .map(JournalAdministration::entry)
        .map(entry -> entry.<JsonNode>without("body"))
        .toList();
  }

  @Override
  public Optional<JsonNode> deadLetter(String conversation, long seq) {
    return journal.deadLetters(conversation, ALL).stream()
        .filter(entry -> entry.seq() == seq)
        .map(entry -> (JsonNode) entry(entry))
        .findFirst();
  }

  @Override
  public boolean replay(String conversation, long seq) {
    try {
      return journal.replay(conversation, seq);
    } catch (NotReplayableException e) {
      throw new AdministrationException("BTN-4026", e.getMessage());
    }
  }

  @Override
  public boolean drop(String conversation, long seq) {
    return journal.drop(conversation, seq);
  }

  @Override
  public List<String> export(String user) {
    return journal.export(user);
  }

  @Override
  public int erase(String user) {
    return journal.erase(user);
  }

  @Override
  public Optional<JsonNode> channelNote(String channel, String bot) {
    return notes == null
        ? Optional.empty()
        : notes.get(channel, bot).map(JournalAdministration::json);
  }

  @Override
  public void putChannelNote(String channel, String bot, JsonNode note) {
    if (notes == null) {
      throw new UnsupportedOperationException("Only a store keeps notes");
    }
    notes.put(channel, bot, note).orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A channel's note cannot be read", e);
    }
  }

  @Override
  public void drain() {
    drain.run();
  }

  @Override
  public void close() {
    close.run();
  }

  private static Owner owner(String state) {
    try {
      return Owner.valueOf(state.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "There is no state '" + state + "'; states are bot, pending, agent, ended", e);
    }
  }

  private JsonNode summary(Conversation conversation) {
    ObjectNode shown = JSON.createObjectNode();
    shown.put("id", conversation.id());
    shown.put("state", conversation.owner().name().toLowerCase(Locale.ROOT));
    shown.put("bot", conversation.bot());
    shown.put("channel", conversation.channel());
    shown.put("hub", conversation.handoff() == null ? null : conversation.handoff().hub());
    shown.set("startedAt", JSON.valueToTree(conversation.startedAt()));
    shown.set("updatedAt", JSON.valueToTree(conversation.updatedAt()));
    return shown;
  }

  private static ObjectNode entry(StoredEntry entry) {
    ObjectNode shown = JSON.createObjectNode();
    shown.put("conversation", entry.conversation());
    shown.put("seq", entry.seq());
    shown.put("lane", entry.lane().id());
    shown.put("operation", entry.operation());
    shown.put("status", entry.status().name().toLowerCase(Locale.ROOT));
    shown.put("attempts", entry.attempts());
    shown.put("cause", entry.cause());
    shown.set("at", JSON.valueToTree(entry.at()));
    shown.set("body", entry.body());
    return shown;
  }
}
