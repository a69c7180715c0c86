package dev.baton.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.journal.DocumentStore;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a channel has learned about a bot, for commands to work with. Never about a customer. */
public final class ChannelNotes {
  private static final String KIND = "channel-note";

  private final DocumentStore documents;

  public ChannelNotes(DocumentStore documents) {
    this.documents = documents;
  }

  /** The note, as JSON. Reads from disk. */
  public Optional<String> get(String channel, String bot) {
    return documents.get(KIND, channel + "/" + bot);
  }

  /** Replaces the note; durable when it completes. */
  public CompletableFuture<Void> put(String channel, String bot, JsonNode note) {
    return documents.put(KIND, channel + "/" + bot, note.toString());
  }
}
