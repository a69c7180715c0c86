package dev.baton.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What an administrator can do with conversations. Answers are JSON, because they go to a terminal,
 * over HTTP or over JMX. May read from disk: never call it on an event loop.
 */
public interface Administration extends AutoCloseable {

  /**
   * Conversations, latest update first.
   *
   * @param state {@code bot}, {@code pending}, {@code agent}, {@code ended}, or null for all
   */
  List<JsonNode> conversations(String state, int limit);

  /** The state and all entries of one conversation. */
  Optional<JsonNode> conversation(String id);

  /** Ends a conversation at both ends. @return false when there is none such, or it has ended */
  boolean end(String conversation, String reason);

  /** Deliveries given up, oldest first. {@code conversation} may be null for all. */
  List<JsonNode> deadLetters(String conversation, int limit);

  /** One of them, with its body. */
  Optional<JsonNode> deadLetter(String conversation, long seq);

  /** Puts it back at its place in its lane. @return false when there is none such */
  boolean replay(String conversation, long seq);

  /** Drops it for good. @return false when there is none such */
  boolean drop(String conversation, long seq);

  /** Everything kept about one customer, as JSON lines. */
  List<String> export(String user);

  /** Deletes everything kept about one customer. @return how many conversations */
  int erase(String user);

  /** What a channel has learned about a bot, as JSON; empty when nothing. */
  Optional<JsonNode> channelNote(String channel, String bot);

  /** Replaces it. */
  void putChannelNote(String channel, String bot, JsonNode note);

  /** Stops taking new conversations; those that run go on. */
  void drain();

  @Override
  void close();
}
