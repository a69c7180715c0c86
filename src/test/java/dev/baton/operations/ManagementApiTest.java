package dev.baton.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.configuration.Secret;
import dev.baton.configuration.Settings;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Owner;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementApiTest {
  private final Vertx vertx = Vertx.vertx();
  private final FakeJournal journal = new FakeJournal();
  private final Drain drain = new Drain();
  private final Map<String, List<String>> documents = new HashMap<>();
  private Settings settings;
  private URI base;

  @BeforeEach
  void start() throws Exception {
    serve(null);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void serve(String token) throws Exception {
    Router router = Router.router(vertx);
    Administration administration = new JournalAdministration(journal, drain::begin, () -> {});
    String store = StoreName.of(Settings.defaults().store());
    Secret secret = token == null ? null : new Secret(token);
    new ManagementApi(
            administration, secret, store, kind -> documents.getOrDefault(kind, List.of()))
        .mount(router);
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    String port = String.valueOf(server.actualPort());
    base = URI.create("http://127.0.0.1:" + port);
    settings =
        Settings.of(
            token == null
                ? Map.of("baton.management.port", port)
                : Map.of("baton.management.port", port, "baton.management.token", token));
  }

  private ManagementClient client() {
    return ManagementClient.connect(settings).orElseThrow();
  }

  @Test
  void theClientSeesWhatTheJournalHolds() {
    journal
        .with(
            FakeJournal.conversation(
                "c1", Owner.AGENT, FakeJournal.handoff("c1:1", Handoff.Phase.ACCEPTED)))
        .with(FakeJournal.conversation("c2", Owner.BOT, null))
        .dead("c1", 4, "the hub said no");

    Administration client = client();

    assertThat(client.conversations(null, 10)).hasSize(2);
    assertThat(client.conversations("agent", 10))
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.path("id").asText()).isEqualTo("c1");
              assertThat(c.path("hub").asText()).isEqualTo("acme");
              assertThat(c.path("startedAt").asText()).isEqualTo("2026-01-01T00:00:00Z");
            });
    assertThat(client.conversation("c1").orElseThrow().path("entries")).hasSize(1);
    assertThat(client.conversation("nobody")).isEmpty();
    assertThat(client.deadLetters(null, 10))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.path("cause").asText()).isEqualTo("the hub said no");
              assertThat(letter.has("body")).isFalse();
            });
    JsonNode letter = client.deadLetter("c1", 4).orElseThrow();
    assertThat(letter.path("body").path("text").asText()).isEqualTo("hello");
  }

  @Test
  void callbacksThatBelongedToNoConversationAreShownPerHub() {
    documents.put("servicenow-unclaimed:it", List.of("{\"clientSessionId\":\"s-1\"}"));

    assertThat(client().unclaimed("servicenow", "it"))
        .singleElement()
        .satisfies(body -> assertThat(body.path("clientSessionId").asText()).isEqualTo("s-1"));
    assertThat(client().unclaimed("servicenow", "other")).isEmpty();
  }

  @Test
  void deadLettersAreReplayedAndDroppedOnce() {
    journal.dead("c1", 4, "x").dead("c1", 5, "x");
    Administration client = client();

    assertThat(client.replay("c1", 4)).isTrue();
    assertThat(client.replay("c1", 4)).isFalse();
    assertThat(client.drop("c1", 5)).isTrue();
    assertThat(client.drop("c1", 5)).isFalse();
  }

  @Test
  void whyADeadLetterIsNotReplayedIsSaid() {
    journal.dead("c1", 4, "x").over = true;

    assertThatThrownBy(() -> client().replay("c1", 4))
        .isInstanceOf(AdministrationException.class)
        .hasMessageContaining("409")
        .hasMessageContaining("its handoff is over")
        .extracting(failure -> ((AdministrationException) failure).code())
        .isEqualTo("BTN-4026");
  }

  @Test
  void aConversationIsEndedOnce() {
    journal.with(FakeJournal.conversation("c1", Owner.AGENT, null));

    assertThat(client().end("c1", "wrong number")).isTrue();
    assertThat(client().end("c1", "again")).isFalse();
    assertThat(journal.find("c1").orElseThrow().owner()).isEqualTo(Owner.ENDED);
  }

  @Test
  void oneCustomersDataIsHandedOutAndErased() {
    assertThat(client().export("ada o'neil/1"))
        .containsExactly("{\"id\":\"c1\"}", "{\"id\":\"c2\"}");
    assertThat(client().export("nobody")).isEmpty();
    assertThat(client().erase("ada o'neil/1")).isEqualTo(2);
  }

  @Test
  void drainingIsStartedFromOutside() {
    client().drain();

    assertThat(drain.isDraining()).isTrue();
  }

  @Test
  void nothingAnswersMeansThatNothingRuns() {
    Settings other = Settings.of(Map.of("baton.management.port", "1"));

    assertThat(ManagementClient.connect(other)).isEmpty();
  }

  @Test
  void aBatonWithAnotherStoreIsNotTheOneMeant() {
    Settings other =
        Settings.of(
            Map.of(
                "baton.data",
                "/elsewhere",
                "baton.management.port",
                String.valueOf(settings.server().managementPort())));

    assertThat(ManagementClient.connect(other)).isEmpty();
  }

  @Test
  void withATokenOnlyItsHolderGetsIn() throws Exception {
    serve("s3cr3t-of-admins");

    assertThat(client().conversations(null, 1)).isEmpty();
    assertThat(get("/baton", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    Settings withoutToken =
        Settings.of(
            Map.of("baton.management.port", String.valueOf(settings.server().managementPort())));
    assertThatThrownBy(() -> ManagementClient.connect(withoutToken))
        .isInstanceOf(AdministrationException.class)
        .hasMessageContaining("baton.management.token");
  }

  @Test
  void pagesInABrowserGetNothing() throws Exception {
    HttpResponse<String> answer = get("/baton/conversations", "Origin", "http://evil.example");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("BTN-4021");
  }

  @ParameterizedTest
  @CsvSource({
    "/baton/conversations?limit=0,400,limit",
    "/baton/conversations?state=asleep,400,asleep",
    "/baton/dead-letters/c1/x,400,number",
    "/baton/dead-letters/c1/1,404,BTN-4022",
    "/baton/conversations/none,404,BTN-4022"
  })
  void badRequestsGetAClearProblem(String path, int status, String says) throws Exception {
    HttpResponse<String> answer = get(path, "Accept", "*/*");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(says).contains("\"code\":\"BTN-402");
  }

  @Test
  void aFailureTellsNothingOfItsInside() throws Exception {
    journal.failure = new IllegalStateException("password=hunter22 in the URL");

    HttpResponse<String> answer = get("/baton/conversations", "Accept", "*/*");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("BTN-4024").doesNotContain("hunter22");
  }

  private HttpResponse<String> get(String path, String header, String value)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(base.resolve(path)).header(header, value).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
