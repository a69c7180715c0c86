package dev.baton.channel.servicenow;

import dev.baton.configuration.RelaySettings;
import dev.baton.configuration.Secret;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a caller asks for, read from the headers of the public relay function.
 *
 * @param credential the secret towards Direct Line
 * @param watermark null reads from the start
 * @param bound how long the call may take
 * @param exclude what is left out of the answer: {@code own}, {@code trace}
 */
record RelayRequest(
    String conversation, String credential, String watermark, Duration bound, Set<String> exclude) {
  private static final int LONGEST_ID = 512;
  private static final String BEARER = "Bearer ";

  /**
   * @throws RelayProblem 400 naming the header, 403 for a wrong secret
   */
  static RelayRequest of(MultiMap headers, RelaySettings settings) {
    String credential = credential(headers, settings);
    String conversation = value(headers, "conversationid");
    if (conversation == null) {
      throw RelayProblem.badArgument(
          "Missing header 'conversationid': the id of the Direct Line conversation");
    }
    if (conversation.length() > LONGEST_ID) {
      throw RelayProblem.badArgument("Header 'conversationid' is too long");
    }
    Set<String> exclude = new HashSet<>(settings.exclude());
    String more = value(headers, "exclude");
    if (more != null) {
      Arrays.stream(more.toLowerCase(Locale.ROOT).split(","))
          .map(String::strip)
          .forEach(exclude::add);
    }
    return new RelayRequest(
        conversation, credential, value(headers, "watermark"), wait(headers, settings), exclude);
  }

  private static Duration wait(MultiMap headers, RelaySettings settings) {
    String value = value(headers, "waittime");
    if (value == null) {
      return settings.defaultWait();
    }
    if (!value.matches("\\d{1,9}(\\.\\d+)?")) {
      throw RelayProblem.badArgument(
          "Header 'waittime' must be a number of milliseconds, such as 20000");
    }
    Duration asked = Duration.ofMillis((long) Double.parseDouble(value));
    return asked.compareTo(settings.longestWait()) > 0 ? settings.longestWait() : asked;
  }

  /** All that are presented are looked at: ServiceNow's two aliases may both add theirs. */
  private static String credential(MultiMap headers, RelaySettings settings) {
    List<String> presented =
        Stream.of("authorization", "dlsecret", settings.header())
            .map(name -> value(headers, name))
            .filter(Objects::nonNull)
            .map(RelayRequest::bare)
            .filter(secret -> !secret.isEmpty())
            .distinct()
            .toList();
    if (presented.isEmpty()) {
      throw RelayProblem.badArgument(
          "Missing header 'authorization' or 'dlsecret': the Direct Line secret");
    }
    List<Secret> known =
        Stream.concat(Stream.ofNullable(settings.secret()), settings.accepted().stream()).toList();
    if (settings.secret() != null
        && presented.stream().anyMatch(secret -> isOneOf(secret, known))) {
      return settings.secret().reveal();
    }
    if (settings.passThrough()) {
      return presented.get(0);
    }
    throw RelayProblem.of(
        403,
        "BTN-1101",
        "BadArgument",
        "Invalid secret: present the Direct Line secret of bot " + settings.bot());
  }

  private static String bare(String value) {
    return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? value.substring(BEARER.length()).strip()
        : value;
  }

  /** Takes the same time for every wrong secret. */
  private static boolean isOneOf(String presented, List<Secret> known) {
    byte[] given = presented.getBytes(StandardCharsets.UTF_8);
    boolean found = false;
    for (Secret secret : known) {
      found |= MessageDigest.isEqual(given, secret.reveal().getBytes(StandardCharsets.UTF_8));
    }
    return found;
  }

  private static String value(MultiMap headers, String name) {
    String value = headers.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  @Override
  public String toString() {
    return "RelayRequest[" + conversation + "]";
  }
}
