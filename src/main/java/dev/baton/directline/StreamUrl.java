package dev.baton.directline;

/** The {@code streamUrl} of a Direct Line conversation. It is a credential: never log it. */
public final class StreamUrl {
  private StreamUrl() {}

  /** Documents print it with https and with an escaped ampersand; a socket needs neither. */
  public static String forSocket(String streamUrl) {
    return streamUrl
        .strip()
        .replace("&amp;", "&")
        .replaceFirst("^(?i)https://", "wss://")
        .replaceFirst("^(?i)http://", "ws://");
  }
}
