package dev.baton.simulator.http;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One conversation in the simulated hub, as its agent sees it. */
public final class HubChat {
  private final String id;
  private final JsonObject handoff;
  private final List<JsonObject> messages = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> ends = new ArrayList<>();
  private int repeats;
  private int typing;

  HubChat(String id, JsonObject handoff) {
    this.id = id;
    this.handoff = handoff;
  }

  /** The hub's id of it. */
  public String id() {
    return id;
  }

  /** The body of {@code open}. */
  public JsonObject handoff() {
    return handoff;
  }

  public String handoffId() {
    return handoff.getString("handoffId");
  }

  public String callbackUrl() {
    return handoff.getString("callbackUrl");
  }

  /** What the customer wrote, in order of arrival, repeats left out. */
  public synchronized List<JsonObject> messages() {
    return List.copyOf(messages);
  }

  /** The texts of {@link #messages}. */
  public List<String> texts() {
    return messages().stream().map(message -> message.getString("text")).toList();
  }

  /** How often a message came again. */
  public synchronized int repeats() {
    return repeats;
  }

  /** How often the customer was seen typing. */
  public synchronized int typing() {
    return typing;
  }

  /** The reason of every end that was asked for. */
  public synchronized List<String> ends() {
    return List.copyOf(ends);
  }

  public synchronized boolean ended() {
    return !ends.isEmpty();
  }

  /**
   * @return false when the message was there already
   */
  synchronized boolean add(JsonObject message) {
    String messageId = message.getString("id");
    if (messageId != null && !seen.add(messageId)) {
      repeats++;
      return false;
    }
    messages.add(message);
    return true;
  }

  synchronized void addTyping() {
    typing++;
  }

  synchronized void end(String reason) {
    ends.add(reason == null ? "" : reason);
  }
}
