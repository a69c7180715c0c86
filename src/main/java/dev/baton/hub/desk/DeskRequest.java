package dev.baton.hub.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Agent;
import dev.baton.hub.desk.DeskProblem.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads requests strictly; throws {@link DeskProblem} with what is wrong. */
final class DeskRequest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_LIMIT = 1_000;
  private static final int MAX_WORD = 200;
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

  /** Control characters but tab and line breaks, and marks that reorder text. */
  private static final Pattern UNWANTED =
      Pattern.compile("[\\p{Cc}&&[^\\t\\n\\r]]|[\\u202a-\\u202e\\u2066-\\u2069]");

  private DeskRequest() {}

  /** The body, which is a JSON object; no body is an empty one. */
  static ObjectNode body(RoutingContext context) {
    Buffer buffer = context.body().buffer();
    if (buffer == null || buffer.length() == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    String type = context.request().getHeader("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new DeskProblem(Kind.CONTENT_TYPE, "Send the header Content-Type: application/json.");
    }
    try {
      JsonNode json = JSON.readTree(buffer.getBytes());
      if (json instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new DeskProblem(
          Kind.BAD_REQUEST, "The body is not JSON: " + e.getOriginalMessage(), 0, e);
    } catch (IOException e) {
      throw new DeskProblem(Kind.BAD_REQUEST, "The body cannot be read.", 0, e);
    }
    throw new DeskProblem(Kind.BAD_REQUEST, "The body must be a JSON object.");
  }

  /** A text that must be there. */
  static String text(ObjectNode body, String field, int max) {
    JsonNode value = body.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new DeskProblem(Kind.BAD_REQUEST, "'" + field + "' must be a text that is not empty.");
    }
    if (value.asText().length() > max) {
      throw new DeskProblem(
          Kind.TOO_LARGE, "'" + field + "' may have " + max + " characters at most.");
    }
    return value.asText();
  }

  /** What an agent wrote, without characters that show nothing or mislead. */
  static String message(String text) {
    String clean = UNWANTED.matcher(text).replaceAll("").strip();
    if (clean.isEmpty()) {
      throw new DeskProblem(Kind.BAD_REQUEST, "'text' holds nothing that can be shown.");
    }
    return clean;
  }

  /** A short text or number that may be missing. */
  static String word(ObjectNode body, String field) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isValueNode() || value.asText().length() > MAX_WORD) {
      throw new DeskProblem(
          Kind.BAD_REQUEST,
          "'" + field + "' must be a text of at most " + MAX_WORD + " characters.");
    }
    return value.asText();
  }

  /** A client's own id of a message, or null. */
  static String checkedId(String id) {
    if (id != null && !ID.matcher(id).matches()) {
      throw new DeskProblem(
          Kind.BAD_REQUEST, "An id has 1 to 200 printable ASCII characters without spaces.");
    }
    return id;
  }

  /** The logged-in agent; without login the one that the body names. */
  static Optional<Agent> agent(RoutingContext context) {
    Optional<Agent> known = DeskHttp.agent(context);
    if (known.isPresent()) {
      return known;
    }
    JsonNode given = body(context).path("agent");
    if (given instanceof ObjectNode agent) {
      String id = word(agent, "id");
      String name = word(agent, "name");
      if (id != null || name != null) {
        return Optional.of(new Agent(id == null ? name : id, name == null ? id : name));
      }
    }
    return Optional.empty();
  }

  static DeskState state(RoutingContext context) {
    String state = context.request().getParam("state", DeskState.WAITING.id());
    return DeskState.named(state)
        .orElseThrow(
            () -> new DeskProblem(Kind.BAD_REQUEST, "'state' can be waiting, active or ended."));
  }

  static int limit(RoutingContext context) {
    return (int) number(context, "limit", 200, 1, MAX_LIMIT);
  }

  static long after(RoutingContext context) {
    return number(context, "after", -1, -1, Long.MAX_VALUE);
  }

  private static long number(
      RoutingContext context, String name, long fallback, long least, long most) {
    String text = context.request().getParam(name);
    if (text == null) {
      return fallback;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new DeskProblem(Kind.BAD_REQUEST, "'" + name + "' must be a whole number.", 0, e);
    }
    throw new DeskProblem(
        Kind.BAD_REQUEST, "'" + name + "' must be from " + least + " to " + most + ".");
  }
}
