package dev.baton.simulator.omnichannel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One chat of an Omnichannel behind Direct Line, as its side sees it. */
public final class DirectLineChat {
  private static final int LARGEST = 28 * 1024;

  private final String id;
  private final List<ObjectNode> received = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private String customerId;
  private boolean closed;

  DirectLineChat(String id) {
    this.id = id;
  }

  /**
   * Why the channel's integration refuses an activity, or null. Source: Microsoft, "Bring your own
   * custom channel" and its sample.
   */
  static String refusal(ObjectNode activity) {
    if (activity.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST) {
      return "An activity has at most 28 KB.";
    }
    if (!activity.path("type").asText().equals("message")) {
      return null;
    }
    JsonNode data = activity.path("channelData");
    if (data.path("channeltype").asText().isEmpty()) {
      return "channelData.channeltype is missing.";
    }
    for (String name : List.of("conversationcontext", "customercontext")) {
      JsonNode context = data.path(name);
      if (!context.isObject() && !context.isMissingNode()) {
        return "channelData." + name + " must be an object.";
      }
      for (JsonNode value : context) {
        if (!value.isTextual()) {
          return "Values of channelData." + name + " must be texts.";
        }
      }
    }
    return null;
  }

  /**
   * @return whether it is the first message
   */
  synchronized boolean receive(ObjectNode activity) {
    boolean isMessage = activity.path("type").asText().equals("message");
    boolean isFirst = isMessage && texts().isEmpty();
    received.add(activity.deepCopy());
    if (customerId == null) {
      customerId = activity.path("from").path("id").asText(null);
    }
    closed = activity.path("type").asText().equals("endOfConversation");
    return isFirst;
  }

  synchronized void refuse(String why) {
    refusals.add(why);
  }

  /** Id of the Direct Line conversation. */
  public String id() {
    return id;
  }

  /** Who the messages come from; null before the first. */
  public synchronized String customerId() {
    return customerId;
  }

  /** What the customer's side sent, in order, typing included. */
  public synchronized List<ObjectNode> received() {
    return List.copyOf(received);
  }

  /** What was refused, and why. */
  public synchronized List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Texts of the customer's side, in order. */
  public synchronized List<String> texts() {
    return received.stream()
        .filter(activity -> activity.path("type").asText().equals("message"))
        .map(activity -> activity.path("text").asText())
        .toList();
  }

  /** Context that came with the first message; a missing node before. */
  public synchronized JsonNode context() {
    return received.stream()
        .map(activity -> activity.path("channelData").path("conversationcontext"))
        .filter(JsonNode::isObject)
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  /** Whether the customer's side has ended it. */
  public synchronized boolean isClosed() {
    return closed;
  }
}
