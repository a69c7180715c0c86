package dev.baton.conversation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Handoff.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The customer is asked which human they would like to talk to, and what to tell them. */
final class OfferRules {
  private OfferRules() {}

  static void offered(Turn turn, Event.HandoffOffered event) {
    if (!turn.isOpen(event.handoffId())
        || turn.handoff().phase() != Phase.REQUESTED
        || turn.handoff().offer() != null) {
      turn.note("offered too late");
      return;
    }
    Offer offer =
        new Offer(event.choices(), event.describe(), blankToNull(event.description()), null);
    turn.update(turn.handoff().offering(Phase.OFFERED, offer));
    turn.start(Timer.ASSIGNMENT, turn.policy().assignment());
    List<String> labels = new ArrayList<>();
    StringBuilder list = new StringBuilder();
    for (Offer.Choice choice : offer.choices()) {
      labels.add(choice.name());
      line(list, labels.size(), entry(turn, choice));
    }
    stay(turn)
        .ifPresent(
            stay -> {
              labels.add(stay);
              line(list, labels.size(), stay);
            });
    turn.text(TextKey.OFFER, Map.of())
        .ifPresent(text -> turn.ask(TextKey.OFFER, text + "\n" + list, labels));
  }

  private static void line(StringBuilder list, int number, String text) {
    list.append('\n').append(number).append(". ").append(text);
  }

  /** A choice with what is known of the wait. */
  private static String entry(Turn turn, Offer.Choice choice) {
    if (choice.waitSeconds() == null || choice.waitSeconds() <= 0) {
      return turn.text(TextKey.OFFER_HUB, Map.of("hub", choice.name())).orElse(choice.name());
    }
    String minutes = Long.toString(Math.max(1, Math.round(choice.waitSeconds() / 60.0)));
    return turn.text(TextKey.OFFER_HUB, Map.of("hub", choice.name(), "minutes", minutes))
        .orElse(choice.name());
  }

  private static Optional<String> stay(Turn turn) {
    return turn.text(TextKey.OFFER_STAY, Map.of());
  }

  /** Whether the customer's next message is an answer to Baton. */
  static boolean asks(Turn turn) {
    return turn.handoffOpen()
        && (turn.handoff().phase() == Phase.OFFERED || turn.handoff().phase() == Phase.DESCRIBING);
  }

  /**
   * @return whether it was an answer; if not, the handoff is over and the bot should hear it
   */
  static boolean answered(Turn turn, ObjectNode activity, String streamId) {
    return turn.handoff().phase() == Phase.OFFERED
        ? chosen(turn, activity.path("text").asText(""))
        : described(turn, activity, streamId);
  }

  private static boolean chosen(Turn turn, String text) {
    Offer offer = turn.handoff().offer();
    String said = fold(text);
    int stays = offer.choices().size() + 1;
    if (stay(turn).filter(stay -> said.equals(fold(stay)) || said.equals("" + stays)).isPresent()) {
      decline(turn);
      return true;
    }
    Optional<Offer.Choice> choice = find(offer, said);
    if (choice.isEmpty()) {
      // Whoever goes on talking goes on with the bot.
      decline(turn);
      return false;
    }
    Offer chosen = offer.chosen(choice.get().hub());
    if (offer.describe()) {
      turn.update(turn.handoff().offering(Phase.DESCRIBING, chosen));
      turn.start(Timer.ASSIGNMENT, turn.policy().assignment());
      askForDescription(turn, chosen.description());
    } else {
      open(turn, chosen);
    }
    return true;
  }

  private static void askForDescription(Turn turn, String description) {
    Optional<String> send = turn.text(TextKey.DESCRIBE_SEND, Map.of());
    if (description == null) {
      turn.tell(TextKey.DESCRIBE_NEW);
      return;
    }
    turn.text(TextKey.DESCRIBE, Map.of())
        .ifPresent(
            text ->
                turn.ask(
                    TextKey.DESCRIBE,
                    text + "\n\n> " + description.replace("\n", "\n> "),
                    send.map(List::of).orElse(List.of())));
  }

  private static boolean described(Turn turn, ObjectNode activity, String streamId) {
    Offer offer = turn.handoff().offer();
    String text = activity.path("text").asText("").strip();
    boolean asItIs =
        text.isEmpty()
            || (offer.description() != null
                && turn.text(TextKey.DESCRIBE_SEND, Map.of())
                    .filter(send -> fold(send).equals(fold(text)))
                    .isPresent());
    open(turn, asItIs ? offer : offer.described(text));
    if (activity.path("attachments").size() > 0) {
      CustomerRules.send(turn, activity, streamId);
    }
    return true;
  }

  private static void open(Turn turn, Offer offer) {
    turn.update(turn.handoff().offering(Phase.REQUESTED, offer));
    turn.start(Timer.ASSIGNMENT, turn.policy().assignment());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("handoffId", turn.handoff().id()).put("hub", offer.hub());
    if (offer.description() != null) {
      body.put("description", offer.description());
    }
    // The bot's request stands in the journal, with the first opening.
    turn.toHub("open", body);
  }

  private static void decline(Turn turn) {
    turn.tell(TextKey.OFFER_DECLINED);
    turn.close("The customer stays with the bot");
  }

  /** By number, by name, or by a name within a sentence when it is the only one. */
  private static Optional<Offer.Choice> find(Offer offer, String said) {
    for (int i = 0; i < offer.choices().size(); i++) {
      Offer.Choice choice = offer.choices().get(i);
      if (said.equals(Integer.toString(i + 1))
          || said.equals(fold(choice.name()))
          || said.equals(fold(choice.hub()))) {
        return Optional.of(choice);
      }
    }
    List<Offer.Choice> named =
        offer.choices().stream().filter(c -> names(said, fold(c.name()))).toList();
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }

  private static boolean names(String said, String name) {
    return !name.isEmpty()
        && Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])")
            .matcher(said)
            .find();
  }

  private static String fold(String text) {
    return text.strip().replaceAll("[.!]+$", "").toLowerCase(Locale.ROOT);
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
