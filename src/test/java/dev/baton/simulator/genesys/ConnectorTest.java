package dev.baton.simulator.genesys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectorTest {
  private static GenesysSimulator genesys;
  private static HttpServer bot;
  private static final List<JsonObject> RECEIVED = new CopyOnWriteArrayList<>();
  private static final List<String> KEYS = new CopyOnWriteArrayList<>();

  /** The bot's answer; null never answers. */
  private static volatile Function<JsonObject, String> answer;

  private static volatile int status;

  @BeforeAll
  static void start() throws IOException {
    genesys = GenesysSimulator.start(GenesysSimulatorOptions.quick());
    bot = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    bot.createContext(
        "/",
        exchange -> {
          String text =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          JsonObject body = text.isEmpty() ? new JsonObject() : new JsonObject(text);
          RECEIVED.add(body.put("path", exchange.getRequestURI().getPath()));
          KEYS.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-api-key")));
          String said = answer.apply(body);
          if (said != null) {
            byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          }
        });
    bot.start();
  }

  @AfterAll
  static void stop() {
    genesys.close();
    bot.stop(0);
  }

  @BeforeEach
  void forget() {
    RECEIVED.clear();
    KEYS.clear();
    status = 200;
  }

  @Test
  void everyTurnOfASessionCarriesTheSameIdTheCredentialsAndTheInputs() {
    answer = body -> reply("MoreData", "None", "Hello");
    ConnectorSession session =
        genesys.connector().start(legacy().botName("Retail").input("customerTier", "gold"));
    ConnectorTurn first = join(session, "hi");
    session
        .press("QuickReply", "Yes", "confirm_yes")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    assertThat(first.wantsMore()).isTrue();
    assertThat(first.texts()).containsExactly("Hello");
    assertThat(KEYS).containsOnly("key-1");
    assertThat(RECEIVED)
        .extracting(body -> body.getString("botSessionId"))
        .containsOnly(session.id());
    JsonObject request = RECEIVED.get(0);
    assertThat(request.getString("path")).isEqualTo("/botconnector/postutterance");
    assertThat(request.getJsonObject("inputMessage"))
        .isEqualTo(new JsonObject().put("type", "Text").put("text", "hi"));
    assertThat(request.getInteger("botSessionTimeout")).isEqualTo(720);
    assertThat(request.getJsonObject("parameters").getString("customerTier")).isEqualTo("gold");
    assertThat(request.getJsonObject("chatBot").getString("name")).isEqualTo("Retail");
    assertThat(request.getString("genesysConversationId")).isEqualTo(session.conversation());
    JsonObject press = RECEIVED.get(1).getJsonObject("inputMessage");
    assertThat(press.getString("type")).isEqualTo("Structured");
    assertThat(
            press
                .getJsonArray("content")
                .getJsonObject(0)
                .getJsonObject("buttonResponse")
                .getString("payload"))
        .isEqualTo("confirm_yes");
  }

  @Test
  void completeTakesTheBranchOfItsIntentWithTheDeclaredSlotsAlone() {
    answer =
        body ->
            new JsonObject(reply("COMPLETE", "Escalate", "One moment"))
                .put(
                    "slotValues",
                    new JsonObject()
                        .put("va_AgentMessage", "please help")
                        .put("OrderCount", "two")
                        .put("Secret", "x"))
                .put("parameters", new JsonObject().put("a", "1").put("b", 2))
                .encode();
    ConnectorSession session = genesys.connector().start(legacy());
    ConnectorTurn turn = join(session, "human");
    assertThat(turn.branch()).isEqualTo("Escalate");
    assertThat(turn.slots()).containsExactly(Map.entry("va_AgentMessage", "please help"));
    assertThat(turn.undeclared()).containsExactly("Secret");
    assertThat(turn.outputs()).containsExactly(Map.entry("a", "1"));
    assertThat(turn.problems())
        .containsExactly("parameters.b must be a string", "slot OrderCount: two is no Integer");
    assertThat(session.over()).isTrue();
    assertThatThrownBy(() -> session.say("more"))
        .isInstanceOf(GenesysSimulatorException.class)
        .hasMessageContaining("start another session");
  }

  @Test
  void whatGoesWrongTakesTheFailureBranchAndSaysWhy() {
    answer = body -> reply("Complete", "Unknown", "x");
    assertThat(failure()).contains("NoMatchError", "Unknown");
    answer = body -> reply("Failed", "None", "x");
    assertThat(failure()).contains("BotFailed");
    answer = body -> reply("Waiting", "None", "x");
    assertThat(failure()).contains("InvalidResponse", "Waiting");
    answer = body -> "not JSON";
    assertThat(failure()).contains("HttpError: 200");
    status = 403;
    assertThat(failure()).contains("HttpError: 403");
    answer = body -> null;
    assertThat(failure()).startsWith("Timeout");
    ArchitectFlow nowhere = ArchitectFlow.legacy("http://127.0.0.1:1/x");
    assertThat(join(genesys.connector().start(nowhere), "hi").error())
        .startsWith("ConnectionError");
  }

  @Test
  void aCustomerWhoIsSilentTooLongLeavesTheAction() {
    answer = body -> reply("MoreData", "None", "Hello");
    ConnectorSession session = genesys.connector().start(legacy().followUp(Duration.ofNanos(1)));
    assertThat(join(session, "hi").error()).startsWith("FollowUpResponseTimeout");
    assertThat(RECEIVED).isEmpty();
  }

  @Test
  void repliesThatTheModelsDoNotAllowAreNamed() {
    JsonObject button =
        new JsonObject().put("type", "Postback").put("text", "A").put("payload", "a");
    JsonObject card = new JsonObject().put("actions", new JsonArray().add(button).add(button));
    JsonArray content =
        new JsonArray()
            .add(new JsonObject().put("contentType", "Card").put("card", card))
            .add(
                new JsonObject()
                    .put("contentType", "QuickReply")
                    .put("quickReply", new JsonObject().put("text", "Yes")));
    JsonObject reply = new JsonObject().put("type", "Structured").put("content", content);
    answer =
        body ->
            new JsonObject(reply("MoreData", "Other", "x"))
                .put("replymessages", new JsonArray().add(reply))
                .encode();
    ConnectorTurn turn = join(genesys.connector().start(legacy()), "hi");
    assertThat(turn.problems())
        .containsExactlyInAnyOrder(
            "card needs title",
            "two buttons have the same text and payload: A",
            "quickReply needs payload",
            "a reply with quick replies needs text",
            "intent 'Other' is not registered");
  }

  @Test
  void aDigitalConnectorIsDiscoveredAndAnswersInItsOwnSpelling() {
    answer =
        body ->
            body.getString("path").endsWith("/messages")
                ? new JsonObject()
                    .put("botState", "Complete")
                    .put("intent", "Escalate")
                    .put(
                        "replyMessages",
                        new JsonArray().add(new JsonObject().put("type", "Text").put("text", "ok")))
                    .put(
                        "entities",
                        new JsonArray()
                            .add(new JsonObject().put("name", "OrderCount").put("value", "2")))
                    .encode()
                : "{\"entities\":[]}";
    ArchitectFlow flow = digital();
    assertThat(genesys.connector().bots(flow).toCompletionStage().toCompletableFuture().join())
        .isEqualTo(new JsonObject().put("entities", new JsonArray()));
    ConnectorTurn turn = join(genesys.connector().start(flow), "hi");
    assertThat(turn.texts()).containsExactly("ok");
    assertThat(turn.slots()).containsExactly(Map.entry("OrderCount", "2"));
    assertThat(RECEIVED)
        .extracting(body -> body.getString("path"))
        .containsExactly("/v2/bots", "/v2/messages");
    assertThat(RECEIVED.get(1).getString("messageId")).isNotBlank();
  }

  @Test
  void anEmptyAnswerOfADigitalConnectorIsCompletedByTheOutgoingCall() {
    Api api = new Api(genesys).login();
    status = 202;
    answer =
        body -> {
          JsonObject outgoing =
              new JsonObject()
                  .put("botId", "demo")
                  .put("botVersion", "1")
                  .put("botSessionId", body.getString("botSessionId"))
                  .put("languageCode", "en-us")
                  .put("botState", "Failed")
                  .put("errorInfo", new JsonObject().put("code", "504").put("message", "late"));
          String path = "/api/v2/integrations/botconnectors/outgoing/messages";
          assertThat(api.call("POST", path, outgoing.encode()).statusCode()).isEqualTo(200);
          outgoing.remove("botState");
          assertThat(api.call("POST", path, outgoing.encode()).statusCode()).isEqualTo(400);
          return "";
        };
    ConnectorTurn turn = join(genesys.connector().start(digital()), "hi");
    assertThat(turn.error()).isEqualTo("BotFailed: 504 late");
    assertThat(turn.problems()).isEmpty();
  }

  @Test
  void slotTypesTakeWhatTheVendorNames() {
    List<String> wrong = new ArrayList<>();
    for (Object[] example :
        new Object[][] {
          {"String", "x"},
          {"integer", 27},
          {"Decimal", 3.14},
          {"Boolean", "true"},
          {"Duration", "P1D"},
          {"Duration", "PT1H30M"},
          {"Datetime", "1999-01-31T12:00:00"},
          {"Datetime", "1999-01-31T12:00:00Z"},
          {"Currency", "5.00|USD"},
          {"Currency", new JsonObject().put("amount", "5.00").put("code", "USD")},
          {"StringCollection", new JsonArray().add("a").add("b")}
        }) {
      if (!SlotTypes.fits(ConnectorVersion.LEGACY, (String) example[0], example[1])) {
        wrong.add(example[0] + " " + example[1]);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(SlotTypes.fits(ConnectorVersion.LEGACY, "Integer", 2.5)).isFalse();
    assertThat(SlotTypes.fits(ConnectorVersion.LEGACY, "Integer", "27")).isFalse();
    assertThat(SlotTypes.fits(ConnectorVersion.DIGITAL, "Integer", "27")).isTrue();
    assertThat(SlotTypes.fits(ConnectorVersion.LEGACY, "StringCollection", "a")).isFalse();
    assertThat(SlotTypes.fits(ConnectorVersion.LEGACY, "Datetime", "tomorrow")).isFalse();
    assertThat(SlotTypes.fits(ConnectorVersion.LEGACY, "Currency", "5 dollars")).isFalse();
  }

  private static ArchitectFlow legacy() {
    return branches(
        ArchitectFlow.legacy(
            "http://127.0.0.1:" + bot.getAddress().getPort() + "/botconnector/postutterance"));
  }

  private static ArchitectFlow digital() {
    return branches(
        ArchitectFlow.digital("http://127.0.0.1:" + bot.getAddress().getPort() + "/v2/"));
  }

  private static ArchitectFlow branches(ArchitectFlow flow) {
    return flow.credential("x-api-key", "key-1")
        .intent("None")
        .intent("Escalate", Map.of("va_AgentMessage", "String", "OrderCount", "Integer"));
  }

  private static String failure() {
    ConnectorTurn turn =
        join(genesys.connector().start(legacy().deadline(Duration.ofMillis(300))), "hi");
    assertThat(turn.branch()).isEqualTo(ConnectorTurn.FAILURE);
    return turn.error();
  }

  private static ConnectorTurn join(ConnectorSession session, String text) {
    return session.say(text).toCompletionStage().toCompletableFuture().join();
  }

  private static String reply(String state, String intent, String text) {
    return new JsonObject()
        .put("botState", state)
        .put("intent", intent)
        .put("confidence", 1.0)
        .put(
            "replymessages",
            new JsonArray().add(new JsonObject().put("type", "Text").put("text", text)))
        .encode();
  }
}
