package dev.baton.channel.genesys;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is kept of one session beside its conversation.
 *
 * @param bot configured name of the bot
 * @param session id of the session in Genesys
 * @param botId as Genesys named it in the last call
 * @param botVersion likewise
 * @param language likewise
 * @param cursor number of the last activity of the customer's stream that Genesys has got
 * @param turns how many answers were given; numbers the intents of answers that are not final
 * @param expiresAt when the session ends if nobody calls, milliseconds of the epoch
 * @param closed whether the last answer was final
 * @param parameters session variables that the bot was told last
 * @param posts ids that the customer's last activities have at the bot
 * @param lastKey what identifies the last call, or null
 * @param lastAnswer what it was answered
 * @param pending a turn that is to follow by a call of Baton's, or null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record GenesysSession(
    String bot,
    String session,
    String botId,
    String botVersion,
    String language,
    long cursor,
    long turns,
    long expiresAt,
    boolean closed,
    Map<String, String> parameters,
    List<String> posts,
    String lastKey,
    ObjectNode lastAnswer,
    Pending pending) {

  /**
   * A turn that was accepted and is not answered yet.
   *
   * @param activity id of the customer's activity in the stream, or null
   * @param until end of the budget, milliseconds of the epoch
   */
  record Pending(String activity, long until) {}

  GenesysSession {
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    posts = posts == null ? List.of() : List.copyOf(posts);
  }

  private static final int POSTS = 8;

  /** A session in which nothing was said yet. */
  static GenesysSession start(
      String bot,
      String session,
      String botId,
      String botVersion,
      String language,
      long cursor,
      long expiresAt) {
    return new GenesysSession(
        bot,
        session,
        botId,
        botVersion,
        language,
        cursor,
        0,
        expiresAt,
        false,
        Map.of(),
        List.of(),
        null,
        null,
        null);
  }

  /** A turn was accepted and will follow. */
  GenesysSession waiting(Pending turn, Map<String, String> told, String key, long until) {
    return new GenesysSession(
        bot,
        session,
        botId,
        botVersion,
        language,
        cursor,
        turns,
        until,
        false,
        told,
        posts,
        key,
        null,
        turn);
  }

  /** The turn that was to follow could not be sent. */
  GenesysSession abandoned() {
    return new GenesysSession(
        bot,
        session,
        botId,
        botVersion,
        language,
        cursor,
        turns,
        expiresAt,
        closed,
        parameters,
        posts,
        lastKey,
        lastAnswer,
        null);
  }

  /**
   * Genesys has got an answer.
   *
   * @param upTo number of the last activity in it
   * @param post id of the customer's activity at the bot, or null
   */
  GenesysSession answered(
      long upTo,
      String post,
      Map<String, String> told,
      String key,
      ObjectNode answer,
      boolean last,
      long until) {
    List<String> known = new ArrayList<>(posts);
    if (post != null) {
      known.add(post);
    }
    List<String> newest = known.subList(Math.max(0, known.size() - POSTS), known.size());
    return new GenesysSession(
        bot,
        session,
        botId,
        botVersion,
        language,
        upTo,
        turns + 1,
        until,
        last,
        told.isEmpty() ? parameters : told,
        newest,
        key,
        answer,
        null);
  }
}
