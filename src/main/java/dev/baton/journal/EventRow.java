package dev.baton.journal;

import java.time.Instant;

/**
 * A row of the table {@code event}.
 *
 * @param id rises over all conversations; a repeat leaves a gap
 * @param note why it had no effect, or null
 */
record EventRow(
    long id, String conversation, String sourceId, String body, String note, Instant at) {}
