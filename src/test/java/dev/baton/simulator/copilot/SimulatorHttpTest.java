package dev.baton.simulator.copilot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The simulator's controls, Copilot Studio's token endpoint and the page. */
class SimulatorHttpTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static CopilotSimulator simulator;

  @BeforeAll
  static void start() {
    simulator = CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0));
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(simulator.url().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void a_fault_is_ordered_listed_and_cleared_over_http() throws Exception {
    HttpResponse<String> armed =
        send(
            "POST",
            "/simulator/faults",
            "{\"fault\":\"slow\",\"times\":3,\"delay\":\"1.5s\",\"call\":\"post\",\"conversation\":\"none\"}");
    assertThat(armed.statusCode()).isEqualTo(200);
    JsonNode order = DirectLineProbe.body(armed).path("armed").get(0);
    assertThat(order.path("fault").asText()).isEqualTo("slow");
    assertThat(order.path("times").asInt()).isEqualTo(3);
    assertThat(order.path("delay").asText()).isEqualTo("1500ms");
    assertThat(DirectLineProbe.body(send("DELETE", "/simulator/faults", "")).path("armed"))
        .isEmpty();
  }

  @Test
  void a_wrong_order_is_refused_with_its_reason() throws Exception {
    HttpResponse<String> unknown = send("POST", "/simulator/faults", "{\"fault\":\"gremlins\"}");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(DirectLineProbe.body(unknown).path("code").asText()).isEqualTo("BTN-4703");
    assertThat(DirectLineProbe.body(unknown).path("detail").asText()).contains("socket-drop");
    assertThat(send("POST", "/simulator/faults", "{\"fault\":\"slow\",\"delai\":1}").body())
        .contains("Unknown key 'delai'");
    assertThat(send("POST", "/simulator/faults", "{\"fault\":\"slow\",\"times\":0}").body())
        .contains("times must be at least 1");
    assertThat(send("POST", "/simulator/faults", "{").statusCode()).isEqualTo(400);
    assertThat(simulator.faults().armed()).isEmpty();
  }

  @Test
  void a_page_of_another_site_cannot_order_faults() throws Exception {
    HttpResponse<String> refused =
        send("POST", "/simulator/faults", "{\"fault\":\"429\"}", "Origin", "http://evil.example");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(DirectLineProbe.body(refused).path("code").asText()).isEqualTo("BTN-4707");
  }

  @Test
  void people_can_look_at_what_the_bot_saw() throws Exception {
    DirectLineProbe client = new DirectLineProbe(simulator).start();
    client.say("hello there");

    assertThat(send("GET", "/simulator/conversations", "").body()).contains(client.conversation);
    JsonNode shown =
        DirectLineProbe.body(send("GET", "/simulator/conversations/" + client.conversation, ""));
    assertThat(shown.path("receivedActivities").get(0).path("text").asText())
        .isEqualTo("hello there");
    assertThat(shown.path("stream")).hasSize(2);
    assertThat(send("GET", "/simulator/conversations/none", "").statusCode()).isEqualTo(404);
  }

  @Test
  void copilot_studios_token_endpoint_gives_a_token_and_tells_where_direct_line_is()
      throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(simulator.tokenEndpoint()).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    String token = DirectLineProbe.body(answer).path("token").asText();
    JsonNode settings =
        DirectLineProbe.body(
            send("GET", "/powervirtualagents/regionalchannelsettings?api-version=1", ""));
    URI root = URI.create(settings.path("channelUrlsById").path("directline").asText());

    HttpResponse<String> started =
        HTTP.send(
            HttpRequest.newBuilder(root.resolve("v3/directline/conversations"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    assertThat(started.statusCode()).isEqualTo(201);
    assertThat(DirectLineProbe.body(started).path("conversationId"))
        .isEqualTo(DirectLineProbe.body(answer).path("conversationId"));
    assertThat(
            send("GET", "/powervirtualagents/botsbyschema/other/directline/token", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void the_page_is_there_with_its_description() throws Exception {
    assertThat(send("GET", "/", "").body()).contains("The customer's chat");
    assertThat(DirectLineProbe.body(send("GET", "/start/start.json", "")).path("bot").asText())
        .isEqualTo("demo");
  }

  @Test
  void without_faults_the_service_itself_answers() throws Exception {
    try (var plain =
        CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0).withoutFaults())) {
      DirectLineProbe client = new DirectLineProbe(plain).start();
      client.say("hello");
      assertThat(client.botTexts()).hasSize(1);
      HttpResponse<String> token =
          HTTP.send(HttpRequest.newBuilder(plain.tokenEndpoint()).build(), BodyHandlers.ofString());
      assertThat(token.statusCode()).isEqualTo(200);
    }
  }
}
