package dev.baton.directline;

import java.util.concurrent.ThreadLocalRandom;

/** Waiting times that grow, with some chance in them so that many clients do not act as one. */
final class Delays {
  private Delays() {}

  /** {@code first} doubled with each failure after the first, up to {@code limit}, give or take. */
  static long growing(long first, long limit, int failures) {
    long grown = first << Math.min(20, Math.max(0, failures - 1));
    long capped = Math.max(1, Math.min(limit, grown));
    return capped - ThreadLocalRandom.current().nextLong(capped / 4 + 1);
  }

  static long between(long least, long most) {
    return most <= least ? least : ThreadLocalRandom.current().nextLong(least, most + 1);
  }
}
