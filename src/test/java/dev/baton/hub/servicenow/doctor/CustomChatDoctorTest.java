package dev.baton.hub.servicenow.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.Level;
import dev.baton.operations.doctor.Wishes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomChatDoctorTest {
  private static final String COMPLETE =
      "{\"contract\":\"1\",\"ok\":true,\"checks\":{\"callbackUrl\":true,\"signedByBaton\":false}}";

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> keys = new HashMap<>();
  private int status = 200;
  private String answer = COMPLETE;
  private volatile String asked;

  @BeforeEach
  void start() throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  asked = request.uri() + " " + request.getHeader("token");
                  request.response().setStatusCode(status).end(answer);
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    keys.put("url", "http://127.0.0.1:" + server.actualPort() + "/");
    keys.put("path", "/api/1/baton/v1");
    keys.put("token", "token-1");
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void completeScriptsThatKnowTheTokenAreWell() {
    assertThat(examine().level()).isEqualTo(Level.OK);
    assertThat(asked).isEqualTo("/api/1/baton/v1/health?appInboundId=baton token-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {}     | refused      | baton.hubs.it.token",
        "404 | {}     | HTTP 404     | baton.hubs.it.path",
        "200 | <html> | without JSON | system log",
        "500 | {}     | answers 500  | system log"
      })
  void whatIsWrongIsNamed(int code, String body, String seen, String remedy) {
    status = code;
    answer = body;

    Finding finding = examine();

    assertThat(finding.failed()).isTrue();
    assertThat(finding.seen()).contains(seen);
    assertThat(finding.remedy()).contains(remedy);
  }

  @Test
  void whatIsMissingOnTheInstanceIsListed() {
    answer = COMPLETE.replace("true", "false");
    assertThat(examine().seen()).isEqualTo("incomplete: callbackUrl");

    answer = COMPLETE.replace("\"callbackUrl\":true", "\"noticesRepeats\":false");
    assertThat(examine().level()).isEqualTo(Level.WARN);
    assertThat(examine().seen()).isEqualTo("lacking: noticesRepeats");
  }

  private Finding examine() {
    return new CustomChatDoctor()
        .examine(
            new HubSettings("it", "servicenow-custom", keys), Settings.defaults(), Wishes.none())
        .get(0);
  }
}
