package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Addresses;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where ServiceNow delivers: BTN-2305, BTN-2306 and BTN-2322. Up to application 4.0 that is a REST
 * message and, over it, its POST method; from 4.1 on a table of outbound configurations with a
 * connection.
 */
final class EndpointChecks {
  static final String MESSAGE = "VA Bot to Bot";
  static final String CONNECTION = "Bot Connection";
  private static final String PLACE = "System Web Services > Outbound > REST Message > " + MESSAGE;

  private EndpointChecks() {}

  /**
   * @param version of the application, or empty
   * @param outbound the table of outbound configurations
   */
  static boolean usesConnections(String version, Rows outbound) {
    return !(!version.isEmpty() && ApplicationChecks.before(version, 4, 1))
        && outbound.readable()
        && !outbound.isEmpty();
  }

  /**
   * @param messages the REST message of the provider application
   * @param methods its methods
   */
  static Finding delivery(Target target, Rows messages, Rows methods) {
    Finding.About about = Symptom.SILENCE.about(target, "callback endpoint");
    if (!messages.readable()) {
      return messages.unseen(about, "both endpoints of " + PLACE + " must be " + target.ours());
    }
    if (messages.isEmpty()) {
      return about.fail(
          "there is no REST message \"" + name(target) + "\"",
          "the application is not set up, or was set up for another provider application",
          "create it with a method postMessage to " + target.ours());
    }
    String message = messages.all().get(0).get("rest_endpoint");
    String used = used(message, methods);
    if (target.isOurs(used)) {
      return about.ok(Addresses.shown(used));
    }
    return about.fail(
        "callbacks go to " + Addresses.shown(used),
        cause(target, used),
        target.remedyFor(used, "message and method (" + PLACE + ")"));
  }

  /** BTN-2306. */
  static Finding halves(Target target, Rows messages, Rows methods) {
    Finding.About about = Symptom.HALF_CHANGED_ENDPOINT.about(target, "REST message and method");
    if (!messages.readable() || !methods.readable()) {
      return (messages.readable() ? methods : messages).unseen(about, PLACE);
    }
    String message = messages.first().map(row -> row.get("rest_endpoint")).orElse("");
    List<Rows.Row> posts = posts(methods);
    if (messages.isEmpty() || posts.isEmpty()) {
      return about.fail(
          messages.isEmpty() ? "there is no REST message" : "the message has no POST method",
          "it was not created or was deleted",
          "create " + PLACE + " with a method postMessage (POST)");
    }
    String method = posts.get(0).get("rest_endpoint");
    String both = "message " + Addresses.shown(message) + ", method " + Addresses.shown(method);
    if (Addresses.same(message, method) || method.isBlank()) {
      return about.ok(method.isBlank() ? "the method inherits from the message" : "the same");
    }
    String cause = "method overrides message: only one of the two was changed";
    String remedy = "set both to " + target.ours() + " (" + PLACE + ", and its method)";
    return target.isOurs(method)
        ? about.warn(both, cause, remedy)
        : about.fail(both, cause, remedy);
  }

  /**
   * From application 4.1 on the REST message is a left-over; BTN-2306 as far as it still misleads.
   */
  static Finding unusedHalves(Target target, Rows messages, Rows methods) {
    Finding.About about = Symptom.HALF_CHANGED_ENDPOINT.about(target, "REST message and method");
    String unused = "not used by this version, which has the connection";
    if (messages.isEmpty() && methods.isEmpty()) {
      return about.ok(unused);
    }
    Finding halves = halves(target, messages, methods);
    return halves.level() == Level.OK
        ? about.ok(unused + "; " + halves.seen())
        : about.warn(
            unused + "; " + halves.seen(),
            "left over from an older version",
            "set both to " + target.ours() + " or leave it: only older versions deliver there");
  }

  private static String cause(Target target, String address) {
    if (address.isBlank()) {
      return "no endpoint was set";
    }
    return target.isAliasSwitchedOff(address)
        ? "Baton takes callbacks on this path only when told to"
        : "it is not Baton's address";
  }

  private static String used(String message, Rows methods) {
    return posts(methods).stream()
        .map(row -> row.get("rest_endpoint"))
        .filter(endpoint -> !endpoint.isBlank())
        .findFirst()
        .orElse(message);
  }

  /** {@code postMessage}, or {@code POST} as other guides name it. */
  private static List<Rows.Row> posts(Rows methods) {
    List<Rows.Row> posts = new ArrayList<>();
    for (String name : List.of("postMessage", "POST")) {
      methods.all().stream()
          .filter(row -> row.get("function_name").equalsIgnoreCase(name))
          .forEach(posts::add);
    }
    if (posts.isEmpty()) {
      methods.all().stream()
          .filter(row -> row.get("http_method").equalsIgnoreCase("post"))
          .forEach(posts::add);
    }
    return posts;
  }

  static String name(Target target) {
    return target.inboundId() == null ? MESSAGE : "of " + target.inboundId();
  }

  /**
   * From application 4.1 on.
   *
   * @param connections the connection that outbound calls use
   */
  static Finding connection(Target target, Rows connections) {
    Finding.About about = Symptom.SILENCE.about(target, "callback endpoint");
    String byHand =
        "the connection \""
            + CONNECTION
            + "\" of the outbound configuration must be "
            + target.ours();
    if (!connections.readable()) {
      return connections.unseen(about, byHand);
    }
    if (connections.isEmpty()) {
      return about.fail(
          "there is no connection \"" + CONNECTION + "\"",
          "the outbound configuration is not finished",
          "create it: " + byHand);
    }
    Rows.Row row = connections.all().get(0);
    String url = row.get("connection_url");
    if (!target.isOurs(url)) {
      return about.fail(
          "callbacks go to " + Addresses.shown(url),
          cause(target, url),
          target.remedyFor(url, "the connection \"" + CONNECTION + "\""));
    }
    return row.isFalse("active")
        ? about.fail("the connection is not active", "it was switched off", "activate it")
        : about.ok(Addresses.shown(url));
  }

  /**
   * BTN-2322.
   *
   * @param methods all methods of REST messages that lead to Baton
   * @param applications all provider applications
   */
  static Finding doubled(Target target, Rows methods, Rows applications) {
    Finding.About about = Symptom.DOUBLED.about(target, "one way to Baton");
    if (!methods.readable()) {
      return methods.unseen(about, "look for other REST messages that lead to Baton");
    }
    Set<String> messages =
        methods.where(row -> target.isOurs(row.get("rest_endpoint"))).values("rest_message");
    Set<String> twice = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    for (Rows.Row row : applications.all()) {
      if (!row.isEmpty("inbound_id") && !seen.add(row.get("inbound_id"))) {
        twice.add(row.get("inbound_id"));
      }
    }
    if (messages.size() < 2 && twice.isEmpty()) {
      return about.ok("one REST message, one provider application; repeats are dropped by id");
    }
    return about.warn(
        messages.size() > 1
            ? messages.size() + " REST messages lead to this hub"
            : "several provider applications have the inbound id " + String.join(", ", twice),
        "two ways to Baton, often a copy: every line may be delivered twice",
        "keep one; another provider application needs a hub of its own with app-inbound-id");
  }
}
