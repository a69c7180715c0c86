package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the flow made of one answer of the bot.
 *
 * @param branch null when the bot wants more data, else the intent's branch or {@code Failure}
 * @param replies what the customer is shown
 * @param slots values of the slots declared for the branch; the only ones a flow can use
 * @param undeclared names that were sent but are not declared
 * @param outputs session variables of the action
 * @param error why it is the Failure branch, null otherwise
 * @param problems what the vendor's models do not allow in the answer; empty is as it should be
 * @param took from the call to the last byte of its answer
 * @param answer as it came; null when there was none that can be read
 */
public record ConnectorTurn(
    String branch,
    List<JsonObject> replies,
    Map<String, Object> slots,
    List<String> undeclared,
    Map<String, String> outputs,
    String error,
    List<String> problems,
    Duration took,
    JsonObject answer) {

  /** The branch for everything that goes wrong. */
  public static final String FAILURE = "Failure";

  /** Whether the customer's next message goes to the bot. */
  public boolean wantsMore() {
    return branch == null;
  }

  /** The texts of the replies, in order; that of a media-only reply is empty. */
  public List<String> texts() {
    return replies.stream().map(reply -> reply.getString("text", "")).toList();
  }

  static ConnectorTurn failed(String error, Duration took) {
    return new ConnectorTurn(
        FAILURE, List.of(), Map.of(), List.of(), Map.of(), error, List.of(), took, null);
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("branch", branch)
        .put("replies", new JsonArray(List.copyOf(replies)))
        .put("slots", new JsonObject(Map.copyOf(slots)))
        .put("undeclared", new JsonArray(undeclared))
        .put("outputs", new JsonObject(Map.copyOf(outputs)))
        .put("error", error)
        .put("problems", new JsonArray(problems))
        .put("tookMillis", took.toMillis())
        .put("answer", answer);
  }
}
