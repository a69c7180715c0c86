package dev.baton.conversation;

/**
 * The person whom the conversation serves.
 *
 * @param id the channel's user id; never null
 * @param name display name, or null
 */
public record Customer(String id, String name) {}
