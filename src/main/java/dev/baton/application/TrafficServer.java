package dev.baton.application;

import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.main.HttpServerConfigurationProperties;

/**
 * Makes the server of the traffic port, which listens only once everything is mounted. Camel's own
 * listens before there are routes, and answers 404 until then: a hub may take that as the final
 * word on its event.
 */
final class TrafficServer extends DefaultMainHttpServerFactory {
  private Late server;

  @Override
  public Service newHttpServer(CamelContext camel, HttpServerConfigurationProperties properties) {
    MainHttpServer usual = (MainHttpServer) super.newHttpServer(camel, properties);
    server = new Late(usual.getConfiguration());
    // Routes look for the port that listens, which now is none, or for this.
    camel.getRegistry().bind("trafficServerConfiguration", usual.getConfiguration());
    MainHttpServer late =
        new MainHttpServer() {
          @Override
          protected void doInit() throws Exception {
            getCamelContext().addService(server);
          }
        };
    late.setCamelContext(camel);
    late.setConfiguration(usual.getConfiguration());
    return late;
  }

  /** Answers from now on. */
  void listen() throws Exception {
    server.listen();
  }

  private static final class Late extends VertxPlatformHttpServer {
    Late(VertxPlatformHttpServerConfiguration configuration) {
      super(configuration);
    }

    @Override
    protected void startServer() {
      // listen() does
    }

    void listen() throws Exception {
      super.startServer();
    }

    @Override
    protected void stopVertx() {
      // it belongs to the application
    }
  }
}
