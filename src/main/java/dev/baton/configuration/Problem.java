package dev.baton.configuration;

/**
 * Something wrong with the configuration.
 *
 * @param code {@code BTN-4nnn}, see docs/errors.md
 * @param severity whether Baton can start in spite of it
 * @param key the property, or the file, that it is about
 * @param message what is wrong and what to do; never contains a secret
 */
public record Problem(String code, Severity severity, String key, String message) {

  public enum Severity {
    /** Baton does not start. */
    ERROR,
    /** Baton starts; something will probably not work. */
    WARNING
  }

  static Problem error(String code, String key, String message) {
    return new Problem(code, Severity.ERROR, key, message);
  }

  static Problem warning(String code, String key, String message) {
    return new Problem(code, Severity.WARNING, key, message);
  }

  @Override
  public String toString() {
    return code + " " + key + ": " + message;
  }
}
