package dev.baton.conversation;

import java.time.Instant;

/** The rules of a conversation, put together: each kind of event has its own class of rules. */
public final class Rules implements Decider {
  private final Policy policy;
  private final Texts texts;

  public Rules(Policy policy, Texts texts) {
    this.policy = policy;
    this.texts = texts;
  }

  @Override
  public Decision decide(Conversation current, String id, Event event, Instant now) {
    if (event instanceof Event.CustomerStarted started) {
      return current == null
          ? CustomerRules.start(id, started, now, policy, texts)
          : new Decision(current, java.util.List.of(), Decision.Unheard.KEEP, "started already");
    }
    Turn turn = new Turn(current, now, policy, texts);
    apply(turn, event);
    return turn.decision();
  }

  private static void apply(Turn turn, Event event) {
    if (event instanceof Event.CustomerSaid said) {
      CustomerRules.said(turn, said.activity());
    } else if (event instanceof Event.CustomerLeft left) {
      CustomerRules.left(turn, left.activity());
    } else if (event instanceof Event.BotSaid said) {
      BotRules.said(turn, said.activity());
    } else if (event instanceof Event.BotEnded ended) {
      BotRules.ended(turn, ended.activity());
    } else if (event instanceof Event.HandoffRequested requested) {
      HandoffRules.requested(turn, requested.activity());
    } else if (event instanceof Event.HandoffOffered offered) {
      OfferRules.offered(turn, offered);
    } else if (event instanceof Event.HandoffOpened opened) {
      HandoffRules.opened(turn, opened);
    } else if (event instanceof Event.HandoffRefused refused) {
      HandoffRules.refused(turn, refused);
    } else if (event instanceof Event.DeliveryFailed failed) {
      DeliveryRules.failed(turn, failed);
    } else if (event instanceof Event.TimerFired fired) {
      TimerRules.fired(turn, fired.timer());
    } else if (event instanceof Event.AdministratorEnded) {
      HandoffRules.administratorEnded(turn);
    } else {
      HubRules.apply(turn, event);
    }
  }
}
