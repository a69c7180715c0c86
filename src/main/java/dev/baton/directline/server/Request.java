package dev.baton.directline.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/**
 * One authenticated request with its whole body.
 *
 * @param scope what its credential opens; null for operations without one
 */
record Request(RoutingContext ctx, Scope scope, Buffer body) {

  HttpServerRequest http() {
    return ctx.request();
  }

  /** The conversation in the path, which the credential is good for. */
  String conversation() {
    String conversation = ctx.pathParam("conversation");
    Credentials.requireFor(scope, conversation);
    return conversation;
  }

  /** The first value of a query parameter, or null. */
  String query(String name) {
    return ctx.queryParams().get(name);
  }

  /** Media type of the body in lower case without parameters; empty when not given. */
  String mediaType() {
    return mediaType(http().getHeader(HttpHeaders.CONTENT_TYPE));
  }

  static String mediaType(String contentType) {
    return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The body as a JSON object.
   *
   * @throws DirectLineException 415 or 400
   */
  ObjectNode json() {
    String type = mediaType();
    if (!type.equals("application/json") && !type.endsWith("+json")) {
      throw Problem.WRONG_TYPE.with("Send the body with 'Content-Type: application/json'.");
    }
    return Json.parse(body);
  }

  /** As {@link #json()}; a missing body stands for an empty object. */
  ObjectNode optionalJson() {
    return body.length() == 0 ? Json.object() : json();
  }
}
