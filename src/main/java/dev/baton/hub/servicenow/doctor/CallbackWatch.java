package dev.baton.hub.servicenow.doctor;

import java.time.Duration;

/** Sees whether a callback of the test conversation reaches Baton. */
interface CallbackWatch extends AutoCloseable {

  enum Sight {
    /** It arrived with the right credentials. */
    ARRIVED,
    /** It arrived, but without the credentials that Baton asks for. */
    REFUSED,
    /** Nothing came. */
    NOTHING
  }

  /** Where callbacks are expected, for people. */
  String where();

  /** Returns as soon as something is seen, at the latest after this time. */
  Sight await(String session, Duration patience) throws InterruptedException;

  @Override
  void close();
}
