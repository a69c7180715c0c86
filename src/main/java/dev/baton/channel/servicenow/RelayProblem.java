package dev.baton.channel.servicenow;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer that is no activity set, in the form of the public relay function: {@code
 * {"error":{"code","message"}}}. Direct Line's own errors pass through with status and body.
 */
final class RelayProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String problem;
  private final transient byte[] body;

  private RelayProblem(int status, String problem, String message, byte[] body) {
    super(message, null, false, false);
    this.status = status;
    this.problem = problem;
    this.body = body;
  }

  /**
   * @param problem number in docs/errors.md
   * @param code Direct Line's code
   */
  static RelayProblem of(int status, String problem, String code, String message) {
    ObjectNode json = RelayJson.newObject();
    json.putObject("error").put("code", code).put("message", message);
    json.put("code", problem);
    return new RelayProblem(status, problem, message, RelayJson.bytes(json));
  }

  static RelayProblem badArgument(String message) {
    return of(400, "BTN-1100", "BadArgument", message);
  }

  static RelayProblem stopping() {
    return of(503, "BTN-1106", "ServiceError", "This node is being stopped; try again");
  }

  static RelayProblem unreachable(String why) {
    return of(500, "BTN-1105", "ServiceError", "Direct Line gives no usable answer: " + why);
  }

  /** An error of Direct Line. Its body is kept when it is a JSON object. */
  static RelayProblem upstream(int status, byte[] body) {
    return RelayJson.object(body)
        .map(json -> new RelayProblem(status, "BTN-1104", "Direct Line answers " + status, body))
        .orElseGet(
            () ->
                of(status, "BTN-1104", "ServiceError", "Direct Line answers with HTTP " + status));
  }

  int status() {
    return status;
  }

  String problem() {
    return problem;
  }

  byte[] body() {
    return body;
  }
}
