package dev.baton.operations.doctor;

import java.net.URI;
import java.util.Locale;

/** Compares and shows endpoint addresses. */
public final class Addresses {
  private Addresses() {}

  /** Without query, trailing slash and standard port, host in lower case. */
  static String normal(String address) {
    URI uri = parsed(address);
    if (uri == null || uri.getHost() == null) {
      return address.strip();
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean standard =
        uri.getPort() < 0
            || (uri.getPort() == 443 && scheme.equals("https"))
            || (uri.getPort() == 80 && scheme.equals("http"));
    return scheme
        + "://"
        + uri.getHost().toLowerCase(Locale.ROOT)
        + (standard ? "" : ":" + uri.getPort())
        + uri.getRawPath().replaceAll("/+$", "");
  }

  /** Whether two addresses lead to the same place; this machine has several names. */
  public static boolean same(String one, String other) {
    return unnamed(normal(one)).equals(unnamed(normal(other)));
  }

  private static String unnamed(String normal) {
    return normal.replaceFirst("^(https?)://(127\\.0\\.0\\.1|\\[::1])(?=[:/]|$)", "$1://localhost");
  }

  /** Without user and query: these may hold secrets. */
  public static String shown(String address) {
    if (address.isBlank()) {
      return "(empty)";
    }
    URI uri = parsed(address);
    return uri == null || uri.getHost() == null
        ? address.replaceAll("\\?.*", "").replaceAll("//[^/@]*@", "//")
        : normal(address);
  }

  private static URI parsed(String address) {
    try {
      URI uri = URI.create(address.strip());
      return uri.getScheme() == null ? null : uri;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
