package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;
import java.util.Optional;

/** The store application and its REST resource: BTN-2309, BTN-2310 and BTN-2316. */
final class ApplicationChecks {
  static final String SCOPE = "sn_va_as_service";

  private ApplicationChecks() {}

  /**
   * @param store {@code sys_store_app} with this scope
   */
  static Finding version(Target target, Rows store) {
    Finding.About about = Symptom.APPLICATION.about(target, "Virtual Agent API application");
    if (!store.readable()) {
      return store.unseen(about, "System Applications > All Available Applications");
    }
    Optional<Rows.Row> app = store.first();
    if (app.isEmpty()) {
      return about.fail(
          "not installed (no " + SCOPE + " in sys_store_app)",
          "the Virtual Agent API comes from the ServiceNow Store and needs a licence",
          "install \"Virtual Agent API\", with Glide Virtual Agent and Agent Chat");
    }
    if (app.get().isFalse("active")) {
      return about.fail(
          "installed but not active",
          "the application was switched off",
          "activate \"Virtual Agent API\"");
    }
    String version = app.get().get("version");
    String lacks = lacks(version);
    return lacks.isEmpty()
        ? about.ok("version " + version)
        : about.warn(
            "version " + version,
            "it has no " + lacks,
            "update the application; Baton works without, but finds interactions more slowly");
  }

  /** What versions brought that Baton uses. */
  private static String lacks(String version) {
    if (before(version, 3, 14)) {
      return "agent ids, interaction ids and delivery receipts";
    }
    return before(version, 4, 0) ? "interaction ids and delivery receipts" : "";
  }

  static boolean before(String version, int major, int minor) {
    String[] parts = version.split("\\.", -1);
    try {
      int first = Integer.parseInt(parts[0].strip());
      int second = parts.length > 1 ? Integer.parseInt(parts[1].strip()) : 0;
      return first < major || (first == major && second < minor);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * @param operations {@code sys_ws_operation} named "BOT Integration"
   */
  static Finding resource(Target target, Rows operations) {
    Finding.About about = Symptom.RESOURCE_INACTIVE.about(target, "REST resource BOT Integration");
    String byHand = "System Web Services > Scripted REST APIs > VA Bot Integration";
    if (!operations.readable() || operations.isEmpty()) {
      return operations.readable()
          ? about.passive(
              "not found by that name; Baton sees HTTP 405 when it is inactive",
              "the resource has another name here",
              byHand)
          : operations.unseen(about, byHand);
    }
    if (operations.all().stream().noneMatch(row -> !row.isFalse("active"))) {
      return about.fail(
          "inactive", "somebody switched it off, so it answers 405", "activate it: " + byHand);
    }
    boolean guests = operations.all().stream().anyMatch(r -> r.isFalse("requires_authentication"));
    return about.ok(guests ? "active; does not require authentication" : "active");
  }

  /**
   * @param store {@code sys_store_app}
   * @param attributes custom adapter properties of the provider application
   */
  static Finding ids(Target target, Rows store, Rows attributes) {
    Finding.About about = Symptom.NO_IDS.about(target, "interaction ids and receipts");
    String version = store.first().map(row -> row.get("version")).orElse("");
    if (!version.isEmpty() && before(version, 4, 0)) {
      return about.warn(
          "the application's version " + version + " has none",
          "they came with version 4.0",
          "update the Virtual Agent API application");
    }
    String byHand =
        "set the custom adapter property third_party_chat=true of the provider application";
    if (!attributes.readable()) {
      return attributes.unseen(about, byHand);
    }
    boolean set =
        attributes.all().stream()
            .anyMatch(r -> r.get("name").equals("third_party_chat") && r.isTrue("value"));
    return set
        ? about.ok("third_party_chat is set")
        : about.warn(
            "third_party_chat is not set",
            "without it there are no delivery receipts, and the session is not kept with the"
                + " interaction",
            byHand);
  }

  /**
   * BTN-2317.
   *
   * @param attributes custom adapter properties of the provider application
   */
  static Finding history(Target target, Rows attributes) {
    Finding.About about = Symptom.NO_HISTORY.about(target, "history");
    String name = "allow_storing_history_in_ongoing-conversation";
    boolean later =
        attributes.all().stream().anyMatch(r -> r.get("name").equals(name) && r.isTrue("value"));
    return about.ok(
        "Baton sends it with the first request"
            + (later ? "; later ones are stored too" : ", as ServiceNow requires here"));
  }
}
