package dev.baton.directline.server;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many tokens pages at one address get per minute. Only so many addresses are remembered, the
 * newest; safe for use by several threads.
 */
final class PageTokenLimit {
  private static final int MOST_ADDRESSES = 10_000;
  private static final long MINUTE = 60;

  private final int perMinute;
  private final Clock clock;
  private final Map<String, Integer> given =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };
  private long minute;

  /**
   * @param perMinute most tokens; 0 sets no limit
   */
  PageTokenLimit(int perMinute, Clock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** Counts one token, if it may be given. @return 0, or the seconds until one may be given */
  synchronized long take(String address) {
    if (perMinute == 0) {
      return 0;
    }
    long now = clock.instant().getEpochSecond();
    if (now / MINUTE != minute) {
      minute = now / MINUTE;
      given.clear();
    }
    return given.merge(address, 1, Integer::sum) <= perMinute ? 0 : MINUTE - now % MINUTE;
  }
}
