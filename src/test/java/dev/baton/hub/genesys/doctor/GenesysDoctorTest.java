package dev.baton.hub.genesys.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.Level;
import dev.baton.operations.doctor.Wishes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenesysDoctorTest {
  private static final String TOKEN = "Basic YzE6czE=";

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> keys = new HashMap<>();
  private int status = 200;
  private String webhook = "http://127.0.0.1:8080/hubs/sales/events";

  @BeforeEach
  void start() throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  String given = request.getHeader("Authorization");
                  if (request.path().equals("/oauth/token")) {
                    boolean known = TOKEN.equals(given);
                    request.response().setStatusCode(known ? 200 : 401);
                    request.response().end(known ? "{\"access_token\":\"t-1\"}" : "{}");
                  } else if (request.path().endsWith("/integrations/open/i-1")
                      && "Bearer t-1".equals(given)) {
                    request.response().setStatusCode(status);
                    request
                        .response()
                        .end("{\"outboundNotificationWebhookUrl\":\"" + webhook + "\"}");
                  } else {
                    request.response().setStatusCode(404).end("{}");
                  }
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    keys.put("url", "http://127.0.0.1:" + server.actualPort());
    keys.put("login-url", "http://127.0.0.1:" + server.actualPort());
    keys.put("client-id", "c1");
    keys.put("client-secret", "s1");
    keys.put("integration-id", "i-1");
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aClientAndAnIntegrationThatCallsBatonAreWell() {
    assertThat(examine()).extracting(Finding::level).containsOnly(Level.OK);
  }

  @Test
  void aRefusedClientIsNamedAndNothingElseIsAsked() {
    keys.put("client-secret", "s2");

    assertThat(find("BTN-4516").failed()).isTrue();
    assertThat(find("BTN-4516").remedy()).contains("baton.hubs.sales.client-id");
    assertThat(examine()).noneMatch(f -> f.check().equals("Open Messaging integration"));
  }

  @ParameterizedTest
  @CsvSource({"403, WARN", "404, FAIL", "500, FAIL"})
  void anIntegrationThatCannotBeReadIsJudgedByItsStatus(int answer, Level level) {
    status = answer;

    assertThat(find("BTN-4517").level()).isEqualTo(level);
  }

  @Test
  void aWebhookThatLeadsElsewhereIsAFailure() {
    webhook = "https://other.example/hook?key=abc";

    assertThat(find("BTN-4517").seen()).isEqualTo("calls https://other.example/hook");
    assertThat(find("BTN-4517").remedy()).contains("http://127.0.0.1:8080/hubs/sales/events");
  }

  private Finding find(String code) {
    return examine().stream().filter(f -> f.code().equals(code)).findFirst().orElseThrow();
  }

  private List<Finding> examine() {
    Settings settings = Settings.of(Map.of("baton.public-url", "http://127.0.0.1:8080"));
    return new GenesysDoctor()
        .examine(new HubSettings("sales", "genesys", keys), settings, Wishes.none());
  }
}
