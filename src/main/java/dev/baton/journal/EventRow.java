package dev.baton.journal;

import java.time.Instant;

/**
 * A row of the table {@code event}.
 *
 * @param no rises within the conversation; a repeat leaves a gap
 * @param note why it had no effect, or null
 */
record EventRow(
    String conversation, long no, String sourceId, String body, String note, Instant at) {}
