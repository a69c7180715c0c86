package dev.baton.simulator.omnichannel;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One conversation in the simulated Omnichannel. */
public final class OmnichannelConversation {
  /** How far it got. */
  public enum State {
    OPEN,
    ACTIVE,
    WAITING,
    CLOSED
  }

  private final String id = UUID.randomUUID().toString();
  private final String customerId;
  private final JsonObject request;
  private final List<JsonObject> received = new ArrayList<>();
  private final List<JsonObject> said = new ArrayList<>();
  private final List<JsonObject> lines = new ArrayList<>();
  private State state = State.OPEN;
  private final Runnable changed;
  private String agent;

  /**
   * @param customerId or null
   * @param changed told of everything that happens in it
   */
  OmnichannelConversation(String customerId, JsonObject request, Runnable changed) {
    this.customerId = customerId;
    this.request = request;
    this.changed = changed;
  }

  public String id() {
    return id;
  }

  /** What the conversation belongs to, or null. */
  public String customerId() {
    return customerId;
  }

  /** The request that created it. */
  public JsonObject request() {
    return request;
  }

  /** The handoff that it was opened for. */
  public String handoffId() {
    return request.getString("conversationrequestid");
  }

  /** Text that the representative got at the start, or an empty one. */
  public String startMessage() {
    return request.getJsonObject("startmessage", new JsonObject()).getString("message", "");
  }

  public synchronized State state() {
    return state;
  }

  void state(State next) {
    synchronized (this) {
      state = next;
    }
    changed.run();
  }

  public synchronized String agent() {
    return agent;
  }

  synchronized void agent(String name) {
    agent = name;
  }

  /** A message of the customer brings a waiting conversation back into the queue. */
  void receive(JsonObject activity) {
    synchronized (this) {
      received.add(activity);
      lines.add(new JsonObject().put("by", "customer").put("activity", activity));
      if (state == State.WAITING && "message".equals(activity.getString("type"))) {
        state = State.OPEN;
      }
    }
    changed.run();
  }

  void say(JsonObject activity) {
    synchronized (this) {
      said.add(activity);
      lines.add(new JsonObject().put("by", "us").put("activity", activity));
    }
    changed.run();
  }

  /** Both sides' activities in the order in which they came: {@code by} and {@code activity}. */
  synchronized List<JsonObject> lines() {
    return List.copyOf(lines);
  }

  /** Every activity that came from the customer's side, in order. */
  public synchronized List<JsonObject> received() {
    return List.copyOf(received);
  }

  /** What was sent to the webhook, in order. */
  public synchronized List<JsonObject> said() {
    return List.copyOf(said);
  }

  /** Texts of the customer, in order. */
  public List<String> texts() {
    return received().stream()
        .filter(activity -> "message".equals(activity.getString("type")))
        .map(activity -> activity.getString("text", ""))
        .toList();
  }

  /** How often the customer's side ended it. */
  public int ends() {
    return (int)
        received().stream()
            .filter(activity -> "endOfConversation".equals(activity.getString("type")))
            .count();
  }

  synchronized boolean isActive() {
    return state != State.CLOSED;
  }
}
