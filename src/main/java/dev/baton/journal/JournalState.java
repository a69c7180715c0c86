package dev.baton.journal;

/** Whether a node may append. */
public enum JournalState {
  /** Not started yet. */
  STARTING,
  /** Appends, delivers, fires time-outs. */
  ACTIVE,
  /** Another node is active; this one takes over when that one ends. PostgreSQL only. */
  STANDBY,
  /** The connection to the database is lost and being restored. */
  DISCONNECTED,
  /** Closed for good. */
  STOPPED
}
