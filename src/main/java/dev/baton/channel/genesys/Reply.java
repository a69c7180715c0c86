package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What Genesys is answered, before it gets the form of one of its interfaces.
 *
 * @param state what Genesys does next
 * @param intent name of the intent, or null for none
 * @param messages what the customer is shown, in order
 * @param slots values of slots declared for the intent, by name, each with its type
 * @param parameters session variables for the flow
 * @param error why it failed, or null
 */
record Reply(
    State state,
    String intent,
    List<ObjectNode> messages,
    Map<String, Slot> slots,
    Map<String, String> parameters,
    Fault error) {

  enum State {
    /** Genesys waits for the customer. */
    MORE_DATA("MoreData"),
    /** The flow goes on at the intent's branch. */
    COMPLETE("Complete"),
    /** The flow goes on at its Failure branch. */
    FAILED("Failed");

    private final String word;

    State(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static State of(String word) {
      for (State state : values()) {
        if (state.word.equalsIgnoreCase(word)) {
          return state;
        }
      }
      throw new IllegalArgumentException("There is no state " + word);
    }
  }

  /** A slot's value in the type's own form. */
  record Slot(SlotType type, JsonNode value) {}

  /**
   * @param code an HTTP status that says what went wrong
   */
  record Fault(String code, String message) {}

  Reply {
    messages = List.copyOf(messages);
  }

  /** Whether the session is over after this answer. */
  boolean isFinal() {
    return state != State.MORE_DATA;
  }
}
