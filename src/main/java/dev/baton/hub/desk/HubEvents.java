package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;

/** Where a hub tells what happens in it, in the neutral form of the hub contract. */
@FunctionalInterface
public interface HubEvents {

  /**
   * Raises an event. Never blocks.
   *
   * @param hub configured name of the hub
   * @param event the neutral event with its {@code eventId}
   * @return completes once the event is durable, with true when it was a repeat and nothing was
   *     done; fails when it could not be recorded
   */
  CompletableFuture<Boolean> raise(String hub, ObjectNode event);
}
