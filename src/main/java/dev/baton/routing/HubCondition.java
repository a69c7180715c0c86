package dev.baton.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a hub is meant for a handoff: a JSLT expression over the variables that the bot hands
 * over, for example {@code .domain == "IT_DOMAIN"}. What is false, null or empty in JSLT is no.
 */
public final class HubCondition {
  private static final Logger LOG = LoggerFactory.getLogger(HubCondition.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String text;
  private final Expression expression;

  private HubCondition(String text, Expression expression) {
    this.text = text;
    this.expression = expression;
  }

  /**
   * @throws IllegalArgumentException when it is no JSLT; the message says where
   */
  public static HubCondition of(String text) {
    try {
      return new HubCondition(text, Parser.compileString(text));
    } catch (JsltException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * @param value the {@code value} of the bot's request; anything but an object counts as empty
   * @param words what the expression finds as {@code $bot}, {@code $locale} and so on; null values
   *     are null there
   */
  public boolean holds(Object value, Map<String, String> words) {
    JsonNode context =
        value instanceof Map<?, ?>
            ? JSON.valueToTree(value)
            : JsonNodeFactory.instance.objectNode();
    Map<String, JsonNode> variables = new HashMap<>();
    words.forEach(
        (name, word) ->
            variables.put(
                name, word == null ? JsonNodeFactory.instance.nullNode() : TextNode.valueOf(word)));
    try {
      return isYes(expression.apply(variables, context));
    } catch (JsltException e) {
      // Another type than the expression expects, for example: then this is not the case it means.
      LOG.warn("Condition {} cannot be decided and counts as no: {}", text, e.getMessage());
      return false;
    }
  }

  private static boolean isYes(JsonNode result) {
    return switch (result.getNodeType()) {
      case NULL, MISSING -> false;
      case BOOLEAN -> result.booleanValue();
      case ARRAY, OBJECT -> !result.isEmpty();
      case STRING -> !result.textValue().isEmpty();
      default -> true;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
