package dev.baton.hub.servicenow.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.Settings;
import dev.baton.hub.servicenow.doctor.CallbackWatch.Sight;
import dev.baton.operations.FakeJournal;
import dev.baton.operations.JournalAdministration;
import dev.baton.operations.ManagementApi;
import dev.baton.operations.ManagementClient;
import dev.baton.operations.StoreName;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunningBatonWatchTest {
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, List<String>> kept = new ConcurrentHashMap<>();
  private CallbackWatch watch;

  @BeforeEach
  void start() throws Exception {
    Router router = Router.router(vertx);
    new ManagementApi(
            new JournalAdministration(new FakeJournal(), () -> {}, () -> {}),
            null,
            StoreName.of(Settings.defaults().store()),
            kind -> kept.getOrDefault(kind, List.of()))
        .mount(router);
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    Settings settings =
        Settings.of(Map.of("baton.management.port", String.valueOf(server.actualPort())));
    watch = new RunningBatonWatch(ManagementClient.connect(settings).orElseThrow(), "it");
  }

  @AfterEach
  void stop() {
    watch.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aCallbackThatComesWhileItIsWaitedForIsSeen() throws Exception {
    vertx.setTimer(
        50, timer -> kept.put("servicenow-unclaimed:it", List.of("{\"clientSessionId\":\"s-1\"}")));

    assertThat(watch.await("s-1", Duration.ofSeconds(20))).isEqualTo(Sight.ARRIVED);
  }

  @Test
  void callbacksOfOthersAreNotTakenForTheTests() throws Exception {
    kept.put("servicenow-unclaimed:it", List.of("{\"clientSessionId\":\"s-2\"}"));
    kept.put("servicenow-unclaimed:hr", List.of("{\"clientSessionId\":\"s-1\"}"));

    assertThat(watch.await("s-1", Duration.ofMillis(100))).isEqualTo(Sight.NOTHING);
  }

  @Test
  void aBatonThatStopsMeanwhileIsSilence() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().join();

    assertThat(watch.await("s-1", Duration.ofMillis(100))).isEqualTo(Sight.NOTHING);
  }
}
