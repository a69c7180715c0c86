package dev.baton.simulator.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People play the customer of an Omnichannel whose bot is elsewhere. */
class ConnectorCustomersTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static Webhook bot;
  private static BotConnectorSimulator connector;

  @BeforeAll
  static void start() {
    bot = new Webhook();
    connector = BotConnectorSimulator.start(0, "app-1", "secret-of-app-1", bot.url());
  }

  @AfterAll
  static void stop() {
    connector.close();
    bot.close();
  }

  private static HttpResponse<String> call(
      String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(connector.url() + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void aCustomerComesSpeaksAndSeesWhatIsBridged() throws Exception {
    String customers = "/simulator/customers";
    JsonObject come = new JsonObject(call("POST", customers, "{\"tier\":\"gold\"}").body());
    String id = come.getString("id");
    assertThat(come.getInteger("bot")).isEqualTo(200);
    call("POST", customers + "/" + id, "{\"text\":\"hello\"}");
    assertThat(bot.calls.get(0).body().getJsonObject("value").getString("tier")).isEqualTo("gold");
    assertThat(bot.calls.get(0).authorization()).startsWith("Bearer ");
    assertThat(bot.calls.get(1).body().getString("text")).isEqualTo("hello");

    String form = "grant_type=client_credentials&client_id=app-1&client_secret=secret-of-app-1";
    JsonObject token =
        new JsonObject(
            call(
                    "POST",
                    "/oauth2/v2.0/token",
                    form,
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .body());
    String bearer = "Bearer " + token.getString("access_token");
    String path = "/v3/conversations/" + id + "/activities";
    String hidden = "{\"type\":\"message\",\"text\":\"for agents only\"}";
    String shown =
        "{\"type\":\"message\",\"text\":\"hi\",\"channelData\":{\"deliveryMode\":\"bridged\"}}";
    assertThat(call("POST", path, hidden).statusCode()).isEqualTo(401);
    call("POST", path, hidden, "Authorization", bearer);
    call("POST", path, shown, "Authorization", bearer);
    assertThat(new JsonObject(call("GET", customers + "/" + id, null).body()))
        .isEqualTo(
            new JsonObject()
                .put("seen", new JsonArray().add("hi"))
                .put("commands", new JsonArray()));
  }

  @Test
  void pagesOfOtherSitesCannotPlayTheCustomer() throws Exception {
    HttpResponse<String> refused =
        call("POST", "/simulator/customers", "{}", "Origin", "https://evil.example");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("BTN-4800");
  }
}
