package dev.baton.channel.genesys;

import static dev.baton.channel.genesys.ReplyMessagesTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mypurecloud.sdk.v2.model.ErrorInfo;
import dev.baton.channel.genesys.widget.GenesysWidget;
import dev.baton.channel.turn.Verdict.Reason;
import dev.baton.configuration.Settings;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From the customer's stream to what Genesys is answered, by the rules of both connectors. */
class ReplyMakerTest {

  @Test
  void anOrdinaryTurnWaitsForTheCustomer() {
    Reply reply = reply(Map.of(), Reason.QUIET, bot("One."), bot("Two."));

    assertThat(reply.state()).isEqualTo(Reply.State.MORE_DATA);
    assertThat(reply.intent()).isEqualTo("None");
    assertThat(texts(reply)).containsExactly("One.", "Two.");
    assertThat(reply.isFinal()).isFalse();
  }

  @Test
  void theIntentOfAnswersThatAreNotFinalIsConstantAlternatingUniqueOrAbsent() {
    Map<String, String> two = Map.of("non-final-intents", "None,Continue");

    assertThat(intents(two)).containsExactly("None", "None", "None");
    assertThat(intents(with(two, "non-final", "alternating")))
        .containsExactly("None", "Continue", "None");
    assertThat(intents(with(two, "non-final", "unique"))).doesNotHaveDuplicates();
    assertThat(intents(with(two, "non-final", "absent"))).containsOnlyNulls();
  }

  @Test
  void aHandoffIsCompleteWithTheIntentThatAVariableNamesWhenItIsDeclared() {
    Map<String, String> options =
        Map.of("escalation-intent-from", "va_LastTopic", "intents", "Refund");

    assertThat(reply(options, Reason.HANDOFF, handoff("{'va_LastTopic':'Refund'}")).intent())
        .isEqualTo("Refund");
    assertThat(reply(options, Reason.HANDOFF, handoff("{'va_LastTopic':'Unknown'}")).intent())
        .isEqualTo("Escalate");
    assertThat(reply(Map.of(), Reason.HANDOFF, handoff("{'va_LastTopic':'Refund'}")).intent())
        .isEqualTo("Escalate");
  }

  @Test
  void wordsAroundAHandoffCountAndAHandoffIsNeverStale() {
    Reply reply =
        reply(
            Map.of(),
            Reason.HANDOFF,
            bot("Before."),
            handoff("{'va_AgentMessage':'help'}"),
            bot("After."),
            customer("and now?"));

    assertThat(reply.state()).isEqualTo(Reply.State.COMPLETE);
    assertThat(texts(reply)).containsExactly("Before.", "After.");
    assertThat(reply.slots()).containsOnlyKeys("va_AgentMessage");
  }

  @Test
  void theLinkToTheAgentsWidgetIsAParameterOrTheSlotOfItsName() {
    Map<String, String> options = Map.of("widget.secret", "key-of-the-widget");
    ObjectNode handoff = handoff("{'va_AgentMessage':'help'}");

    Reply parameter = reply(options, Reason.HANDOFF, handoff);
    assertThat(parameter.parameters().get("batonWidget"))
        .contains("/channels/genesys/demo/widget?handoff=");
    Reply slot =
        reply(with(options, "slots.Escalate", "batonWidget:String"), Reason.HANDOFF, handoff);
    assertThat(slot.slots()).containsKey("batonWidget");
    assertThat(slot.parameters()).doesNotContainKey("batonWidget");
    assertThat(reply(Map.of(), Reason.HANDOFF, handoff).parameters())
        .doesNotContainKey("batonWidget");
  }

  @Test
  void theBotsEndIsCompleteUnlessTheCustomerWroteOn() {
    assertThat(reply(Map.of(), Reason.ENDED, bot("Bye."), end()))
        .extracting(Reply::state, Reply::intent)
        .containsExactly(Reply.State.COMPLETE, "End");
    assertThat(reply(Map.of(), Reason.QUIET, end(), customer("wait"), bot("Yes?")).state())
        .isEqualTo(Reply.State.MORE_DATA);
  }

  @Test
  void aBotThatCannotBeReachedFails() {
    Reply reply = reply(Map.of(), Reason.ENDED, customer("hi"), baton("bot-unavailable"));

    assertThat(reply.state()).isEqualTo(Reply.State.FAILED);
    assertThat(reply.error().code()).isEqualTo("502");
    assertThat(reply.intent()).isEqualTo("None");
    assertThat(texts(reply)).containsExactly("bot-unavailable");
  }

  @Test
  void aSpentBudgetWithoutAWordGivesTheConfiguredState() {
    assertThat(reply(Map.of(), Reason.BOUND, customer("hi")).state())
        .isEqualTo(Reply.State.MORE_DATA);
    assertThat(texts(reply(Map.of(), Reason.BOUND, customer("hi")))).containsExactly("patience");
    Reply failed = reply(Map.of("budget-state", "Failed"), Reason.BOUND, customer("hi"));
    assertThat(failed.state()).isEqualTo(Reply.State.FAILED);
    assertThat(failed.error().code()).isEqualTo("504");
    Reply complete = reply(Map.of("budget-state", "Complete"), Reason.BOUND, customer("hi"));
    assertThat(complete.state()).isEqualTo(Reply.State.COMPLETE);
    assertThat(complete.intent()).isEqualTo("Escalate");
  }

