package dev.baton.channel.servicenow;

import dev.baton.channel.servicenow.DirectLineReads.Reply;
import java.time.Duration;

/**
 * How often Direct Line is read without being called. Microsoft asks for no more than once a second
 * for long; its own client's floor is 200 ms. A service that has no streams at all is an emulator
 * or somebody's own, and nothing but reading often tells when its bot has answered.
 */
final class Pace {
  /** An open socket is no proof that it delivers. */
  private static final Duration BESIDE_STREAM = Duration.ofSeconds(3);

  private Pace() {}

  /**
   * @param since time since the call began
   */
  static Duration between(Duration since, Bell.State bell) {
    long seconds = since.toSeconds();
    return switch (bell) {
      case OPEN -> BESIDE_STREAM;
      case NONE_HERE -> Duration.ofMillis(seconds < 5 ? 20 : seconds < 15 ? 50 : 200);
      case SILENT -> Duration.ofMillis(seconds < 5 ? 200 : seconds < 15 ? 500 : 1000);
    };
  }

  /** After an error Direct Line is left alone for as long as it asks. */
  static Duration afterRefusal(Reply reply, Duration usual) {
    String asked = reply.retryAfter();
    if (asked != null && asked.matches("\\d{1,4}")) {
      Duration wait = Duration.ofSeconds(Long.parseLong(asked));
      return wait.compareTo(usual) > 0 ? wait : usual;
    }
    Duration second = Duration.ofSeconds(1);
    return reply.status() >= 400 && usual.compareTo(second) < 0 ? second : usual;
  }
}
