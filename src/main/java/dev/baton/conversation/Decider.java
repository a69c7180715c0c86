package dev.baton.conversation;

import java.time.Instant;

/**
 * The rules of a conversation: state and event in, next state and deliveries out. No I/O, no clock;
 * the same input always gives the same output.
 */
public interface Decider {

  /**
   * @param current the present state; null only for {@link Event.CustomerStarted}
   * @param id id of the conversation
   * @param event what happened
   * @param now when the journal accepted it
   */
  Decision decide(Conversation current, String id, Event event, Instant now);
}