  @Test
  void aSpentBudgetWithWordsOfTheBotWaitsForTheCustomer() {
    Reply reply = reply(Map.of("budget-state", "Failed"), Reason.BOUND, bot("So far."));

    assertThat(reply.state()).isEqualTo(Reply.State.MORE_DATA);
    assertThat(texts(reply)).containsExactly("So far.");
  }

  @Test
  void aFailureEscalatesGracefullyWhereThatIsWished() {
    Reply reply =
        reply(Map.of("graceful", "true"), Reason.ENDED, customer("hi"), baton("bot-unavailable"));

    assertThat(reply.state()).isEqualTo(Reply.State.COMPLETE);
    assertThat(reply.intent()).isEqualTo("Escalate");
    assertThat(reply.error()).isNull();
    assertThat(reply.parameters().get("batonError")).startsWith("502 ");
  }

  @Test
  void whatBatonSaidWhileTheCustomerWaitedIsNoNewsLater() {
    assertThat(texts(reply(Map.of(), Reason.QUIET, baton("bot-silent"), bot("Here."))))
        .containsExactly("Here.");
  }

  @Test
  void anIntentThatIsPresentWithAFinalStateIsAlwaysADeclaredOne() {
    for (String way : List.of("constant", "alternating", "unique", "absent")) {
      Map<String, String> options = Map.of("non-final", way, "budget-state", "Failed");
      GenesysBot bot = genesysBot(options);
      Reply failed = reply(options, Reason.BOUND, customer("hi"));
      assertThat(bot.declaration().versions().get(0).intent(failed.intent())).isPresent();
    }
  }

  @Test
  void bothInterfacesSpellTheAnswerTheirOwnWay() throws Exception {
    Map<String, String> none = Map.of();
    GenesysBot bot = genesysBot(none);
    Reply handoff = reply(none, Reason.HANDOFF, bot("Wait."), handoff("{'va_Topics':['a','b']}"));
    ObjectNode legacy = ReplyForm.botConnector(handoff, bot.settings());
    ObjectNode digital = ReplyForm.digitalBotConnector(handoff, bot.settings());

    assertThat(legacy.has("replymessages")).isTrue();
    assertThat(legacy.has("replyMessages")).isFalse();
    assertThat(legacy.path("slotValues").path("va_Topics").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(digital.has("replyMessages")).isTrue();
    assertThat(digital.path("entities").toString())
        .isEqualTo(
            "[{\"name\":\"va_Topics\",\"type\":\"StringCollection\",\"values\":[\"a\",\"b\"]}]");
    GenesysBot other = genesysBot(Map.of("reply-field", "both", "error-fields", "code"));
    assertThat(ReplyForm.botConnector(handoff, other.settings()).has("replyMessages")).isTrue();
    Reply failed = reply(Map.of("budget-state", "Failed"), Reason.BOUND, customer("hi"));
    JsonNode info = ReplyForm.digitalBotConnector(failed, other.settings()).path("errorInfo");
    ErrorInfo model = new ObjectMapper().treeToValue(info, ErrorInfo.class);
    assertThat(model.getCode()).isEqualTo("504");
    assertThat(model.getMessage()).contains("in time");
  }

  private static Stream<String> intents(Map<String, String> options) {
    GenesysBot bot = genesysBot(options);
    return Stream.of(0, 1, 2)
        .map(turn -> new ReplyMaker(bot, null, turn).of(List.of(bot("x")), Reason.QUIET, null))
        .map(made -> made.reply().intent());
  }

  private static Reply reply(Map<String, String> options, Reason reason, ObjectNode... stream) {
    return new ReplyMaker(genesysBot(options), "1", 0)
        .of(List.of(stream), reason, "patience")
        .reply();
  }

  private static List<String> texts(Reply reply) {
    return reply.messages().stream().map(message -> message.path("text").asText()).toList();
  }

  static GenesysBot genesysBot(Map<String, String> options) {
    Map<String, String> properties = new HashMap<>();
    properties.put("baton.bots.demo.secret", "s3cr3t-1");
    properties.put("baton.channels.genesys.demo.secrets", "s3cr3t-2");
    options.forEach((key, value) -> properties.put("baton.channels.genesys.demo." + key, value));
    Settings settings = Settings.of(properties);
    return GenesysBot.of(
        settings.channels().get(0),
        settings.bots().get("demo"),
        url -> true,
        GenesysWidget.of(settings, Clock.systemUTC()));
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> copy = new HashMap<>(map);
    copy.put(key, value);
    return copy;
  }

  private static ObjectNode bot(String text) {
    return activity("bot", "{'type':'message','text':'" + text + "'}");
  }

  private static ObjectNode customer(String text) {
    ObjectNode said = activity("customer", "{'type':'message','text':'" + text + "'}");
    said.putObject("from").put("role", "user");
    return said;
  }

  private static ObjectNode baton(String key) {
    ObjectNode said = activity("system", "{'type':'message','text':'" + key + "'}");
    ((ObjectNode) said.at("/channelData/baton")).put("source", key);
    return said;
  }

  private static ObjectNode end() {
    return activity("bot", "{'type':'endOfConversation'}");
  }

  private static ObjectNode handoff(String value) {
    ObjectNode request = activity("bot", "{'type':'event','name':'handoff.initiate'}");
    request.set("value", json(value));
    ((ObjectNode) request.at("/channelData/baton")).put("handoff", "c:1");
    return request;
  }

  private static ObjectNode activity(String speaker, String json) {
    ObjectNode activity = (ObjectNode) json(json);
    activity.putObject("channelData").putObject("baton").put("speaker", speaker);
    return activity;
  }
}
