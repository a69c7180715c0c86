package dev.baton.journal;

import java.util.concurrent.CompletionStage;

/** Brings the entries of a lane to their destination. */
@FunctionalInterface
public interface LaneHandler {
  /**
   * Delivers one entry; at most one of a conversation is under way at any time. Called on a worker
   * thread, may complete on any.
   *
   * @param entry {@link StoredEntry#attempts()} counts the attempts before this one, also one that
   *     a crash may have cut off
   * @return completes with the receiver's own id of it, or null; when it fails, the lane tries
   *     again, see {@link DeliveryException}
   */
  CompletionStage<String> deliver(StoredEntry entry);
}
