package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A message of a simulated conversation.
 *
 * @param id the platform's id, which receipts name
 * @param inbound from the customer, else from an agent or the flow
 * @param by who wrote it, for people
 * @param type {@code Text}, {@code Structured} or {@code Event}
 * @param text may be empty
 * @param content as it came or went; may be empty
 * @param status {@code Sent} until a receipt or the webhook's failure says more
 * @param channelTime {@code channel.time} of the sender
 * @param channelMessageId the sender's id, or null
 */
public record GenesysMessage(
    String id,
    boolean inbound,
    String by,
    String type,
    String text,
    JsonArray content,
    String status,
    Instant at,
    String channelTime,
    String channelMessageId) {

  GenesysMessage status(String newStatus) {
    return new GenesysMessage(
        id, inbound, by, type, text, content, newStatus, at, channelTime, channelMessageId);
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("id", id)
        .put("direction", inbound ? "Inbound" : "Outbound")
        .put("by", by)
        .put("type", type)
        .put("text", text)
        .put("content", content)
        .put("status", status)
        .put("at", at.toString());
  }
}
