package dev.baton.simulator.servicenow;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What administrators get wrong. Each changes the instance's records, and with them what the
 * instance does; it stays until {@link ServiceNowSimulator#reset()}.
 */
public enum Misconfiguration {
  NOBODY_AVAILABLE(
      "every agent is offline",
      t -> {
        t.set(
            "awa_agent_presence",
            "",
            "current_presence_state",
            t.idOf("awa_presence_state", "Offline"));
        t.set("awa_agent_channel_availability", "", "available", "false");
      }),
  AGENTS_FULL(
      "every agent has as many chats as he may",
      t ->
          t.find("awa_agent_capacity", "")
              .forEach(
                  row ->
                      t.put(
                          "awa_agent_capacity",
                          row.get("sys_id"),
                          "workload",
                          row.get("applied_max_capacity")))),
  AGENTS_IN_OTHER_CHANNEL(
      "agents are available, but for cases and not for chats",
      t -> {
        String other = t.idOf("awa_service_channel", "Case");
        t.set("awa_agent_channel_availability", "", "service_channel", other);
        t.set("awa_agent_capacity", "", "channel", other);
      }),
  AGENTS_WITHOUT_CAPACITY(
      "agents may have no chat at all",
      t -> t.set("awa_agent_capacity", "", "applied_max_capacity", "0")),
  AGENTS_WITHOUT_ROLE(
      "no agent has the role awa_agent", t -> t.delete("sys_user_has_role", "role.name=awa_agent")),
  AGENTS_IN_NO_GROUP("no agent is in a group of a pool", t -> t.delete("sys_user_grmember", "")),
  QUEUE_INACTIVE("no queue is active", t -> t.set("awa_queue", "", "active", "false")),
  QUEUE_CLOSED(
      "the queues' schedule has no open time",
      t -> t.set("cmn_schedule_span", "", "type", "exclude")),
  QUEUE_MISSING("there is no queue", t -> t.delete("awa_queue", "")),
  QUEUE_CHANNEL_WRONG(
      "the queues are of another service channel",
      t -> t.set("awa_queue", "", "service_channel", t.idOf("awa_service_channel", "Case"))),
  POOL_MISSING("queues have no eligibility pool", t -> t.delete("awa_eligibility_pool", "")),
  POOL_WITHOUT_GROUP(
      "eligibility pools have no group", t -> t.set("awa_eligibility_pool", "", "groups", "")),
  ASSIGNMENT_RULE_MISSING(
      "there is no assignment rule",
      t -> {
        t.delete("awa_assignment_rule", "");
        t.set("awa_eligibility_pool", "", "assignment_rule", "");
      }),
  ASSIGNMENT_RULE_INACTIVE(
      "the assignment rule is inactive", t -> t.set("awa_assignment_rule", "", "active", "false")),
  TOKEN_DIFFERS(
      "the token in token_verification is another one",
      t -> t.set("token_verification", "", "token", "another-token")),
  TOKEN_EMPTY(
      "the token was not typed in after the update set",
      t -> t.set("token_verification", "", "token", "")),
  TOKEN_MISSING("token_verification has no record", t -> t.delete("token_verification", "")),
  MESSAGE_AUTH_MISSING("there is no message_auth record", t -> t.delete("message_auth", "")),
  MESSAGE_AUTH_WITHOUT_VERIFICATION(
      "message_auth names no verification",
      t -> t.set("message_auth", "", "inbound_message_verification", "")),
  MESSAGE_AUTH_UNUSED(
      "the provider application names no message_auth",
      t -> t.set("sys_cs_provider_application", "", "message_auth", "")),
  MESSAGE_ENDPOINT_DIFFERS(
      "the REST message has another endpoint, its method the right one",
      t -> t.set("sys_rest_message", "", "rest_endpoint", "https://other.invalid/events")),
  METHOD_ENDPOINT_DIFFERS(
      "the REST message has the right endpoint, its method another one, which wins",
      t -> t.set("sys_rest_message_fn", "", "rest_endpoint", "https://other.invalid/events")),
  CONNECTION_DIFFERS(
      "the connection of the outbound configuration has another URL",
      t -> t.set("http_connection", "", "connection_url", "https://other.invalid/events")),
  CONNECTION_INACTIVE(
      "the connection of the outbound configuration is inactive",
      t -> t.set("http_connection", "", "active", "false")),
  REST_MESSAGE_MISSING(
      "there is no REST message VA Bot to Bot",
      t -> {
        t.delete("sys_rest_message_fn", "");
        t.delete("sys_rest_message", "");
      }),
  POST_METHOD_MISSING("the REST message has no method", t -> t.delete("sys_rest_message_fn", "")),
  OUTBOUND_CONFIGURATION_MISSING(
      "the outbound configuration has no record",
      t -> t.delete("sn_va_as_service_outbound_configuration", "")),
  CALLBACK_ACCOUNT_MISSING(
      "callbacks carry no account",
      t -> {
        t.set("sys_rest_message_fn", "", "basic_auth_profile", "");
        t.set("sys_rest_message", "", "basic_auth_profile", "");
        t.set("http_connection", "", "credential", "");
      }),
  CALLBACK_PASSWORD_EMPTY(
      "the password of the callbacks was not typed in",
      t -> t.set("sys_auth_profile_basic", "", "password", "")),
  APPLICATION_MISSING(
      "the Virtual Agent API is not installed: 404",
      t -> t.delete("sys_store_app", "scope=sn_va_as_service")),
  APPLICATION_OLD(
      "the Virtual Agent API is of version 3.9.0",
      t -> t.set("sys_store_app", "scope=sn_va_as_service", "version", "3.9.0")),
  RESOURCE_INACTIVE(
      "the scripted REST resource is inactive: 405",
      t -> t.set("sys_ws_operation", "", "active", "false")),
  AVAILABILITY_UNREADABLE(
      "the service account may not read awa_agent_presence", t -> t.deny("awa_agent_presence")),
  CAPACITY_UNREADABLE(
      "the service account may not read awa_agent_capacity", t -> t.deny("awa_agent_capacity")),
  INTERACTION_UNREADABLE(
      "the service account may not read interactions", t -> t.deny("interaction")),
  LIVE_AGENT_EXCLUDED(
      "com.glide.cs.exclude.liveagent.support holds Bot To Bot",
      t ->
          t.set(
              "sys_properties",
              "name=com.glide.cs.exclude.liveagent.support",
              "value",
              "Bot To Bot")),
  LIVE_AGENT_DISABLED(
      "the channel's property disable_live_agent is set",
      t -> t.set("sys_cs_custom_adapter_property", "name=disable_live_agent", "value", "true")),
  LINKING_OFF(
      "users are not linked by themselves, every customer is a guest",
      t -> t.set("sys_cs_provider", "", "automatic_link_enabled", "false")),
  LINKING_WITHOUT_ACTION(
      "the provider names no action that links users",
      t -> t.set("sys_cs_provider", "", "automatic_link_action", "")),
  EMAIL_TWICE(
      "two users have the customer's e-mail address",
      t ->
          t.insert(
              "sys_user",
              Map.of(
                  "user_name", "pat.doe.2",
                  "name", "Pat Doe (old)",
                  "email", "pat.doe@example.org",
                  "active", "true",
                  "locked_out", "false"))),
  USER_LOCKED_OUT(
      "the customer is locked out",
      t -> t.set("sys_user", "user_name=pat.doe", "locked_out", "true")),
  USER_INACTIVE(
      "the customer is inactive", t -> t.set("sys_user", "user_name=pat.doe", "active", "false")),
  USER_MAP_INACTIVE(
      "an inactive record links the customer",
      t ->
          t.insert(
              "provider_user_map",
              Map.of(
                  "channel_user_id",
                  "pat.doe",
                  "user",
                  t.idOf("sys_user", "Pat Doe"),
                  "active",
                  "false",
                  "provider",
                  t.idOf("sys_cs_provider", "VA Bot to Bot Provider")))),
  TYPING_UNSUPPORTED(
      "the channel does not support the typing indicator",
      t -> t.set("sys_cs_channel", "name=Bot to Bot", "support_typing_indicator", "false")),
  CHANNEL_SYNCHRONOUS(
      "the channel answers in the HTTP answer",
      t -> t.set("sys_cs_channel", "name=Bot to Bot", "synchronous", "true")),
  ORDERING_OFF(
      "the provider does not maintain the order of messages",
      t -> t.set("sys_cs_provider", "", "maintain_message_ordering", "false")),
  THIRD_PARTY_CHAT_OFF(
      "third_party_chat is not set: no receipts, no session id on the interaction",
      t -> t.set("sys_cs_custom_adapter_property", "name=third_party_chat", "value", "false")),
  MEDIA_HOSTS_UNTRUSTED(
      "no media host is trusted",
      t -> t.set("sys_cs_provider_application", "", "trusted_media_domains", "")),
  ATTACHMENT_ROLE_MISSING(
      "uploads need a role that the service account lacks",
      t -> t.set("sys_properties", "name=glide.attachment.role", "value", "itil")),
  APPLICATIONS_TWICE(
      "two provider applications send every callback",
      t -> {
        String application = "VA Bot to Bot Provider Application";
        Map<String, String> second =
            t.first("sys_cs_provider_application", "name=" + application).orElseThrow();
        second.remove("sys_id");
        second.put("name", application + " 2");
        t.insert("sys_cs_provider_application", second);
      }),
  RATE_LIMITED(
      "a rate rule allows five calls an hour of the bot endpoint",
      t ->
          t.insert(
              "sys_rate_limit_rules",
              Map.of(
                  "name", "VA API",
                  "path", "/api/sn_va_as_service/",
                  "request_limit_per_hour", "5",
                  "active", "true"))),
  TABLES_RATE_LIMITED(
      "a rate rule allows five calls an hour of the Table API",
      t ->
          t.insert(
              "sys_rate_limit_rules",
              Map.of(
                  "name", "Table API",
                  "path", "/api/now/",
                  "request_limit_per_hour", "5",
                  "active", "true"))),
  LOGS_CUT(
      "logs of the bot are off and outgoing ones are cut",
      t -> {
        t.set("sys_properties", "name=va.bot.to.bot.logging_enabled", "value", "false");
        t.set("sys_properties", "name=glide.outbound_http.content.max_limit", "value", "1");
      }),
  CALLBACKS_FAILED(
      "earlier callbacks ended in an error",
      t -> {
        t.insert(
            "sys_cs_ca_message",
            Map.of(
                "status", "Error",
                "direction", "outbound",
                "channel_user_id", "pat.doe",
                "error_message", "Connect to baton.invalid timed out",
                "http_status", "0"));
        t.insert(
            "syslog",
            Map.of(
                "level", "2",
                "source", "sn_va_as_service",
                "message", "Failed to send the response of pat.doe"));
      }),
  INVALID_QUERIES_FIND_NOTHING(
      "glide.invalid_query.returns_no_rows is set",
      t -> t.set("sys_properties", "name=glide.invalid_query.returns_no_rows", "value", "true"));

  private final String description;
  private final Consumer<Tables> change;

  Misconfiguration(String description, Consumer<Tables> change) {
    this.description = description;
    this.change = change;
  }

  /** Name over HTTP, for example {@code method-endpoint-differs}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One line for people. */
  public String description() {
    return description;
  }

  void apply(Tables tables) {
    change.accept(tables);
  }

  static boolean names(String name) {
    return Stream.of(values()).anyMatch(value -> value.id().equals(name));
  }
}
