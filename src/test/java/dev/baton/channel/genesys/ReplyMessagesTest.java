package dev.baton.channel.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mypurecloud.sdk.v2.model.ConversationContentAttachment;
import com.mypurecloud.sdk.v2.model.ConversationContentCard;
import com.mypurecloud.sdk.v2.model.ConversationContentCardAction;
import com.mypurecloud.sdk.v2.model.ConversationContentCarousel;
import com.mypurecloud.sdk.v2.model.ConversationContentQuickReply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bot shows, as messages of Genesys; read by the models of the vendor's SDK. */
class ReplyMessagesTest {
  /** Strict: a field that the model does not know fails the test. */
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReplyMessages plain = mapper(false);

  private static ReplyMessages mapper(boolean readyMade) {
    return new ReplyMessages(
        new ReplyMessages.Limits(3, 2, 2), readyMade, url -> !url.contains("10.0.0.1"));
  }

  @Test
  void aTextIsAText() {
    assertThat(of("{'type':'message','text':'Hello'}").toString())
        .isEqualTo("[{\"type\":\"Text\",\"text\":\"Hello\"}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'typing'}",
        "{'type':'event','name':'x','text':'hidden'}",
        "{'type':'trace','text':'hidden'}",
        "{'type':'message'}",
        "{'type':'message','text':'  '}"
      })
  void whatTheCustomerDoesNotSeeIsNoMessage(String activity) {
    assertThat(of(activity)).isEmpty();
  }

  @Test
  void unsafeCharactersAreTakenOut() {
    String text = of("{'type':'message','text':'a\\u202Eb\\u0007c'}").get(0).path("text").asText();

    assertThat(text).isEqualTo("abc");
  }

  @Test
  void suggestedActionsAreQuickRepliesOfOneStructuredMessageWithTheText() throws Exception {
    List<ObjectNode> messages =
        of(
            "{'type':'message','text':'Which"
                + " one?','suggestedActions':{'actions':[{'type':'imBack','title':'A','value':'the"
                + " first'},"
                + "{'type':'postBack','title':'B','value':{'n':2},'image':'https://x.example/b.png'},"
                + "{'type':'messageBack','title':'C','text':'third','displayText':'C!'}]}}");

    assertThat(messages).hasSize(1);
    assertThat(messages.get(0).path("text").asText()).isEqualTo("Which one?");
    List<ConversationContentQuickReply> replies = quickReplies(messages.get(0));
    assertThat(replies)
        .extracting(ConversationContentQuickReply::getText)
        .containsExactly("A", "B", "C");
    assertThat(replies)
        .extracting(ConversationContentQuickReply::getPayload)
        .containsExactly("the first", "{\"n\":2}", "third");
    assertThat(replies.get(1).getImage()).isEqualTo("https://x.example/b.png");
    assertThat(replies.get(0).getAction().toString()).isEqualTo("Message");
  }

  @Test
  void tooManyQuickRepliesGoIntoAnotherMessageAndRepeatsAreLeftOut() throws Exception {
    List<ObjectNode> messages =
        of(
            "{'type':'message','suggestedActions':{'actions':["
                + "{'type':'imBack','title':'1','value':'1'},{'type':'imBack','title':'2','value':'2'},"
                + "{'type':'imBack','title':'1','value':'1'},{'type':'imBack','title':'3','value':'3'},"
                + "{'type':'imBack','title':'4','value':'4'}]}}");

    assertThat(messages).hasSize(2);
    assertThat(messages).allMatch(message -> !message.path("text").asText().isBlank());
    assertThat(quickReplies(messages.get(0))).hasSize(3);
    assertThat(quickReplies(messages.get(1)))
        .extracting(ConversationContentQuickReply::getText)
        .containsExactly("4");
  }

  @Test
  void aHeroCardIsACardWithLinksAndPostbacks() throws Exception {
    List<ObjectNode> messages =
        of(
            "{'type':'message','text':'See:','attachments':[{'contentType':"
                + "'application/vnd.microsoft.card.hero','content':{'title':'Shoe','subtitle':'Red','text':'49"
                + " EUR','images':[{'url':'https://x.example/s.png'}],"
                + "'tap':{'type':'openUrl','title':'go','value':'https://x.example/shoe'},"
                + "'buttons':[{'type':'openUrl','title':'More','value':'https://x.example/'},{'type':'postBack','title':'Buy','value':'buy"
                + " 1'}]}}]}");

    assertThat(messages).hasSize(2);
    ConversationContentCard card = card(messages.get(1));
    assertThat(card.getTitle()).isEqualTo("Shoe");
    assertThat(card.getDescription()).isEqualTo("Red\n49 EUR");
    assertThat(card.getImage()).isEqualTo("https://x.example/s.png");
    assertThat(card.getDefaultAction().getUrl()).isEqualTo("https://x.example/shoe");
    assertThat(card.getActions())
        .extracting(action -> action.getType() + " " + action.getText())
        .containsExactly("Link More", "Postback Buy");
    assertThat(card.getActions().get(1).getPayload()).isEqualTo("buy 1");
  }

  @Test
  void aCardWithTooManyButtonsIsContinuedAndOneWithoutIsATextAndAPicture() throws Exception {
    List<ObjectNode> many =
        of(
            hero(
                "{'title':'T','buttons':[{'title':'1','value':'1'},{'title':'2','value':'2'},{'title':'3','value':'3'}]}"));
    List<ObjectNode> none = of(hero("{'title':'T','images':[{'url':'https://x.example/p.png'}]}"));

    assertThat(card(many.get(0)).getActions()).hasSize(2);
    assertThat(card(many.get(1)).getTitle()).isEqualTo("T");
    assertThat(card(many.get(1)).getActions()).hasSize(1);
    assertThat(none.get(0).path("text").asText()).isEqualTo("T");
    assertThat(attachment(none.get(1)).getUrl()).isEqualTo("https://x.example/p.png");
  }

