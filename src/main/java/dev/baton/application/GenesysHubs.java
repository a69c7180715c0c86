package dev.baton.application;

import dev.baton.activity.OutboundUrls;
import dev.baton.channel.directline.CustomerStreams;
import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.hub.genesys.GenesysBeans;
import dev.baton.hub.genesys.GenesysParts;
import dev.baton.journal.SqlJournal;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;

/** Hubs of type {@code genesys} within the application. */
final class GenesysHubs {
  private static final String BEAN = "genesysParts";

  private GenesysHubs() {}

  static void bind(
      CamelContext camel,
      Settings settings,
      SqlJournal journal,
      CustomerStreams streams,
      OutboundUrls urls)
      throws Exception {
    List<String> names =
        settings.hubs().values().stream()
            .filter(hub -> hub.type().equals("genesys"))
            .map(HubSettings::name)
            .toList();
    Vertx vertx = camel.getRegistry().lookupByNameAndType("vertx", Vertx.class);
    GenesysParts parts =
        GenesysBeans.bind(
            camel,
            names,
            journal,
            new DocumentGenesysRecords(journal.documents()),
            url -> !urls.check(url).isRefused(),
            vertx,
            Clock.systemUTC());
    camel.getRegistry().bind(BEAN, parts);
    if (!names.isEmpty()) {
      streams.onShown(parts::shown);
    }
  }

  /** Null where no application runs, as in a trial of routes. */
  static GenesysParts of(CamelContext camel) {
    return camel.getRegistry().lookupByNameAndType(BEAN, GenesysParts.class);
  }
}
