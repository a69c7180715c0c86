package dev.baton.journal;

import java.time.Instant;

/** What a delivery, or its withdrawal, leaves in the entry's row. */
record LaneMark(
    String conversation,
    long seq,
    StoredEntry.Status status,
    int attempts,
    Instant dueAt,
    Instant firstAt,
    String remoteId,
    String cause) {}
