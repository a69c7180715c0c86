package dev.baton.application;

import dev.baton.activity.OutboundUrls;
import dev.baton.channel.directline.CustomerStreams;
import dev.baton.configuration.Settings;
import dev.baton.extension.BuiltInRoutes;
import dev.baton.extension.RouteFolderCheck;
import dev.baton.hub.desk.DeskAccess;
import dev.baton.hub.desk.DeskServer;
import dev.baton.hub.desk.RouteHubEvents;
import dev.baton.journal.SqlJournal;
import io.vertx.core.Vertx;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;

/** Tries the own routes as {@link Application} would load them, and starts nothing. */
public final class RouteCheck {
  private RouteCheck() {}

  /** Why own routes would be refused; empty when none would. */
  public static List<RouteFolderCheck.Refusal> refusals(Settings settings) throws Exception {
    Vertx vertx = Vertx.vertx();
    SqlJournal journal = Journals.of(settings); // not started: the store stays untouched
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.disableJMX();
      camel.setAutoStartup(false);
      camel.getPropertiesComponent().setInitialProperties(settings.properties());
      camel.getRegistry().bind("vertx", vertx);
      camel.getRegistry().bind("journal", journal);
      OutboundUrls urls = new OutboundUrls(settings.allowedPrivateHosts());
      Beans.bind(camel, settings, journal, new CustomerStreams(), urls);
      DeskServer desk =
          new DeskServer(
              vertx,
              journal,
              new RouteHubEvents(camel.createProducerTemplate()),
              Pages.desks(settings),
              DeskAccess.of(settings.desk(), settings.server().publicUrl()));
      camel.getRegistry().bind("deskHub", desk.hub());
      BuiltInRoutes.load(camel);
      RoutesOfSettings.add(camel, settings);
      return RouteFolderCheck.of(camel, settings.routes().folder());
    } finally {
      vertx.close();
    }
  }
}
