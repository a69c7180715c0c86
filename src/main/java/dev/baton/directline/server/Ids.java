package dev.baton.directline.server;

import java.security.SecureRandom;

/** Names that cannot be guessed. */
final class Ids {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** 22 letters and digits: 131 random bits. */
  static String random() {
    StringBuilder id = new StringBuilder(22);
    RANDOM.ints(22, 0, ALPHABET.length()).forEach(i -> id.append(ALPHABET.charAt(i)));
    return id.toString();
  }
}
