package dev.baton.operations;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * W3C trace context, as far as Baton passes it on.
 *
 * @param traceId 32 hexadecimal digits
 * @param parentId 16 hexadecimal digits: the caller's span
 * @param flags 2 hexadecimal digits
 */
record Trace(String traceId, String parentId, String flags) {
  static final String HEADER = "traceparent";

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  /** Reads a {@code traceparent}; empty when it is missing or malformed, as the standard asks. */
  static Optional<Trace> parse(String header) {
    Matcher form = FORM.matcher(header == null ? "" : header.strip().toLowerCase(Locale.ROOT));
    boolean valid =
        form.matches()
            && !form.group(1).equals("ff")
            && (form.group(5) == null || !form.group(1).equals("00"))
            && !form.group(2).matches("0+")
            && !form.group(3).matches("0+");
    return valid
        ? Optional.of(new Trace(form.group(2), form.group(3), form.group(4)))
        : Optional.empty();
  }

  /** A {@code traceparent} for a call that belongs to this trace, with a span id of its own. */
  String child() {
    return "00-" + traceId + "-" + randomHex() + "-" + flags;
  }

  private static String randomHex() {
    long id;
    do {
      id = ThreadLocalRandom.current().nextLong();
    } while (id == 0);
    return String.format(Locale.ROOT, "%016x", id);
  }
}
