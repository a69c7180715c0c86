package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonObject;

/** Where a conversation's output goes: to the callback, or to a custom adapter's sender. */
interface Outbound {
  void send(VaChat chat, JsonObject envelope);
}
