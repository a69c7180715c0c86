package dev.baton.hub.servicenow.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One conversation in the stand-in for ServiceNow: with Virtual Agent, in a queue or with an agent.
 */
final class CustomChat {
  private static final ObjectMapper JSON = new ObjectMapper();

  enum State {
    NEW,
    VIRTUAL_AGENT,
    QUEUED,
    LIVE,
    CLOSED
  }

  /** What was said to agents, or waits in the queue for one. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  /** What the inbound transformer made of answers to Virtual Agent's questions. */
  final List<JsonNode> answers = new CopyOnWriteArrayList<>();

  /** What its contextual actions called. */
  final List<String> actions = new CopyOnWriteArrayList<>();

  /** Whether transformers get the customer's last request. */
  volatile boolean payloadIsHandedOn = true;

  volatile State state = State.NEW;
  volatile JsonNode variables = JSON.createObjectNode();
  volatile JsonNode firstRequest;
  volatile int starts;
  volatile int ends;

  private final CustomChatInstance instance;
  private final String user;
  private volatile String payload = "{}";
  private volatile String question;

  CustomChat(CustomChatInstance instance, String user) {
    this.instance = instance;
    this.user = user;
  }

  String user() {
    return user;
  }

  void request(String json) {
    payload = json;
    if (firstRequest == null) {
      firstRequest = CustomChatInstance.read(json);
    }
  }

  /** What the framework hands to transformers beside a control. */
  String lastRequest() {
    ObjectNode framework = JSON.createObjectNode();
    if (!payloadIsHandedOn) {
      return "{}";
    }
    framework.put("appId", Platform.APPLICATION).put("userId", user);
    framework.set("payload", CustomChatInstance.read(payload));
    return framework.toString();
  }

  /** Context variable of the first request; see the tests' settings. */
  String callbackUrl() {
    return firstRequest.at("/contextVariables/baton_callback").asText();
  }

  void context(JsonNode context) {
    if (!context.path("context_vars").isEmpty()) {
      variables = context.path("context_vars");
    }
  }

  void did(String action) {
    actions.add(action);
    switch (action) {
      case "startConversation" -> start();
      case "switchToLiveAgent" -> queue();
      case "endConversation" -> ended();
      default -> question = null;
    }
  }

  private void start() {
    starts++;
    state = State.VIRTUAL_AGENT;
    emit("{\"actionMsg\":{\"type\":\"StartTypingIndicatorActionMsg\"}}");
    emit(
        "{\"uiType\":\"OutputText\",\"group\":\"DefaultText\",\"label\":\"Hi, I'm your Virtual"
            + " Agent.\"}",
        "{\"actionMsg\":{\"type\":\"EndTypingIndicatorActionMsg\"}}");
    ask(
        "{\"uiType\":\"TopicPicker\",\"group\":\"DefaultPicker\",\"promptMsg\":\"How can I"
            + " help?\",\"label\":\"Topics\",\"options\":[{\"label\":\"Reset"
            + " password\",\"value\":\"t1\",\"enabled\":true}]}");
  }

  private void queue() {
    if (state != State.VIRTUAL_AGENT) {
      return;
    }
    state = State.QUEUED;
    question = null;
    emit(
        "{\"uiType\":\"OutputText\",\"label\":\"Please stand by while I connect you to a live"
            + " agent.\"}",
        "{\"actionMsg\":{\"type\":\"SubscribeToSupportQueue\"}}");
    emit(
        "{\"actionMsg\":{\"type\":\"StartSpinnerActionMsg\",\"spinnerType\":\"wait_time\","
            + "\"message\":\"Waiting for the next agent\",\"waitTime\":\"2 Minutes\"}}");
  }

  private void ended() {
    ends++;
    boolean live = state == State.LIVE;
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    if (live) {
      emit(
          system("You have closed the support session."),
          "{\"actionMsg\":{\"type\":\"SwitchToVirtualAgentActionMsg\"}}");
    } else {
      emit(
          "{\"uiType\":\"OutputText\",\"label\":\"The conversation has ended. If you need help"
              + " again, type hi.\"}");
    }
  }

  void said(JsonNode context) {
    String text = context.path("typed_value").asText();
    JsonNode file = context.path("attachment_value");
    if (state == State.QUEUED || state == State.LIVE) {
      heard.add(file.has("url") ? file.path("url").asText() : text);
    } else if (question != null) {
      JsonNode result =
          CustomChatInstance.read(
                  instance.scripts.action(
                      "actions/inbound-transformer.js",
                      java.util.Map.of(
                          "rich_control", question, "request_context", context.toString())))
              .path("result");
      answers.add(result);
      if (result.has("validation_message")) {
        emit(
            "{\"uiType\":\"OutputText\",\"label\":" + result.path("validation_message") + "}",
            question);
      }
    }
  }

  void accept(String agent) {
    state = State.LIVE;
    emit(
        "{\"actionMsg\":{\"type\":\"EndSpinnerActionMsg\",\"spinnerType\":\"wait_time\"}}",
        "{\"actionMsg\":{\"type\":\"SubscribeToChatPresence\"}}",
        "{\"actionMsg\":{\"type\":\"SwitchToLiveAgentActionMsg\"},\"agentInfo\":"
            + info(agent)
            + "}",
        system(agent + " has entered the chat."));
  }

  void say(String agent, String text) {
    emit(
        "{\"uiType\":\"OutputText\",\"group\":\"DefaultText\",\"label\":"
            + CustomChatInstance.quoted(text)
            + ",\"agentInfo\":"
            + info(agent)
            + "}");
  }

  /** The agent moves the chat to a queue. */
  void transfer() {
    state = State.QUEUED;
    emit(
        system("You are being transferred."),
        "{\"actionMsg\":{\"type\":\"SubscribeToSupportQueue\"}}");
  }

  void agentEnds(String agent) {
    state = State.CLOSED;
    emit(
        system(agent + " has closed the support session."),
        "{\"actionMsg\":{\"type\":\"SwitchToVirtualAgentActionMsg\"}}");
  }

  /** Virtual Agent, or an agent's autopilot, asks. */
  void ask(String control) {
    question = control;
    emit(control);
  }

  void emit(String... controls) {
    instance.emit(this, controls);
  }

  static String system(String text) {
    return "{\"actionMsg\":{\"type\":\"SystemActionMsg\",\"message\":"
        + CustomChatInstance.quoted(text)
        + "}}";
  }

  private static String info(String agent) {
    return "{\"sentFromAgent\":true,\"agentId\":\"id-"
        + agent
        + "\",\"agentName\":\""
        + agent
        + "\"}";
  }
}
