package dev.baton.directline;

/** How soon to poll next: quick after a post, once a second in a dialogue, slower when quiet. */
final class Pace {
  private final DirectLineConfiguration configuration;
  private long activeAt;
  private long interval;
  private boolean posted;

  Pace(DirectLineConfiguration configuration, long now) {
    this.configuration = configuration;
    this.activeAt = now;
    this.interval = configuration.getPollInterval();
  }

  /** An activity was posted. */
  void posted(long now) {
    posted = true;
    heard(now);
  }

  /** Something arrived. */
  void heard(long now) {
    activeAt = now;
    interval = configuration.getPollInterval();
  }

  /** Milliseconds until the next poll. */
  long next(long now) {
    if (posted) {
      posted = false;
      return configuration.getPollAfterPost();
    }
    if (now - activeAt < configuration.getPollQuietAfter()) {
      return interval;
    }
    interval = Math.min(configuration.getPollMaxInterval(), interval + interval / 2);
    return interval;
  }
}
