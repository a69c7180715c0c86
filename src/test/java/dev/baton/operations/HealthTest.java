package dev.baton.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.baton.configuration.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {

  @ParameterizedTest
  @CsvSource({"false,UP", "true,DOWN"})
  void anUnreachableBotIsSeenAndCountsOnlyWhenStrict(boolean strict, HealthCheck.State state)
      throws Exception {
    AtomicReference<Probe.Result> answer = new AtomicReference<>(Probe.Result.down("gone"));
    Probe probe = probe("bot-shop", answer);
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      HealthCheckRegistry registry = new DefaultHealthCheckRegistry(context);
      context.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, registry);
      context.addService(new HealthMonitor(List.of(probe), strict, Duration.ofMillis(1)));
      context.start();
      HealthCheck check = registry.getCheck("bot-shop").orElseThrow();

      Awaitility.await()
          .untilAsserted(
              () -> {
                HealthCheck.Result result = check.call();
                assertThat(result.getState()).isEqualTo(state);
                assertThat(result.getDetails()).containsEntry("detail", "gone");
              });
      assertThat(check.isReadiness()).isTrue();
      assertThat(check.isLiveness()).isFalse();

      answer.set(Probe.Result.up("answers"));
      Awaitility.await()
          .untilAsserted(
              () -> {
                assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);
                assertThat(check.call().getDetails()).doesNotContainKey("degraded");
              });
    }
  }

  @Test
  void aStoreThatCannotBeReadIsDown() {
    FakeJournal journal = new FakeJournal();
    StoreCheck check = new StoreCheck(journal);
    assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);

    journal.failure = new IllegalStateException("disk");

    assertThat(check.call().getState()).isEqualTo(HealthCheck.State.DOWN);
  }

  @Test
  void aDrainingNodeIsNotReady() {
    Drain drain = new Drain();
    assertThat(drain.call().getState()).isEqualTo(HealthCheck.State.UP);

    drain.begin();

    assertThat(drain.call().getState()).isEqualTo(HealthCheck.State.DOWN);
    assertThat(drain.isLiveness()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"200,true", "401,true", "404,true", "500,true", "502,false", "503,false"})
  void anyAnswerButThatOfAGatewayCountsAsReachable(int status, boolean up) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          call.sendResponseHeaders(status, -1);
          call.close();
        });
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x?key=hidden");
      Probe.Result result = new ReachabilityProbe("hub-acme", uri).check();
      assertThat(result.up()).isEqualTo(up);
      assertThat(result.detail()).doesNotContain("hidden");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aClosedPortIsUnreachable() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    Probe.Result result =
        new ReachabilityProbe("bot-shop", URI.create("http://127.0.0.1:" + port)).check();

    assertThat(result)
        .isEqualTo(Probe.Result.down("http://127.0.0.1:" + port + " refuses the connection"));
  }

  @Test
  void botsAndHubsWithAnAddressAreProbed() {
    Settings settings =
        Settings.of(
            Map.of(
                "baton.bots.shop.secret", "s3cr3t-1",
                "baton.hubs.acme.url", "https://acme.example",
                "baton.hubs.desk.type", "desk"));

    assertThat(Probes.of(settings)).extracting(Probe::name).containsExactly("bot-shop", "hub-acme");
  }

  private static Probe probe(String name, AtomicReference<Probe.Result> answer) {
    return new Probe() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Result check() {
        return answer.get();
      }
    };
  }
}
