package dev.baton.http;

/** Names that routes and beans behind an {@code async-http} entrance use. */
public final class AsyncHttpConstants {
  /**
   * Exchange property: a {@link java.util.function.BooleanSupplier}, whether nobody waits any more.
   */
  public static final String CLIENT_GONE = "batonHttpClientGone";

  private AsyncHttpConstants() {}
}