  @Test
  void aCarouselKeepsTextAndPayloadOfItsButtonsUniqueAndIsSplitAtTheLimit() throws Exception {
    String card =
        "{'contentType':'application/vnd.microsoft.card.hero','content':{'title':'%s','buttons':"
            + "[{'type':'imBack','title':'Buy','value':'buy'}]}}";
    List<ObjectNode> messages =
        of(
            "{'type':'message','attachmentLayout':'carousel','attachments':["
                + card.formatted("One")
                + ","
                + card.formatted("Two")
                + ","
                + card.formatted("Three")
                + "]}");

    assertThat(messages).hasSize(2);
    ConversationContentCarousel carousel =
        JSON.treeToValue(
            messages.get(0).at("/content/0/carousel"), ConversationContentCarousel.class);
    assertThat(carousel.getCards())
        .extracting(ConversationContentCard::getTitle)
        .containsExactly("One", "Two");
    Set<String> buttons = new HashSet<>();
    for (ConversationContentCard each : carousel.getCards()) {
      for (ConversationContentCardAction action : each.getActions()) {
        assertThat(buttons.add(action.getText() + "|" + action.getPayload())).isTrue();
        assertThat(action.getPayload()).isEqualTo("buy");
      }
    }
    assertThat(card(messages.get(1)).getTitle()).isEqualTo("Three");
  }

  @Test
  void mediaAreAttachmentsAndFilesInPrivateNetworksAreOnlyNamed() throws Exception {
    List<ObjectNode> messages =
        of(
            "{'type':'message','attachments':["
                + "{'contentType':'image/png','contentUrl':'https://x.example/a.png','name':'a.png'},"
                + "{'contentType':'application/pdf','contentUrl':'https://x.example/b.pdf'},"
                + "{'contentType':'image/png','contentUrl':'http://10.0.0.1/secret.png','name':'secret.png'}]}");

    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).path("content")).hasSize(2);
    ConversationContentAttachment file = attachment(messages.get(0));
    assertThat(file.getMediaType().toString()).isEqualTo("Image");
    assertThat(file.getMime()).isEqualTo("image/png");
    assertThat(file.getFilename()).isEqualTo("a.png");
    assertThat(messages.get(0).at("/content/1/attachment/mediaType").asText()).isEqualTo("File");
    assertThat(messages.get(1).path("text").asText()).isEqualTo("secret.png");
  }

  @Test
  void anAdaptiveCardIsItsTextsPictureAndActions() throws Exception {
    List<ObjectNode> messages =
        of(
            "{'type':'message','attachments':[{'contentType':"
                + "'application/vnd.microsoft.card.adaptive','content':{'type':'AdaptiveCard','body':[{'type':'TextBlock','text':'Your"
                + " order'},{'type':'Container','items':["
                + "{'type':'FactSet','facts':[{'title':'No','value':'A-17'}]}]}],'actions':["
                + "{'type':'Action.Submit','title':'Change','data':{'action':'change'}}]}}]}");

    ConversationContentCard card = card(messages.get(0));
    assertThat(card.getTitle()).isEqualTo("Your order");
    assertThat(card.getDescription()).isEqualTo("No: A-17");
    assertThat(card.getActions().get(0).getPayload()).isEqualTo("{\"action\":\"change\"}");
  }

  @Test
  void readyMadeMessagesOfGenesysAreTakenOnlyWhenSwitchedOn() {
    String made =
        "\\\\[{&quot;type&quot;:&quot;structured&quot;,&quot;content&quot;:\\\\[\\\\]}\\\\]";
    String activity = "{'type':'message','text':'" + made + "'}";

    assertThat(of(activity).get(0).path("type").asText()).isEqualTo("Text");
    List<ObjectNode> messages = mapper(true).of(json(activity));
    assertThat(messages).hasSize(1);
    assertThat(messages.get(0).path("content").isArray()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{not json", "[1,2]", "{\"type\":\"other\"}", "plain", "{} {}"})
  void aTextThatIsNoMessageOfGenesysStaysAText(String text) throws Exception {
    String activity = "{'type':'message','text':" + JSON.writeValueAsString(text) + "}";

    assertThat(mapper(true).of(json(activity)).get(0).path("text").asText()).isEqualTo(text);
  }

  private List<ObjectNode> of(String activity) {
    return plain.of(json(activity));
  }

  private static String hero(String content) {
    return "{'type':'message','attachments':[{'contentType':'application/vnd.microsoft.card.hero','content':"
        + content
        + "}]}";
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static List<ConversationContentQuickReply> quickReplies(JsonNode message)
      throws JsonProcessingException {
    List<ConversationContentQuickReply> replies = new ArrayList<>();
    for (JsonNode element : message.path("content")) {
      assertThat(element.path("contentType").asText()).isEqualTo("QuickReply");
      replies.add(
          JSON.treeToValue(element.path("quickReply"), ConversationContentQuickReply.class));
    }
    return replies;
  }

  private static ConversationContentCard card(JsonNode message) throws JsonProcessingException {
    assertThat(message.at("/content/0/contentType").asText()).isEqualTo("Card");
    return JSON.treeToValue(message.at("/content/0/card"), ConversationContentCard.class);
  }

  private static ConversationContentAttachment attachment(JsonNode message)
      throws JsonProcessingException {
    return JSON.treeToValue(
        message.at("/content/0/attachment"), ConversationContentAttachment.class);
  }
}
