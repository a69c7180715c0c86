package dev.baton.channel;

import dev.baton.configuration.ChannelSettings;
import dev.baton.configuration.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** Checks what a front end presents against what is configured for it. */
public final class ChannelCredentials {
  private ChannelCredentials() {}

  /**
   * Whether the value is one of the accepted ones. Every one is compared, in constant time.
   *
   * @param given value of the header {@link ChannelSettings#header()}, or null
   */
  public static boolean accepts(ChannelSettings channel, String given) {
    return accepts(channel.secrets(), given);
  }

  static boolean accepts(List<Secret> secrets, String given) {
    byte[] presented = (given == null ? "" : given.strip()).getBytes(StandardCharsets.UTF_8);
    boolean fits = false;
    for (Secret secret : secrets) {
      fits |= MessageDigest.isEqual(presented, secret.reveal().getBytes(StandardCharsets.UTF_8));
    }
    return fits && presented.length > 0;
  }
}
