package dev.baton.channel.genesys.widget;

import static dev.baton.channel.genesys.widget.WidgetFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.configuration.ConfigurationException;
import dev.baton.configuration.SettingsLoader;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import dev.baton.simulator.genesys.GenesysAgent;
import dev.baton.simulator.genesys.GenesysConversation;
import dev.baton.simulator.genesys.GenesysFaultKind;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WidgetTest {
  private static final String ROOT = "/channels/genesys/demo/widget";
  private static final String CARD = "4111 1111 1111 1111";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  @TempDir static Path folder;
  private static WidgetFixture widget;
  private final String id = "c" + NUMBER.incrementAndGet();

  @BeforeAll
  static void start() {
    widget = new WidgetFixture(folder);
  }

  @AfterAll
  static void stop() {
    widget.close();
  }

  @Test
  void aLinkShowsVariablesSummaryAndTranscriptWithoutWhatTheHubMustNotGet() {
    String handoff = widget.handedOff(id, CARD);
    widget.agentSays(handoff, "Hello, Robin here");
    JsonNode shown = json(widget.get(conversation(handoff, "")));
    assertThat(shown.path("customer").path("name").asText()).isEqualTo("Ada <b>Byron</b>");
    assertThat(shown.path("phase").asText()).isEqualTo("ACCEPTED");
    assertThat(shown.path("agent").asText()).isEqualTo("Robin");
    assertThat(shown.path("summary").asText()).startsWith("Offer for 30 seats");
    assertThat(shown.path("context").path("Seats").asInt()).isEqualTo(30);
    assertThat(shown.path("context").has("Password")).isFalse();
    assertThat(shown.toString()).doesNotContain(CARD);
    assertThat(shown.path("lines"))
        .extracting(line -> line.path("role").asText())
        .contains("user", "bot", "agent");
  }

  @Test
  void untilAHubHasTheHandoffNothingOfItIsShown() {
    String handoff = widget.requested(id, CARD);
    JsonNode before = json(widget.get(conversation(handoff, "")));
    assertThat(before.path("lines")).isEmpty();
    assertThat(before.has("context")).isFalse();
    widget.append(id, new Event.HandoffOpened(handoff, "sales", "h-" + id));
    JsonNode after =
        json(widget.get(conversation(handoff, "&after=" + before.path("cursor").asLong())));
    assertThat(after.path("context").path("Seats").asInt()).isEqualTo(30);
    assertThat(after.path("lines")).isNotEmpty();
  }

  @Test
  void theCursorBringsOnlyWhatIsNew() {
    String handoff = widget.handedOff(id, CARD);
    JsonNode first = json(widget.get(conversation(handoff, "")));
    widget.say(id, "Are you there?");
    JsonNode second =
        json(widget.get(conversation(handoff, "&after=" + first.path("cursor").asLong())));
    assertThat(second.path("lines"))
        .extracting(line -> line.path("text").asText())
        .containsExactly("Are you there?");
    assertThat(second.has("context")).isFalse();
    JsonNode third =
        json(widget.get(conversation(handoff, "&after=" + second.path("cursor").asLong())));
    assertThat(third.path("lines")).isEmpty();
    assertThat(widget.get(conversation(handoff, "&after=x")).statusCode()).isEqualTo(400);
  }

  @Test
  void anOpenWidgetIsToldOfEveryChangeOfItsConversation() {
    String handoff = widget.handedOff(id, CARD);
    List<String> events = new CopyOnWriteArrayList<>();
    HttpResponse<Stream<String>> stream =
        widget
            .client
            .sendAsync(
                HttpRequest.newBuilder(widget.at(ROOT + "/events?" + widget.query("demo", handoff)))
                    .build(),
                BodyHandlers.ofLines())
            .join();
    assertThat(stream.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    Thread reader = new Thread(() -> stream.body().forEach(events::add));
    reader.setDaemon(true);
    reader.start();
    await().atMost(Duration.ofSeconds(30)).until(() -> changes(events) == 1);
    widget.say(id, "More");
    await().atMost(Duration.ofSeconds(30)).until(() -> changes(events) > 1);
  }

  @Test
  void withoutALinkNothingIsShown() {
    widget.handedOff(id, CARD);
    for (String path : List.of("/conversation", "/events")) {
      HttpResponse<String> answer = widget.get(ROOT + path);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(json(answer).path("code").asText()).isEqualTo("BTN-1200");
    }
    assertThat(widget.post(ROOT + "/token", null, "").statusCode()).isEqualTo(401);
  }

  @Test
  void aWrongSignatureIsRefused() {
    String handoff = widget.handedOff(id, CARD);
    String query = widget.query("demo", handoff);
    for (String changed :
        List.of(
            query.replace("signature=", "signature=AAAA"),
            query.replaceFirst("expires=\\d+", "expires=99999999999"),
            query.replaceFirst("signature=.*", "signature=%00"),
            query.replaceFirst("expires=\\d+", "expires=soon"))) {
      HttpResponse<String> answer = widget.get(ROOT + "/conversation?" + changed);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(json(answer).path("code").asText()).isEqualTo("BTN-1201");
    }
  }

  @Test
  void anExpiredLinkIsRefusedAndAKeyThatIsBeingChangedStillFits() {
    String handoff = widget.handedOff(id, CARD);
    Properties properties = new Properties();
    properties.setProperty("baton.bots.demo.secret", "x-secret");
    properties.setProperty("baton.channels.genesys.demo.widget.secret", "old-key");
    properties.setProperty("baton.channels.genesys.demo.widget.link-life", "10m");
    assertThat(status(link(properties, Instant.now(), handoff))).isEqualTo(200);
    String old = link(properties, Instant.now().minusSeconds(601), handoff);
    HttpResponse<String> answer = widget.get(ROOT + "/conversation?" + old);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).path("code").asText()).isEqualTo("BTN-1202");
  }

  @Test
  void aLinkOpensNoOtherConversationAndNoOtherBot() {
    String mine = widget.handedOff(id, CARD);
    String other = widget.handedOff(id + "-other", CARD);
    String query = widget.query("demo", mine);
    String swapped = query.replace("handoff=" + id + "%3A1", "handoff=" + id + "-other%3A1");
    assertThat(swapped).isNotEqualTo(query);
    assertThat(status(swapped)).isEqualTo(403);
    assertThat(widget.get("/channels/genesys/other/widget/conversation?" + query).statusCode())
        .isEqualTo(403);
    String foreign = widget.query("other", other);
    HttpResponse<String> answer =
        widget.get("/channels/genesys/other/widget/conversation?" + foreign);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).path("code").asText()).isEqualTo("BTN-1203");
  }

  @Test
  void aLinkEndsWithItsHandoffWhenTheBotAsksAgain() {
    String first = widget.handedOff(id, CARD);
    widget.agentSays(first, "Done");
    widget.append(id, new Event.HubEnded(first, "AGENT", null, null));
    widget.say(id, "only for the bot");
    assertThat(widget.get(conversation(first, "")).body())
        .contains("Done")
        .doesNotContain("only for the bot");
    widget.append(id, new Event.HandoffRequested(WidgetFixture.request()));
    assertThat(widget.get(conversation(first, "")).statusCode()).isEqualTo(404);
  }

  @Test
  void aConversationThatTheChannelTookOverIsShown() {
    Customer ada = new Customer("web-" + id, "Ada");
    widget.append(id, new Event.CustomerStarted("demo", "genesys", ada, "en-US", null));
    widget.say(id, "hello");
    widget.append(id, new Event.HandoffRequested(WidgetFixture.request()));
    JsonNode shown = json(widget.get(conversation(id + ":1", "")));
    assertThat(shown.path("phase").asText()).isEqualTo("ESCALATED");
    assertThat(shown.path("context").path("va_LastTopic").asText()).isEqualTo("Sales");
    assertThat(shown.path("lines")).isNotEmpty();
  }

  @Test
  void onlyTheConfiguredOriginsMayFrameThePages() {
    for (String page : List.of("", "/bot")) {
      HttpResponse<String> answer = widget.get(ROOT + page);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(policy(answer))
          .endsWith("frame-ancestors https://apps.mypurecloud.de https://*.example.com");
      assertThat(answer.headers().firstValue("X-Frame-Options")).isEmpty();
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    }
    assertThat(policy(widget.get("/channels/genesys/other/widget")))
        .endsWith("frame-ancestors 'none'");
  }

  @Test
  void anOriginThatIsNoneStopsTheStart() {
    for (String wrong : List.of("*", "https://a.example/path", "https://a; script-src *")) {
      Properties properties = new Properties();
      properties.setProperty("baton.bots.demo.secret", "x-secret");
      properties.setProperty("baton.channels.genesys.demo.widget.secret", "key");
      properties.setProperty("baton.channels.genesys.demo.widget.origins", wrong);
      assertThatThrownBy(() -> new SettingsLoader().overrides(properties).load())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("widget.origins");
    }
  }

  @Test
  void aBotWithoutKeyHasNoWidgetAndNoLink() {
    assertThat(widget.get("/channels/genesys/bare/widget").statusCode()).isEqualTo(404);
    assertThat(widget.get("/channels/genesys/nobody/widget").body()).contains("BTN-1204");
    assertThat(widget.widgets.link("bare", "c:1")).isNull();
    assertThat(widget.widgets.attribute("bare")).isNull();
    assertThat(widget.widgets.link("demo", "c:1"))
        .startsWith("https://baton.example/channels/genesys/demo/widget?handoff=c%3A1&");
  }

  @Test
  void aHubsOpenGetsTheLinkAsParticipantData() {
    String handoff = widget.handedOff(id, CARD);
    Map<String, Object> open = new HashMap<>();
    widget.widgets.attach(open, "bare", handoff);
    assertThat(open).isEmpty();
    widget.widgets.attach(open, "demo", handoff);
    Map<?, ?> data = (Map<?, ?>) open.get("participantData");
    String link = (String) data.get("batonWidget");
    assertThat(status(link.replaceFirst(".*\\?", ""))).isEqualTo(200);
  }

  @Test
  void anAgentOfTheInteractionComesInByTheirOwnToken() {
    String handoff = widget.handedOff(id, CARD);
    GenesysConversation interaction = interaction(handoff);
    widget.genesys.agents().accept(interaction);
    HttpResponse<String> answer = session(interaction.id(), GenesysAgent.ROBIN);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(status(json(answer).path("query").asText())).isEqualTo(200);
  }

  @Test
  void anotherAgentAClientOrAForgedLinkDoNotComeIn() {
    String handoff = widget.handedOff(id, CARD);
    GenesysConversation interaction = interaction(handoff);
    widget.genesys.agents().accept(interaction);
    assertThat(json(session(interaction.id(), GenesysAgent.SAM)).path("code").asText())
        .isEqualTo("BTN-1206");
    assertThat(json(session("none", GenesysAgent.ROBIN)).path("code").asText())
        .isEqualTo("BTN-1206");
    assertThat(post("wrong", interaction.id())).isEqualTo("BTN-1205");
    assertThat(post("", interaction.id())).isEqualTo("BTN-1208");
    assertThat(post("x", "../users")).isEqualTo("BTN-1208");
    widget.genesys.faults().arm(GenesysFaultKind.UNAVAILABLE);
    assertThat(json(session(interaction.id(), GenesysAgent.ROBIN)).path("code").asText())
        .isEqualTo("BTN-1207");
    GenesysConversation forged = interaction("x:1", "https://baton.example/?handoff=x:1");
    widget.genesys.agents().accept(forged);
    assertThat(json(session(forged.id(), GenesysAgent.ROBIN)).path("code").asText())
        .isEqualTo("BTN-1200");
    assertThat(
            json(widget.post("/channels/genesys/other/widget/session", "x", "{}"))
                .path("code")
                .asText())
        .isEqualTo("BTN-1205");
  }

  @Test
  void theAgentsOwnChatGetsATokenOfItsOwn() {
    String handoff = widget.handedOff(id, CARD);
    HttpResponse<String> answer =
        widget.post(ROOT + "/token?" + widget.query("demo", handoff), null, "");
    assertThat(json(answer).path("token").asText()).startsWith("ey");
    assertThat(json(answer).path("token").asText())
        .isNotEqualTo(
            json(widget.post(ROOT + "/token?" + widget.query("demo", handoff), null, ""))
                .path("token")
                .asText());
  }

  private GenesysConversation interaction(String handoff) {
    return interaction(handoff, widget.widgets.link("demo", handoff));
  }

  private GenesysConversation interaction(String customer, String link) {
    return widget.genesys.begin(customer, Map.of(widget.widgets.attribute("demo"), link));
  }

  private static HttpResponse<String> session(String conversation, GenesysAgent agent) {
    return widget.post(
        ROOT + "/session",
        widget.genesys.agentToken(agent),
        "{\"conversationId\":\"" + conversation + "\"}");
  }

  private static String post(String token, String conversation) {
    return json(widget.post(
            ROOT + "/session", token, "{\"conversationId\":\"" + conversation + "\"}"))
        .path("code")
        .asText();
  }

  private static String link(Properties properties, Instant at, String handoff) {
    return GenesysWidget.of(
            new SettingsLoader().overrides(properties).load(), Clock.fixed(at, ZoneOffset.UTC))
        .link("demo", handoff)
        .replaceFirst(".*\\?", "");
  }

  private static int status(String query) {
    return widget.get(ROOT + "/conversation?" + query).statusCode();
  }

  private static String conversation(String handoff, String more) {
    return ROOT + "/conversation?" + widget.query("demo", handoff) + more;
  }

  private static String policy(HttpResponse<String> answer) {
    return answer.headers().firstValue("Content-Security-Policy").orElse("");
  }

  private static long changes(List<String> lines) {
    return lines.stream().filter("event: changed"::equals).count();
  }
}
