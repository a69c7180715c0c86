package dev.baton.operations;

/** Finds out whether something that Baton depends on can be reached. May block. */
public interface Probe {

  /** For example {@code bot-shop}; a part of the health check's id. */
  String name();

  /** Never throws. */
  Result check();

  /**
   * @param up whether it can be reached
   * @param detail why not, or how; safe to show
   */
  record Result(boolean up, String detail) {
    public static Result up(String detail) {
      return new Result(true, detail);
    }

    public static Result down(String detail) {
      return new Result(false, detail);
    }
  }
}
