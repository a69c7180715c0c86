package dev.baton.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JSLT expression over the variables that a bot hands over, for example {@code .domain ==
 * "IT_DOMAIN"} or {@code .OrderNumber}.
 */
public final class HubExpression {
  private static final Logger LOG = LoggerFactory.getLogger(HubExpression.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String text;
  private final Expression expression;

  private HubExpression(String text, Expression expression) {
    this.text = text;
    this.expression = expression;
  }

  /**
   * @throws IllegalArgumentException when it is no JSLT; the message says where
   */
  public static HubExpression of(String text) {
    try {
      return new HubExpression(text, Parser.compileString(text));
    } catch (JsltException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Whether the expression says yes. False, null and what is empty mean no, and so does an
   * expression that breaks on the values it meets.
   *
   * @param value the {@code value} of the bot's request; anything but an object counts as empty
   * @param words what the expression finds as {@code $bot}, {@code $locale} and so on; null values
   *     are null there
   */
  public boolean holds(Object value, Map<String, String> words) {
    JsonNode result = apply(value, words);
    return switch (result.getNodeType()) {
      case NULL, MISSING -> false;
      case BOOLEAN -> result.booleanValue();
      case ARRAY, OBJECT -> !result.isEmpty();
      case STRING -> !result.textValue().isEmpty();
      default -> true;
    };
  }

  /** What the expression gives, as plain Java values; null where it breaks. See {@link #holds}. */
  public Object value(Object value, Map<String, String> words) {
    return JSON.convertValue(apply(value, words), Object.class);
  }

  private JsonNode apply(Object value, Map<String, String> words) {
    JsonNode context =
        value instanceof Map<?, ?>
            ? JSON.valueToTree(value)
            : JsonNodeFactory.instance.objectNode();
    Map<String, JsonNode> variables = new HashMap<>();
    words.forEach(
        (name, word) ->
            variables.put(name, word == null ? NullNode.instance : TextNode.valueOf(word)));
    try {
      return expression.apply(variables, context);
    } catch (JsltException e) {
      // Another type than the expression expects, for example: then this is not the case it means.
      LOG.warn("{} cannot be decided and counts as null: {}", text, e.getMessage());
      return NullNode.instance;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
