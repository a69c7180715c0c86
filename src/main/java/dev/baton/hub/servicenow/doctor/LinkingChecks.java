package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;
import java.util.ArrayList;
import java.util.List;

/** Why a customer would be a guest: BTN-2311. */
final class LinkingChecks {
  private LinkingChecks() {}

  /**
   * @param providers the provider "VA Bot to Bot Provider"
   */
  static Finding provider(Target target, Rows providers) {
    Finding.About about = Symptom.GUEST.about(target, "account linking");
    String byHand =
        "sys_cs_provider VA Bot to Bot Provider: automatic_link_enabled, link_account_enabled and"
            + " automatic_link_action";
    if (!providers.readable() || providers.isEmpty()) {
      return providers.readable()
          ? about.warn("the provider is not there", "it was renamed or deleted", byHand)
          : providers.unseen(about, byHand);
    }
    Rows.Row row = providers.all().get(0);
    List<String> lacking = new ArrayList<>();
    for (String flag : List.of("automatic_link_enabled", "link_account_enabled")) {
      if (row.isFalse(flag)) {
        lacking.add(flag);
      }
    }
    if (row.has("automatic_link_action") && row.isEmpty("automatic_link_action")) {
      lacking.add("automatic_link_action");
    }
    if (!lacking.isEmpty()) {
      return about.warn(
          "not set: " + String.join(", ", lacking),
          "customers are guests without it, whatever e-mail address Baton sends",
          "set it on sys_cs_provider VA Bot to Bot Provider");
    }
    return target.messageAuth() == Target.MessageAuth.NONE
        ? about.warn(
            "set up, but Baton has " + target.messageAuth().words(),
            "linking needs message authentication",
            "set " + target.option("token") + " or " + target.option("signature-secret"))
        : about.ok("set up");
  }

  /**
   * @param accounts users with the customer's e-mail address
   * @param inactive inactive links of the customer
   */
  static Finding customer(Target target, Rows accounts, Rows inactive) {
    Finding.About about = Symptom.GUEST.about(target, "customer's account");
    if (target.customer() == null) {
      return about.ok("not examined; --user names a customer");
    }
    if (!accounts.readable()) {
      return accounts.unseen(about, "sys_user with this e-mail address");
    }
    if (accounts.isEmpty()) {
      return about.fail(
          "no user has " + target.customer(),
          "addresses are compared including upper and lower case",
          "correct the e-mail address of the user or the one that the bot passes on");
    }
    Rows exact = accounts.where(row -> row.get("email").equals(target.customer()));
    if (exact.isEmpty()) {
      return about.fail(
          "written otherwise: " + accounts.all().get(0).get("email"),
          "ServiceNow compares including upper and lower case",
          "pass it on exactly as it stands in sys_user");
    }
    if (exact.all().size() > 1) {
      return about.fail(
          exact.all().size() + " users have it",
          "with two matches nobody is linked",
          "give one of them another e-mail address");
    }
    Rows.Row user = exact.all().get(0);
    if (user.isFalse("active") || user.isTrue("locked_out")) {
      return about.fail(
          user.isTrue("locked_out") ? "locked out" : "inactive",
          "only active users that are not locked out are linked",
          "activate or unlock the user");
    }
    return inactive.isEmpty()
        ? about.ok("one active user")
        : about.fail(
            "provider_user_map has an inactive row",
            "an inactive link is never renewed",
            "delete that row by hand");
  }
}
