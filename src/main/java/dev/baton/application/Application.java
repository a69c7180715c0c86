package dev.baton.application;

import dev.baton.activity.OutboundUrls;
import dev.baton.channel.directline.CustomerStreams;
import dev.baton.configuration.Settings;
import dev.baton.configuration.SettingsLoader;
import dev.baton.extension.BuiltInRoutes;
import dev.baton.extension.RouteFolder;
import dev.baton.hub.desk.DeskAccess;
import dev.baton.hub.desk.DeskServer;
import dev.baton.hub.desk.RouteHubEvents;
import dev.baton.journal.Journal;
import dev.baton.journal.SqlJournal;
import dev.baton.operations.ConversationContext;
import dev.baton.operations.Drain;
import dev.baton.operations.LogSetup;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.model.ModelCamelContext;
import org.apache.logging.log4j.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running Baton. */
public final class Application implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);
  private static final int WORKERS = 64;

  private final Settings settings;
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setWorkerPoolSize(WORKERS).setUseDaemonThread(true));
  private final SqlJournal journal;
  private final CustomerStreams streams = new CustomerStreams();
  private final Drain drain = new Drain(false);
  private final TrafficServer traffic = new TrafficServer();
  private final StopGate stopGate = new StopGate();
  private final OutboundUrls urls;
  private final Main main = new Main();
  private final List<Runnable> closing = new CopyOnWriteArrayList<>();
  private DeskServer desk;
  private Pages pages;
  private ActiveNode activeNode;

  private Application(Settings settings) {
    this.settings = settings;
    this.journal = Journals.of(settings);
    this.urls = new OutboundUrls(settings.allowedPrivateHosts());
  }

  /**
   * Starts with these settings and returns when canvases and hubs are served.
   *
   * @throws Exception when the store, a port or a route cannot be used; what had started is stopped
   */
  public static Application start(Settings settings) throws Exception {
    LogSetup.apply(settings);
    Application application = new Application(settings);
    try {
      application.start();
      return application;
    } catch (Exception e) {
      application.close();
      throw e;
    }
  }

  /**
   * Starts from a configuration file; {@code baton.demo} adds the simulated bot, the desk and the
   * start page.
   *
   * @param overrides win over file and environment
   * @param file to read, or null for {@code conf/application.properties} if present
   */
  public static Application start(Properties overrides, Path file) throws Exception {
    Settings settings = new SettingsLoader().file(file).overrides(overrides).load();
    return settings.demo() ? Demo.start(overrides, file) : start(settings);
  }

  /** Waits until the process is told to stop, then stops in order. @return the exit code */
  public int waitForExit() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  LOG.info("Stopping: what is in flight is finished first");
                  close();
                  stopped.countDown();
                  LogManager.shutdown();
                },
                "shutdown"));
    stopped.await();
    return 0;
  }

  private void start() throws Exception {
    long begin = System.nanoTime();
    Ports.requireFree(settings.server());
    journal.start();
    Standby.awaitStore(journal);
    journal.addListener(streams);
    main.setOverrideProperties(camelProperties());
    // The process's end is ours to order: Camel's own hook would race with it.
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    main.bind("vertx", vertx);
    main.bind("trafficServer", traffic);
    main.bind("journal", journal);
    main.bind("conversationContext", new ConversationContext());
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void afterConfigure(BaseMainSupport configured) {
            prepare(configured.getCamelContext());
          }
        });
    main.start();
    mount(main.getCamelContext());
    LOG.info(
        "Baton is ready on port {} in {} ms: bots {}, hubs {}",
        settings.server().port(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
        settings.bots().keySet(),
        settings.hubs().keySet());
  }

  private Properties camelProperties() {
    Properties properties = new Properties();
    properties.putAll(settings.properties());
    // Routes come from the jar's own list and from baton.routes.folder, not from what is called
    // camel/ on somebody's class path.
    properties.putIfAbsent("camel.main.routes-include-pattern", "false");
    if ("json".equals(properties.getProperty("baton.log.format"))) {
      properties.setProperty("camel.main.useMdcLogging", "true");
    }
    return properties;
  }

  private void prepare(CamelContext camel) {
    try {
      camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
      camel.getShutdownStrategy().setTimeout(settings.server().shutdownTimeout().toMillis());
      Beans.bind(camel, settings, journal, streams, urls);
      desk =
          new DeskServer(
              vertx,
              journal,
              new RouteHubEvents(camel.createProducerTemplate()),
              Pages.desks(settings),
              DeskAccess.of(settings.desk(), settings.server().publicUrl()));
      camel.getRegistry().bind("deskHub", desk.hub());
      BuiltInRoutes.load(camel);
      RoutesOfSettings.add((ModelCamelContext) camel, settings);
      activeNode = ActiveNode.of(camel, settings, journal, this::closeStreams);
      Observation.add(camel, settings, journal, drain, this::drain);
    } catch (Exception e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private void mount(CamelContext camel) throws Exception {
    stopGate.mount(router(camel, settings.server().port()));
    pages =
        Pages.mount(
            router(camel, settings.server().port()),
            vertx,
            camel,
            settings,
            journal,
            streams,
            urls,
            desk,
            drain);
    Observation.mount(
        router(camel, settings.server().managementPort()), settings, journal, this::drain);
    camel.addService(
        new RouteFolder(camel, settings.routes().folder(), settings.routes().reload()));
    traffic.listen();
    drain.open();
    activeNode.start();
  }

  private void closeStreams() {
    if (pages != null) {
      pages.standBy();
    }
  }

  private static Router router(CamelContext camel, int port) {
    return VertxPlatformHttpRouter.lookup(
        camel, VertxPlatformHttpRouter.getRouterNameFromPort(port));
  }

  /** The router of the traffic port, for pages beside Baton's own. */
  public Router router() {
    return router(camel(), settings.server().port());
  }

  /** Does this too when it stops. */
  void onClose(Runnable action) {
    closing.add(action);
  }

  public Settings settings() {
    return settings;
  }

  public CamelContext camel() {
    return main.getCamelContext();
  }

  public Journal journal() {
    return journal;
  }

  /** Takes no new conversations from now on; those that run go on. */
  public void drain() {
    drain.begin();
  }

  /** Stops taking, finishes what is in flight, and stops within {@code baton.shutdown-timeout}. */
  @Override
  public void close() {
    drain();
    if (pages != null) {
      pages.drain();
    }
    stopGate.close();
    if (activeNode != null) {
      activeNode.close();
    }
    main.stop();
    if (pages != null) {
      pages.close();
    }
    journal.stop();
    closing.forEach(Runnable::run);
    vertx.close();
  }
}
