package dev.baton.hub.genesys;

import dev.baton.pacing.RequestPacer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * One OAuth client in one region: its token, fetched once for all who need it, and its share of
 * requests. Hubs with the same client share both, because the platform counts by token.
 */
final class GenesysAccount {
  private static final Duration EARLY = Duration.ofSeconds(60);

  /**
   * @param value the bearer token
   * @param life how long it is valid from now
   */
  record Token(String value, Duration life) {
    @Override
    public String toString() {
      return "Token[" + life + "]";
    }
  }

  private final Clock clock;
  private final RequestPacer pacer;
  private String token;
  private Instant until = Instant.MIN;

  GenesysAccount(int requestsPerMinute, Clock clock) {
    this.clock = clock;
    this.pacer = new RequestPacer(requestsPerMinute, clock);
  }

  RequestPacer pacer() {
    return pacer;
  }

  /**
   * The token, a fresh one when there is none or it ends within a minute. Callers wait for one
   * fetch.
   *
   * @param fetch blocks; its failure is the caller's
   */
  synchronized String token(Supplier<Token> fetch) {
    if (token == null || !clock.instant().isBefore(until)) {
      Token fetched = fetch.get();
      Duration early = fetched.life().dividedBy(5);
      token = fetched.value();
      until =
          clock.instant().plus(fetched.life()).minus(early.compareTo(EARLY) < 0 ? early : EARLY);
    }
    return token;
  }

  /** A token was refused: it is forgotten, unless somebody has fetched another one already. */
  synchronized void refused(String value) {
    if (value.equals(token)) {
      token = null;
    }
  }
}
