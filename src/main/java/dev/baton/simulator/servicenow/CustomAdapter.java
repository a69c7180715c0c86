package dev.baton.simulator.servicenow;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * What the platform offers to the scripts of a custom chat integration ({@code
 * sn_cs.VASystemObject}), over the same conversations, queues and agents as the Virtual Agent API.
 * The scripts themselves are the caller's, as {@link Scripts}.
 */
public final class CustomAdapter {
  /** Inbound id of the channel identity that is set up for it. */
  public static final String INBOUND_ID = "baton";

  private static final List<String> CONTROLS =
      List.of(
          "ActionRichControl",
          "DefaultText",
          "DefaultPicker",
          "DefaultDate",
          "DefaultOutputLink",
          "DefaultGroupedPartsOutputControl",
          "DefaultOutputImage",
          "DefaultOutputHtml",
          "DefaultOutputCard",
          "DefaultOutputTable",
          "DefaultMultiPartOutput",
          "DefaultCustomControl");

  /**
   * A control on its way to the customer.
   *
   * @param channelUserId what the provider attributes named {@code provider_user_id}
   * @param type what its outbound transformer is chosen by
   */
  public record Control(String inboundId, String channelUserId, String type, JsonObject control) {}

  /** The integration's own scripts. */
  public interface Scripts {
    /** Provider attributes: {@code token}, {@code provider_user_id}, {@code request_context}. */
    JsonObject attributes(String payload, String headers);

    /** Contextual action; calls {@link CustomAdapter#startConversation} and its like. */
    void contextual(String action, String conversation);

    /** Outbound transformer and sender subflow. */
    void send(Control control);
  }

  private final WorkerExecutor worker;
  private final Tables tables;
  private final Conversations conversations;
  private final VirtualAgent agent;
  private final Scripts scripts;
  private final String provider;
  private final String application;

  CustomAdapter(
      Vertx vertx,
      Tables tables,
      Conversations conversations,
      VirtualAgent agent,
      Scripts scripts,
      String token) {
    this.worker = vertx.createSharedWorkerExecutor("servicenow-scripts", 1);
    this.tables = tables;
    this.conversations = conversations;
    this.agent = agent;
    this.scripts = scripts;
    String channel =
        tables.insert(
            "sys_cs_channel",
            Map.of("name", "Baton", "active", "true", "support_typing_indicator", "true"));
    String verification =
        tables.insert("token_verification", Map.of("name", "Baton chat token", "token", token));
    String auth =
        tables.insert(
            "message_auth", Map.of("name", "Baton", "inbound_message_verification", verification));
    provider =
        tables.insert(
            "sys_cs_provider",
            Map.of(
                "name", "Baton",
                "active", "true",
                "version", "1.1.0",
                "maintain_message_ordering", "true"));
    application =
        tables.insert(
            "sys_cs_provider_application",
            Map.of(
                "name", "Baton",
                "inbound_id", INBOUND_ID,
                "provider", provider,
                "channel", channel,
                "message_auth", auth,
                "trusted_media_domains", "127.0.0.1,localhost",
                "active", "true"));
    for (String control : CONTROLS) {
      tables.insert(
          "sys_cs_custom_adapter_config",
          Map.of(
              "control_type", control,
              "provider", provider,
              "outbound_transformer", "Baton Outbound Transformer"));
    }
  }

  /** {@code sys_id} of the channel identity. */
  public String application() {
    return application;
  }

  /** Whether a message's token is the one in the records. */
  public boolean validateMessage(String app, String payload, String headers) {
    String token = scripts.attributes(payload, headers).getString("token");
    return new MessageAuth(tables).accepts(app, new JsonObject(), token, token);
  }

  /** Takes a message for later; false when it cannot be taken. */
  public boolean enqueueCustomAdapterMessage(
      String app, String payload, String headers, String logTime) {
    boolean known =
        tables.first("sys_cs_provider_application", "active=true^sys_id=" + app).isPresent();
    try {
      new JsonObject(payload);
    } catch (DecodeException e) {
      return false;
    }
    if (known) {
      // Scripts may take their time, so not on an event loop; one after the other, as they came.
      worker.executeBlocking(
          () -> {
            process(app, payload, headers);
            return null;
          });
    }
    return known;
  }

  private void process(String app, String payload, String headers) {
    JsonObject attributes = scripts.attributes(payload, headers);
    JsonObject context = attributes.getJsonObject("request_context", new JsonObject());
    JsonObject message =
        new JsonObject().put("text", context.getString("typed_value", "")).put("typed", true);
    if (context.getValue("attachment_value") instanceof JsonObject file) {
      message.put(
          "attachment",
          new JsonObject()
              .put("url", file.getString("url"))
              .put("contentType", file.getString("content_type"))
              .put("fileName", file.getString("name"))
              .put("headers", file.getValue("headers")));
    }
    JsonObject request =
        new JsonObject()
            .put("requestId", Tables.newId())
            .put("userId", attributes.getString("provider_user_id"))
            .put("message", message)
            .put("contextVariables", context.getJsonObject("context_vars", new JsonObject()));
    String action = context.getString("contextual_action", "");
    if (action.isEmpty()) {
      agent.process(request, app, this::send);
    } else {
      VaChat chat = agent.conversation(request, app, this::send);
      scripts.contextual(action, chat.conversationId());
    }
  }

  private void send(VaChat chat, JsonObject envelope) {
    for (Object item : envelope.getJsonArray("body")) {
      JsonObject control = (JsonObject) item;
      boolean action = "ActionMsg".equals(control.getString("uiType"));
      String type = action ? "ActionRichControl" : control.getString("group", "");
      // A control without an outbound transformer is dropped without a word.
      if (tables
          .first(
              "sys_cs_custom_adapter_config",
              "outbound_transformerISNOTEMPTY^provider=" + provider + "^control_type=" + type)
          .isPresent()) {
        scripts.send(new Control(INBOUND_ID, chat.userId(), type, control));
      }
    }
  }

  /** Starts a conversation that a contextual action was called for. */
  public void startConversation(String conversation) {
    agent.perform(conversations.find(conversation), "START_CREATED_CONVERSATION");
  }

  /** Ends it, whether the virtual agent or an agent has it. */
  public void endConversation(String conversation) {
    agent.perform(conversations.find(conversation), "END_CONVERSATION");
  }

  /** Asks for an agent. */
  public void switchToLiveAgent(String conversation) {
    agent.handOver(conversations.find(conversation));
  }

  /** Skips an optional question of the bot. */
  public void skipOptionalQuestion(String conversation) {
    agent.perform(conversations.find(conversation), "SKIP");
  }
}
