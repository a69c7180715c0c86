package dev.baton.application;

import dev.baton.configuration.Settings;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Owner;
import dev.baton.journal.DocumentStore;
import dev.baton.journal.SqlJournal;
import dev.baton.operations.BatonMetrics;
import dev.baton.operations.ConversationsBean;
import dev.baton.operations.Drain;
import dev.baton.operations.HealthMonitor;
import dev.baton.operations.JournalAdministration;
import dev.baton.operations.ManagementApi;
import dev.baton.operations.Probes;
import dev.baton.operations.StoreCheck;
import dev.baton.operations.StoreName;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;

/** Health, metrics, JMX and the management API. */
final class Observation {
  private static final int ALL = 1_000_000;

  private Observation() {}

  static void add(
      CamelContext camel, Settings settings, SqlJournal journal, Drain drain, Runnable drainNow)
      throws Exception {
    HealthCheckRegistry health = HealthCheckRegistry.get(camel);
    health.register(new StoreCheck(journal));
    health.register(drain);
    camel.addService(
        new HealthMonitor(
            Probes.of(settings),
            settings.server().strictHealth(),
            settings.server().healthInterval()));
    JournalAdministration administration = new JournalAdministration(journal, drainNow, () -> {});
    camel.addService(new ConversationsBean(journal, administration), true, true);
    MeterRegistry meters = camel.getRegistry().findSingleByType(MeterRegistry.class);
    if (meters != null) {
      journal.addListener(new BatonMetrics(meters, journal, waitingOrServed(journal)));
    }
  }

  static void mount(Router management, Settings settings, SqlJournal journal, Runnable drainNow) {
    new ManagementApi(
            new JournalAdministration(journal, drainNow, () -> {}),
            settings.server().managementToken(),
            StoreName.of(settings.store()),
            kind ->
                journal.documents().list(kind).stream().map(DocumentStore.Document::body).toList())
        .mount(management);
  }

  private static List<Conversation> waitingOrServed(SqlJournal journal) {
    List<Conversation> open = new ArrayList<>(journal.list(null, null, Owner.PENDING, null, ALL));
    open.addAll(journal.list(null, null, Owner.AGENT, null, ALL));
    return open;
  }
}
