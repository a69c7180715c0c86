package dev.baton.operations.doctor;

import java.util.Locale;
import java.util.Objects;

/**
 * What one check found. No part may hold a secret: findings are printed.
 *
 * @param code {@code BTN-nnnn}, as in docs/errors.md
 * @param subject what was examined, for example {@code hub it}
 * @param check what was looked at, in a few words
 * @param seen what was seen
 * @param cause the likely cause, or empty when all is well
 * @param remedy what to do, or empty when there is nothing to do
 */
public record Finding(
    String code,
    Level level,
    String subject,
    String check,
    String seen,
    String cause,
    String remedy) {

  public Finding {
    Objects.requireNonNull(code);
    Objects.requireNonNull(level);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(check);
    Objects.requireNonNull(seen);
    Objects.requireNonNull(cause);
    Objects.requireNonNull(remedy);
  }

  public boolean failed() {
    return level == Level.FAIL;
  }

  /** {@code ok}, {@code warn}, {@code fail} or {@code passive}. */
  public String word() {
    return level.name().toLowerCase(Locale.ROOT);
  }

  /** Makes the findings of one check, which share code, subject and title. */
  public record About(String code, String subject, String check) {

    public Finding ok(String seen) {
      return new Finding(code, Level.OK, subject, check, seen, "", "");
    }

    public Finding warn(String seen, String cause, String remedy) {
      return new Finding(code, Level.WARN, subject, check, seen, cause, remedy);
    }

    public Finding fail(String seen, String cause, String remedy) {
      return new Finding(code, Level.FAIL, subject, check, seen, cause, remedy);
    }

    /**
     * @param seen how Baton notices it at run time
     */
    public Finding passive(String seen, String cause, String remedy) {
      return new Finding(code, Level.PASSIVE, subject, check, seen, cause, remedy);
    }
  }
}
