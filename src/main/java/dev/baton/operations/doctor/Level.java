package dev.baton.operations.doctor;

/** How bad a finding is. */
public enum Level {
  /** As it should be. */
  OK,
  /** Works, or cannot be seen from here; somebody should look at it. */
  WARN,
  /** Does not work. */
  FAIL,
  /** Cannot be examined; Baton notices it at run time and logs it with the same code. */
  PASSIVE
}
