package dev.baton.directline.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the conversations that a Direct Line service serves: the journal for real canvases, memory
 * in the simulator. Methods may be called on an event loop and therefore never block. They fail
 * with {@link DirectLineException}.
 */
public interface DirectLineBackend {

  /** The bot whose secret this is, compared in constant time; empty when it is nobody's. */
  Optional<String> botOfSecret(String secret);

  /**
   * Starts a conversation under an id that the service has chosen.
   *
   * @param userId the customer's id, never null
   * @param userName or null
   * @param locale BCP 47, or null
   * @return true when it is new, false when it was there already
   */
  Future<Boolean> start(
      String conversation, String bot, String userId, String userName, String locale);

  /** Whether the conversation exists and belongs to the bot. */
  Future<Boolean> exists(String conversation, String bot);

  /**
   * Accepts an activity from the customer. Durable when the future completes.
   *
   * @return the id under which the activity stands in the stream; the same again for a repeat with
   *     the same {@code channelData.clientActivityID}; null for activities that are not kept
   *     (typing)
   */
  Future<String> post(String conversation, ObjectNode activity);

  /**
   * Activities of the stream whose number is greater than {@code after}, oldest first; -1 gives
   * all. The number is the place in the stream, from 0, without gaps.
   */
  Future<List<ObjectNode>> read(String conversation, long after, int limit);

  /** Tells the listener of what comes from now on, until the returned handle is closed. */
  AutoCloseable listen(String conversation, Listener listener);

  interface Listener {
    /** New activities stand in the stream from number {@code first} on. */
    void activities(long first, List<ObjectNode> activities);

    /** An activity that is shown but not kept, such as typing. */
    void signal(ObjectNode activity);
  }
}
