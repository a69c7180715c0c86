package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What the organisation's inbound message flow does instead of handing a customer to a queue. */
public final class InboundFlow {
  private InboundFlow() {}

  /**
   * Turns a customer away: the flow sets participant data and disconnects.
   *
   * @param attributes participant data, may be empty
   */
  public static void turnAway(
      GenesysSimulator genesys, GenesysConversation conversation, Map<String, String> attributes) {
    JsonObject data = new JsonObject();
    attributes.forEach(data::put);
    conversation.put(data);
    genesys.registry().end(conversation, DisconnectType.SYSTEM);
  }
}
