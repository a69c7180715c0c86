package dev.baton.privacy;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The kinds of text that Baton knows by itself, by name. */
public final class KnownPatterns {
  private static final Map<String, MaskPattern> KNOWN = new LinkedHashMap<>();

  static {
    // Grouped as people type it; the check digit tells a card from an order number.
    known("card", "(?<![\\w.-])\\d(?:[ -]?\\d){12,18}(?![\\w-])", KnownPatterns::luhn);
    known(
        "iban",
        "(?i)(?<!\\w)[a-z]{2}\\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?!\\w)",
        KnownPatterns::iban);
    known("email", "(?<![\\w.+-])[\\w.+-]{1,64}@[\\w-]+(?:\\.[\\w-]+)+", found -> true);
    known(
        "phone",
        "(?<![\\w+.-])(?:\\+|00)\\d{1,3}(?:[ ./-]?\\(?\\d{1,4}\\)?){2,6}(?!\\w)"
            + "|(?<![\\w+.-])\\(?\\d{3}\\)?[ .-]\\d{3}[ .-]\\d{4}(?!\\w)",
        found -> true);
    known(
        "us-ssn",
        "(?<![\\w-])(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}(?![\\w-])",
        f -> true);
    known(
        "ipv4",
        "(?<![\\w.])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?!\\w|\\.\\d)",
        found -> true);
  }

  private KnownPatterns() {}

  /** Their names. */
  public static Set<String> names() {
    return KNOWN.keySet();
  }

  static MaskPattern named(String name) {
    return KNOWN.get(name);
  }

  private static void known(
      String name, String regex, java.util.function.Predicate<String> really) {
    KNOWN.put(name, new MaskPattern(name, Pattern.compile(regex), really));
  }

  /** ISO/IEC 7812: the check digit of payment cards. */
  static boolean luhn(String found) {
    int sum = 0;
    boolean twice = false;
    for (int i = found.length() - 1; i >= 0; i--) {
      if (!Character.isDigit(found.charAt(i))) {
        continue;
      }
      int digit = Character.digit(found.charAt(i), 10) * (twice ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
      twice = !twice;
    }
    return sum % 10 == 0;
  }

  /** ISO 13616: the number rearranged leaves 1 when divided by 97. */
  static boolean iban(String found) {
    String number = found.replace(" ", "").toUpperCase(Locale.ROOT);
    StringBuilder digits = new StringBuilder();
    for (char c : (number.substring(4) + number.substring(0, 4)).toCharArray()) {
      digits.append(Character.digit(c, 36));
    }
    return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
  }
}
