package dev.baton.operations.doctor;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

/** Hubs of type {@code http}: asks for availability, and whether callbacks can arrive. */
public final class HttpHubDoctor implements HubDoctor {

  @Override
  public String type() {
    return "http";
  }

  @Override
  public List<Finding> examine(HubSettings hub, Settings settings, Wishes wishes) {
    return List.of(availability(hub), PublicUrlCheck.look("BTN-4509", hub, settings));
  }

  private static Finding availability(HubSettings hub) {
    Finding.About about = new Finding.About("BTN-4508", "hub " + hub.name(), "availability");
    String prefix = "baton.hubs." + hub.name() + ".";
    String url = hub.properties().getOrDefault("url", "").replaceAll("/+$", "");
    URI uri = URI.create(url + "/availability");
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
    String token = hub.properties().get("token");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      int status = new HttpAsk().ask(request).statusCode();
      if (status == 401 || status == 403) {
        return about.fail(
            "refused (HTTP " + status + ")",
            "the token is wrong, expired or missing",
            "correct " + prefix + "token");
      }
      return status >= 500 && status != 501
          ? about.fail("answers " + status, "the hub is out of order", "look at the hub's log")
          : about.ok("answers " + status);
    } catch (IOException e) {
      return about.fail(
          HttpAsk.why(uri),
          "wrong URL, or a firewall or proxy between here and there",
          "correct " + prefix + "url or the network");
    }
  }
}
