package dev.baton.activity;

/**
 * One line of what was said, as an agent reads it.
 *
 * @param id id of the activity, or null
 * @param at ISO 8601 time as it was given, or null
 * @param role {@code user}, {@code bot}, {@code agent} or {@code system}
 * @param name the speaker's name, or null
 * @param text what was said, plain
 * @param source the id that the activity had at the bot, or null; the same words in two transcripts
 *     share it
 */
public record TranscriptLine(
    String id, String at, String role, String name, String text, String source) {}
