package dev.baton.simulator.servicenow;

import java.util.Map;

/** The records by which callbacks find their way, of the usual application and of further ones. */
final class ProviderApplications {
  private ProviderApplications() {}

  /** Sends the usual application's callbacks elsewhere. */
  static void callback(Tables tables, String url) {
    tables.set("sys_rest_message", "name=VA Bot to Bot", "rest_endpoint", url);
    tables.set("sys_rest_message_fn", "rest_message.name=VA Bot to Bot", "rest_endpoint", url);
    tables.set("http_connection", "name=Bot Connection", "connection_url", url);
  }

  /** One more application, with a callback of its own and the same message auth. */
  static void add(Tables tables, String inboundId, String callback) {
    String name = "Application " + inboundId;
    Map<String, String> usual =
        tables.first("sys_cs_provider_application", "inbound_id=VA_B2B").orElseThrow();
    String application =
        tables.insert(
            "sys_cs_provider_application",
            Map.of(
                "name", name,
                "inbound_id", inboundId,
                "provider", usual.get("provider"),
                "channel", usual.get("channel"),
                "message_auth", usual.get("message_auth"),
                "trusted_media_domains", usual.get("trusted_media_domains"),
                "active", "true"));
    String account = tables.idOf("sys_auth_profile_basic", "Baton callback");
    String message =
        tables.insert(
            "sys_rest_message",
            Map.of("name", name, "rest_endpoint", callback, "basic_auth_profile", account));
    tables.insert(
        "sys_rest_message_fn",
        Map.of(
            "function_name",
            "postMessage",
            "rest_message",
            message,
            "rest_endpoint",
            callback,
            "http_method",
            "post"));
    String alias = tables.insert("sys_alias", Map.of("name", name, "type", "connection"));
    tables.insert(
        "http_connection",
        Map.of(
            "name", name,
            "connection_alias", alias,
            "connection_url", callback,
            "credential", account,
            "active", "true"));
    tables.insert(
        "sn_va_as_service_outbound_configuration",
        Map.of(
            "name", name,
            "provider_application", application,
            "rest_connection", alias,
            "active", "true"));
  }
}
