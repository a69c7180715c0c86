package dev.baton.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Lane;
import java.time.Instant;

/**
 * A lane entry as the store keeps it.
 *
 * @param conversation the conversation's id
 * @param seq position in the conversation over all lanes; {@code conversation + ":" + seq} is the
 *     stable delivery id
 * @param lane destination
 * @param operation see {@link dev.baton.conversation.Entry}
 * @param body see {@link dev.baton.conversation.Entry}
 * @param status how far its delivery is
 * @param attempts deliveries tried so far
 * @param remoteId the receiver's own id of it, once known, or null
 * @param cause why the last attempt failed, or null
 * @param at when it was appended
 */
public record StoredEntry(
    String conversation,
    long seq,
    Lane lane,
    String operation,
    ObjectNode body,
    Status status,
    int attempts,
    String remoteId,
    String cause,
    Instant at) {

  public enum Status {
    /** Waits for delivery. */
    PENDING,
    /** Delivered, or kept for a customer who fetches it. */
    DONE,
    /** Given up; see {@link StoredEntry#cause()}. */
    DEAD,
    /** Withdrawn: no longer to be delivered there. */
    DROPPED
  }

  /** Stable id of the delivery, the same at every attempt; receivers drop repeats by it. */
  public String deliveryId() {
    return conversation + ":" + seq;
  }
}
