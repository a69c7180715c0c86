package dev.baton.operations.doctor;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import java.net.URI;

/** Whether a hub outside this machine could call {@code baton.public-url}. */
public final class PublicUrlCheck {
  private PublicUrlCheck() {}

  /**
   * @param code of the finding
   */
  public static Finding look(String code, HubSettings hub, Settings settings) {
    Finding.About about = new Finding.About(code, "hub " + hub.name(), "way back to Baton");
    URI url = settings.server().publicUrl();
    boolean near = isLocal(URI.create(hub.properties().getOrDefault("url", "")));
    if (isLocal(url) && !near) {
      return about.fail(
          "baton.public-url is " + url,
          "the hub is elsewhere and cannot reach this machine by that name",
          "set baton.public-url to how the hub reaches Baton from outside, with https");
    }
    return "http".equalsIgnoreCase(url.getScheme()) && !near
        ? about.warn(
            "baton.public-url is " + url,
            "it is not encrypted, and hosted services usually refuse http",
            "put TLS in front of Baton and set baton.public-url to https://…")
        : about.ok("baton.public-url is " + url);
  }

  private static boolean isLocal(URI url) {
    String host = url.getHost();
    return host != null
        && (host.equalsIgnoreCase("localhost")
            || host.startsWith("127.")
            || host.equals("[::1]")
            || host.equals("0.0.0.0"));
  }
}
