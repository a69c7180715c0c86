package dev.baton.conversation;

/** What follows from a time-out. Each ends in a defined state; the customer is told why. */
final class TimerRules {
  private TimerRules() {}

  static void fired(Turn turn, Timer timer) {
    if (!turn.isDue(timer)) {
      turn.note("not due any more");
      return;
    }
    turn.stop(timer);
    switch (timer) {
      case ASSIGNMENT ->
          endHandoff(
              turn, OfferRules.asks(turn) ? TextKey.OFFER_TIMEOUT : TextKey.ASSIGNMENT_TIMEOUT);
      case CUSTOMER_IDLE -> endHandoff(turn, TextKey.CUSTOMER_IDLE);
      case AGENT_IDLE -> endHandoff(turn, TextKey.AGENT_IDLE);
      case BOT_SILENT -> turn.tell(TextKey.BOT_SILENT);
      case CONVERSATION_IDLE -> endConversation(turn);
      case SETTLE -> turn.toBot("end", Activities.botEnd(turn.conversation()));
    }
  }

  private static void endHandoff(Turn turn, TextKey key) {
    turn.tell(key);
    turn.endAtHub("TIMEOUT");
    turn.close(key.key());
  }

  private static void endConversation(Turn turn) {
    if (turn.owner() != Owner.BOT) {
      // The time-outs of the handoff decide first.
      turn.rest();
      return;
    }
    turn.tell(TextKey.CONVERSATION_IDLE);
    turn.toCustomer(Activities.endOfConversation("userTimedOut"));
    turn.toBot("end", Activities.botEnd(turn.conversation()));
    turn.end();
  }
}
