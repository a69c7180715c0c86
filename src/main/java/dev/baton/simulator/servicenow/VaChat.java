package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One conversation in the instance. Read-only for others; what they read are copies. */
public final class VaChat {

  /** Where a conversation stands. */
  public enum State {
    /** Made by {@code CREATE_CONVERSATION}, not started. */
    CREATED,
    /** The virtual agent has it. */
    BOT,
    /** Handed to Agent Chat, no agent yet. */
    QUEUED,
    /** An agent has it. */
    CONNECTED,
    /** The agent has ended it, the customer is asked how it was. */
    SURVEY,
    ENDED
  }

  /**
   * Something that was said.
   *
   * @param from {@code user}, {@code bot}, {@code agent} or {@code system}
   * @param id {@code messageId} of what ServiceNow said, {@code clientMessageId} of what the
   *     customer said; null when there was none
   */
  public record Line(String from, String name, String text, String id, long at) {}

  final String userId;
  final String application;
  volatile String clientSessionId;
  volatile String emailId;
  volatile String openedFor = "";
  volatile String conversationId;
  volatile String interactionId;
  volatile String workItemId;
  volatile String queueId = "";
  volatile String agentId = "";
  volatile String language;
  volatile String lastRequestId;
  volatile JsonObject lastMessage;
  volatile JsonObject contextVariables = new JsonObject();
  volatile JsonObject clientVariables;
  volatile JsonArray history = new JsonArray();
  volatile Outbound outbound;
  volatile State state = State.CREATED;
  volatile boolean silent;
  volatile boolean userTyping;
  volatile boolean autopilot;
  volatile int misses;
  volatile String asked = "";
  volatile long timer = -1;
  volatile long waitTimer = -1;
  volatile long queuedAt;
  private final AtomicInteger typings = new AtomicInteger();
  private final List<Line> lines = new ArrayList<>();
  private final List<JsonObject> attachments = new ArrayList<>();
  private final Map<String, String> receipts = new LinkedHashMap<>();

  VaChat(String userId, String application, Outbound outbound) {
    this.userId = userId;
    this.application = application;
    this.outbound = outbound;
  }

  public String userId() {
    return userId;
  }

  public String clientSessionId() {
    return clientSessionId;
  }

  /** The interaction's {@code sys_id}; what agents and the control API name the chat by. */
  public String id() {
    return interactionId;
  }

  public String conversationId() {
    return conversationId;
  }

  public State state() {
    return state;
  }

  /** {@code sys_id} of the agent, empty without one. */
  public String agentId() {
    return agentId;
  }

  /** {@code sys_id} of the queue, empty without one. */
  public String queueId() {
    return queueId;
  }

  /** As the last request that had any told. */
  public JsonObject contextVariables() {
    return contextVariables.copy();
  }

  /** What was sent as {@code history}. */
  public JsonArray history() {
    return history.copy();
  }

  /** Whether the customer is shown as typing. */
  public boolean userTyping() {
    return userTyping;
  }

  /** How often the customer began to type. */
  public int typings() {
    return typings.get();
  }

  /** All that was said, in order. */
  public synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /** What the customer wrote, in order. */
  public synchronized List<String> userTexts() {
    return lines.stream().filter(line -> line.from().equals("user")).map(Line::text).toList();
  }

  /** The customer's files: {@code fileName}, {@code contentType}, {@code url}, {@code size}. */
  public synchronized List<JsonObject> attachments() {
    return attachments.stream().map(JsonObject::copy).toList();
  }

  /** {@code messageId} to what {@code UPDATE_MESSAGES} told of it. */
  public synchronized Map<String, String> receipts() {
    return Map.copyOf(receipts);
  }

  void typed() {
    typings.incrementAndGet();
  }

  synchronized void add(Line line) {
    lines.add(line);
  }

  synchronized void add(JsonObject attachment) {
    attachments.add(attachment);
  }

  synchronized void receipt(String messageId, String status) {
    receipts.put(messageId, status);
  }

  boolean live() {
    return state == State.QUEUED || state == State.CONNECTED;
  }

  boolean open() {
    return state != State.ENDED;
  }
}
