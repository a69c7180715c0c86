package dev.baton.operations.doctor;

/** How bad a finding is. */
public enum Level {
  /** As it should be. */
  OK,
  /** Works, or cannot be seen from here; somebody should look at it. */
  WARN,
  /** Does not work. */
  FAIL,
  /** Cannot be examined from here; the finding says where it shows instead. */
  PASSIVE
}
