package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;

/**
 * Message authentication, BTN-2305. ServiceNow checks it after it has answered 200: a mismatch is
 * silence.
 */
final class MessageAuthCheck {
  private MessageAuthCheck() {}

  /**
   * @param applications the provider application
   * @param auths {@code message_auth}
   * @param tokens {@code token_verification}
   * @param hashes {@code hash_message_verification}
   */
  static Finding look(Target target, Rows applications, Rows auths, Rows tokens, Rows hashes) {
    Finding.About about = Symptom.SILENCE.about(target, "message authentication");
    String byHand = "compare the provider application's Message auth with Baton's configuration";
    if (!applications.readable()) {
      return applications.unseen(about, byHand);
    }
    if (applications.isEmpty()) {
      return about.fail(
          target.inboundId() == null
              ? "there is no VA Bot to Bot Provider Application"
              : "there is no provider application with inbound id " + target.inboundId(),
          "it was deleted, or the inbound id is misspelt",
          target.inboundId() == null
              ? "repair the Virtual Agent API application"
              : "correct " + target.option("app-inbound-id"));
    }
    String id = applications.all().get(0).get("message_auth");
    if (id.isBlank()) {
      return target.messageAuth() == Target.MessageAuth.NONE
          ? about.ok("none on either side; customers stay guests")
          : about.warn(
              "ServiceNow asks for none, Baton has " + target.messageAuth().words(),
              "Message auth is empty on the provider application",
              "create token_verification and message_auth, and choose it there");
    }
    if (!auths.readable()) {
      return auths.unseen(about, byHand);
    }
    return auths
        .where(row -> row.get("sys_id").equals(id))
        .first()
        .map(auth -> verification(target, about, auth, tokens, hashes))
        .orElseGet(
            () ->
                about.fail(
                    "the provider application names a message_auth that is not there",
                    "it was deleted",
                    "choose one that exists"));
  }

  private static Finding verification(
      Target target, Finding.About about, Rows.Row auth, Rows tokens, Rows hashes) {
    String id = auth.get("inbound_message_verification");
    boolean token = tokens.values("sys_id").contains(id);
    boolean hash = hashes.values("sys_id").contains(id);
    if (id.isBlank() || (tokens.readable() && hashes.readable() && !token && !hash)) {
      return about.fail(
          "message_auth \"" + auth.get("name") + "\" has no inbound verification",
          "the row that holds the secret is missing, or was never chosen",
          "create it in token_verification or hash_message_verification, and choose it");
    }
    if (!token && !hash) {
      return (tokens.readable() ? hashes : tokens)
          .unseen(about, "its secret must be " + target.messageAuth().words());
    }
    Target.MessageAuth wanted = token ? Target.MessageAuth.TOKEN : Target.MessageAuth.SIGNATURE;
    return wanted == target.messageAuth()
        ? about.ok(
            "both sides use " + wanted.words() + "; only --end-to-end shows whether it is the same")
        : about.fail(
            "ServiceNow asks for " + wanted.words() + ", Baton has " + target.messageAuth().words(),
            "every message is dropped silently after HTTP 200",
            "set "
                + target.option(wanted.words())
                + " to the value in "
                + (token ? "token_verification" : "hash_message_verification"));
  }
}
