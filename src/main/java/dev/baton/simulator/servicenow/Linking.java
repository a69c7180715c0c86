package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Whether a customer is linked to a user of the instance, or a guest. */
final class Linking {
  private final Tables tables;

  Linking(Tables tables) {
    this.tables = tables;
  }

  /** {@code sys_id} of the user; empty for a guest. */
  String user(JsonObject request) {
    String userId = request.getString("userId");
    List<Map<String, String>> known =
        tables.find("provider_user_map", "channel_user_id=" + escaped(userId));
    if (!known.isEmpty()) {
      // An inactive record keeps the customer a guest until somebody deletes it.
      return known.stream()
          .filter(row -> row.get("active").equals("true"))
          .map(row -> row.get("user"))
          .findFirst()
          .orElse("");
    }
    String email = request.getString("emailId", "");
    boolean linked =
        tables
            .first(
                "sys_cs_provider",
                "name=VA Bot to Bot Provider^automatic_link_enabled=true"
                    + "^link_account_enabled=true^automatic_link_actionISNOTEMPTY")
            .isPresent();
    boolean trusted =
        tables
            .first("sys_cs_provider_application", "inbound_id=VA_B2B^message_authISNOTEMPTY")
            .isPresent();
    if (!linked || !trusted || email.isEmpty()) {
      return "";
    }
    List<Map<String, String>> users = tables.find("sys_user", "email=" + escaped(email));
    if (users.size() != 1
        || !users.get(0).get("active").equals("true")
        || users.get(0).get("locked_out").equals("true")) {
      return "";
    }
    String user = users.get(0).get("sys_id");
    tables.insert(
        "provider_user_map",
        Map.of(
            "channel_user_id",
            userId,
            "user",
            user,
            "active",
            "true",
            "provider",
            tables.idOf("sys_cs_provider", "VA Bot to Bot Provider")));
    return user;
  }

  private static String escaped(String text) {
    return text.replace("^", "^^");
  }
}
