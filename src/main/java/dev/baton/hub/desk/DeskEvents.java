package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;

/** Where the desk tells what happens at it, in the neutral form of the hub contract. */
@FunctionalInterface
public interface DeskEvents {

  /**
   * Raises an event. Never blocks.
   *
   * @param hub configured name of the hub
   * @param event the neutral event with its {@code eventId}
   * @return completes once the event is durable; fails when it could not be recorded
   */
  CompletableFuture<Outcome> raise(String hub, ObjectNode event);

  /**
   * What became of an event.
   *
   * @param recorded whether the conversation's journal holds it; never so for typing
   * @param duplicate whether it was a repeat and nothing was done
   * @param activity id of the customer's activity that it made, or null when it made none
   */
  record Outcome(boolean recorded, boolean duplicate, String activity) {}
}
