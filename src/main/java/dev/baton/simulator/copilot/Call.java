package dev.baton.simulator.copilot;

import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Direct Line operation a request is.
 *
 * @param name as in {@link Fault#call()}, or {@code other}
 * @param conversation its conversation's id, or null
 */
record Call(String name, String conversation) {
  private static final Pattern CONVERSATION =
      Pattern.compile(".*/conversations/([^/]+)(?:/(activities|upload|stream))?/?");

  static Call of(HttpMethod method, String path) {
    boolean post = HttpMethod.POST.equals(method);
    if (post && path.endsWith("/tokens/generate")) {
      return new Call("generate", null);
    }
    if (post && path.endsWith("/tokens/refresh")) {
      return new Call("refresh", null);
    }
    if (post && path.endsWith("/conversations")) {
      return new Call("start", null);
    }
    Matcher matcher = CONVERSATION.matcher(path);
    if (!matcher.matches() || !(post || HttpMethod.GET.equals(method))) {
      return new Call("other", null);
    }
    String conversation = URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
    String part = matcher.group(2) == null ? "reconnect" : matcher.group(2);
    String name = part.equals("activities") ? (post ? "post" : "get") : part;
    return new Call(name, conversation);
  }

  boolean isPost() {
    return name.equals("post") || name.equals("upload");
  }

  boolean isKnown() {
    return !name.equals("other");
  }
}
