package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;
import java.util.Set;

/** Whether callbacks carry the account that Baton asks for: BTN-2305. */
final class CallbackAccountCheck {
  private CallbackAccountCheck() {}

  /**
   * @param senders REST message and method, or the connection: whatever delivers
   * @param column that names the credential
   * @param profiles basic auth profiles
   * @param user that Baton expects, or null when it expects none
   */
  static Finding look(Target target, Rows senders, String column, Rows profiles, String user) {
    Finding.About about = Symptom.SILENCE.about(target, "callback account");
    String byHand = "the callback's Basic profile must hold the user and password of Baton";
    if (user == null) {
      return about.ok("Baton expects a header, not a user; --end-to-end shows whether it arrives");
    }
    if (!senders.readable()) {
      return senders.unseen(about, byHand);
    }
    if (senders.all().stream().noneMatch(row -> row.has(column))) {
      return about.passive(
          senders.table() + " has no column " + column + " here",
          "another release of ServiceNow",
          byHand);
    }
    Set<String> credentials = senders.values(column);
    if (credentials.isEmpty()) {
      return about.fail(
          "callbacks carry no account",
          "no Basic profile or credential is chosen, so Baton refuses every callback with 401",
          "choose one with user "
              + user
              + " and the value of "
              + target.option("callback-password"));
    }
    if (!profiles.readable() || profiles.isEmpty()) {
      return profiles.readable()
          ? about.ok("a credential is chosen")
          : profiles.unseen(about, byHand);
    }
    return profiles.values("username").contains(user)
        ? about.ok("user " + user + "; the password can only be tried with --end-to-end")
        : about.fail(
            "callbacks carry user " + String.join(", ", profiles.values("username")),
            "Baton expects user " + user,
            "make the profile's user and " + target.option("callback-user") + " the same");
  }
}
