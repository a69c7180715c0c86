package dev.baton.operations.doctor;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.operations.Probe;
import dev.baton.operations.ReachabilityProbe;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** For hub types that have no doctor of their own: whether the URL answers. */
final class ReachabilityDoctor implements HubDoctor {
  private final String type;

  ReachabilityDoctor(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public List<Finding> examine(HubSettings hub, Settings settings, Wishes wishes) {
    return List.of(reachable(hub));
  }

  private static Finding reachable(HubSettings hub) {
    Finding.About about = new Finding.About("BTN-4507", "hub " + hub.name(), "address");
    String url = hub.properties().get("url");
    if (url == null || !url.toLowerCase(Locale.ROOT).startsWith("http")) {
      return about.ok("type " + hub.type() + ", nothing to reach");
    }
    Probe.Result result = new ReachabilityProbe("hub-" + hub.name(), URI.create(url)).check();
    return result.up()
        ? about.ok(result.detail())
        : about.fail(
            result.detail(),
            "wrong URL, or a firewall or proxy between here and there",
            "correct baton.hubs." + hub.name() + ".url or the network");
  }
}
