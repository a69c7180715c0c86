package dev.baton.hub.servicenow.doctor;

import java.util.regex.Pattern;

/** Takes what looks like a credential out of texts that come from an instance's logs. */
final class Masking {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(bearer\\s+|basic\\s+|(?:secret|token|password|api-?key|signature)"
              + "[\"']?\\s*[=:]\\s*[\"']?)[A-Za-z0-9._~+/=-]+");

  private Masking() {}

  static String mask(String text) {
    return SECRET.matcher(text).replaceAll("$1***").replaceAll("\\p{Cntrl}", " ");
  }
}
