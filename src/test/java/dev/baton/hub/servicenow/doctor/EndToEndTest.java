package dev.baton.hub.servicenow.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.hub.servicenow.InstanceAccess;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.Level;
import dev.baton.operations.doctor.Wishes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor listens itself; an instance of a few lines answers and calls back. */
class EndToEndTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(150);

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> keys = new HashMap<>();
  private final List<JsonObject> requests = new CopyOnWriteArrayList<>();
  private final List<String> signatures = new CopyOnWriteArrayList<>();
  private URI instance;
  private ListeningWatch watch;
  private int status = 200;
  private String answer = "{\"status\":\"success\"}";
  private String callbackPassword = "call-back-1";
  private boolean silent;

  @BeforeEach
  void start() throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request.body(
                        body -> {
                          requests.add(body.result().toJsonObject());
                          String signature = request.getHeader("x-b2b-signature");
                          signatures.add(signature == null ? "" : signature);
                          request.response().setStatusCode(status).end(answer);
                          callBack(body.result().toJsonObject());
                        }))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    instance = URI.create("http://127.0.0.1:" + server.actualPort());
    keys.put("username", "baton.service");
    keys.put("password", "pass-word-1");
    keys.put("token", "token-1");
    keys.put("callback-user", "servicenow");
    keys.put("callback-password", "old-one, call-back-1");
    watch = new ListeningWatch(settings().server(), keys);
  }

  @AfterEach
  void stop() {
    watch.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void callBack(JsonObject request) {
    if (silent || !"START_CONVERSATION".equals(request.getString("action"))) {
      return;
    }
    String pair = "servicenow:" + callbackPassword;
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    JsonObject body = new JsonObject().put("clientSessionId", request.getString("clientSessionId"));
    vertx
        .createHttpClient()
        .request(HttpMethod.POST, watch.port(), "127.0.0.1", "/hubs/it/events")
        .onSuccess(
            call ->
                call.putHeader("Authorization", "Basic " + basic)
                    .send(Buffer.buffer(body.encode())));
  }

  @Test
  void theFirstCallbackProvesTheWholeLoopAndTheConversationIsEnded() {
    List<Finding> findings = run(LONG);

    assertThat(findings).extracting(Finding::level).containsOnly(Level.OK);
    assertThat(findings).anySatisfy(f -> assertThat(f.seen()).startsWith("arrived after"));
    assertThat(requests)
        .extracting(request -> request.getString("action"))
        .containsExactly("START_CONVERSATION", "END_CONVERSATION");
    String session = requests.get(0).getString("clientSessionId");
    assertThat(session).startsWith(TestRequest.PREFIX);
    assertThat(requests).allMatch(r -> session.equals(r.getString("clientSessionId")));
    assertThat(requests).allMatch(r -> session.equals(r.getString("userId")));
  }

  @Test
  void silenceAfterA200PointsAtMessageAuthentication() {
    silent = true;

    Finding finding = failed(run(SHORT));

    assertThat(finding.code()).isEqualTo("BTN-2305");
    assertThat(finding.cause()).contains("message authentication");
    assertThat(finding.remedy()).contains("secret of token");
    assertThat(requests).extracting(r -> r.getString("action")).contains("END_CONVERSATION");
  }

  @Test
  void aCallbackWithAWrongPasswordIsToldFromSilence() {
    callbackPassword = "something-else";

    Finding finding = failed(run(LONG));

    assertThat(finding.code()).isEqualTo("BTN-2305");
    assertThat(finding.seen()).contains("without the right user, password or header");
    assertThat(finding.remedy()).contains("baton.hubs.it.callback-password");
  }

  @ParameterizedTest
  @CsvSource({
    "401, {}, BTN-2304",
    "404, {}, BTN-2309",
    "405, {}, BTN-2310",
    "429, {}, BTN-2325",
    "500, {}, BTN-2305",
    "200, <html>, BTN-4513",
    "200, '{\"status\":\"failure\"}', BTN-2305",
    "200, '{\"body\":[]}', BTN-2320"
  })
  void theImmediateAnswerTellsWhichLayerRefuses(int code, String body, String expected) {
    status = code;
    answer = body;
    silent = true;

    assertThat(failed(run(SHORT)).code()).isEqualTo(expected);
    assertThat(requests).hasSize(1);
  }

  @Test
  void theSignatureIsMadeOverTheBytesThatAreSent() throws Exception {
    keys.remove("token");
    keys.put("signature-secret", "sign-1");

    run(LONG);

    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec("sign-1".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] body = requests.get(0).encode().getBytes(StandardCharsets.UTF_8);
    assertThat(signatures.get(0)).isEqualTo(HexFormat.of().formatHex(mac.doFinal(body)));
  }

  @Test
  void whereThePortIsTakenTheDoctorSaysSo() {
    Settings settings =
        Settings.of(Map.of("baton.host", "127.0.0.1", "baton.port", String.valueOf(watch.port())));

    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> new ListeningWatch(settings.server(), keys)))
        .hasMessageContaining("port " + watch.port() + " cannot be listened on");
  }

  private List<Finding> run(Duration patience) {
    keys.put("url", instance.toString());
    HubSettings hub = new HubSettings("it", "servicenow", keys);
    Target target = ServiceNowDoctor.target(hub, settings(), Wishes.none());
    return new EndToEnd(target, new TestRequest(new InstanceAccess(hub), null), watch, patience)
        .run();
  }

  private static Settings settings() {
    return Settings.of(Map.of("baton.host", "127.0.0.1", "baton.port", "0"));
  }

  private static Finding failed(List<Finding> findings) {
    return findings.stream().filter(Finding::failed).findFirst().orElseThrow();
  }
}
