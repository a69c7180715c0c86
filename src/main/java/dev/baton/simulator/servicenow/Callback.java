package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonObject;

/**
 * A callback that was sent.
 *
 * @param status of the receiver's answer; 0 when there was none
 */
public record Callback(String url, int status, String text) {

  /** The body as JSON. */
  public JsonObject body() {
    return new JsonObject(text);
  }
}
