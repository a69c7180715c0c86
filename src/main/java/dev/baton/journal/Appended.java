package dev.baton.journal;

import dev.baton.conversation.Conversation;

/**
 * The answer to an append, given only once it is durable.
 *
 * @param conversation the state after the event; for a repeat, the present state
 * @param result id of the first customer activity that the event made, or null when it made none; a
 *     repeat gets the same
 * @param duplicate whether the source id had been seen before, so that nothing was done
 */
public record Appended(Conversation conversation, String result, boolean duplicate) {}
