package dev.baton.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferTest {
  private static Scene offered(boolean describe, String description) {
    Scene scene = new Scene().asked();
    return scene.on(Scene.offer(scene.handoffId(), describe, description));
  }

  private static ObjectNode shown(Scene scene) {
    List<Entry> stream =
        scene.last().entries().stream().filter(e -> e.lane() == Lane.CUSTOMER).toList();
    return stream.get(stream.size() - 1).body();
  }

  private static List<String> buttons(ObjectNode activity) {
    return activity.at("/suggestedActions/actions").findValuesAsText("value");
  }

  @Test
  void theCustomerSeesTheHubsWithTheirWaitsAsTextAndAsButtons() {
    ObjectNode offer = shown(offered(false, null));
    assertThat(offer.path("text").asText())
        .startsWith("offer\n")
        .contains(
            "1. offer-hub{", "hub=IT", "minutes=3", "2. offer-hub{hub=Sales}", "3. offer-stay");
    assertThat(buttons(offer)).containsExactly("IT", "Sales", "offer-stay");
    assertThat(offer.path("inputHint").asText()).isEqualTo("expectingInput");
  }

  @ParameterizedTest
  @CsvSource({
    "IT,it",
    "it.,it",
    " Sales ,sales",
    "1,it",
    "2,sales",
    "SALES!,sales",
    "I would like to talk to sales please,sales"
  })
  void aChoiceByButtonNumberOrNameOpensThatHub(String said, String hub) {
    Scene scene = offered(false, "VPN").says(said);
    assertThat(scene.owner()).isEqualTo(Owner.PENDING);
    assertThat(scene.sent(Lane.HUB)).containsExactly("open: c1:1");
    JsonNode open = scene.last().entries().get(1).body();
    assertThat(open.path("hub").asText()).isEqualTo(hub);
    assertThat(open.path("description").asText()).isEqualTo("VPN");
    assertThat(scene.sent(Lane.BOT)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"offer-stay", "3", "Offer-Stay."})
  void whoeverStaysWithTheBotIsTold(String said) {
    Scene scene = offered(false, null).says(said);
    assertThat(scene.owner()).isEqualTo(Owner.BOT);
    assertThat(scene.told()).containsExactly("offer-declined");
    assertThat(scene.sent(Lane.BOT)).containsExactly("failed");
    assertThat(scene.handoff().phase()).isEqualTo(Handoff.Phase.REJECTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"where is my parcel?", "4", "IT or Sales?", "with it all", "salesman"})
  void whoeverSaysSomethingElseGoesOnWithTheBot(String said) {
    Scene scene = offered(false, null).says(said.equals("with it all") ? "the kit" : said);
    assertThat(scene.owner()).isEqualTo(Owner.BOT);
    assertThat(scene.sent(Lane.BOT)).hasSize(2).first().isEqualTo("failed");
    assertThat(scene.sent(Lane.BOT).get(1)).startsWith("post: ");
    assertThat(scene.told()).containsExactly("offer-declined");
  }

  @Test
  void theDescriptionIsConfirmed() {
    Scene scene = offered(true, "VPN is down").says("IT");
    assertThat(scene.told()).containsExactly("describe");
    assertThat(shown(scene).path("text").asText()).endsWith("> VPN is down");
    assertThat(buttons(shown(scene))).containsExactly("describe-send");
    scene.says("describe-send");
    assertThat(scene.sent(Lane.HUB)).containsExactly("open: c1:1");
    assertThat(scene.last().entries().get(1).body().path("description").asText())
        .isEqualTo("VPN is down");
  }

  @Test
  void theCustomersOwnDescriptionIsTaken() {
    Scene scene = offered(true, "VPN is down").says("IT").says("It drops every ten minutes");
    assertThat(scene.last().entries().get(1).body().path("description").asText())
        .isEqualTo("It drops every ten minutes");
  }

  @Test
  void whereTheBotGaveNoDescriptionTheCustomerIsAskedForOne() {
    Scene scene = offered(true, " ").says("IT");
    assertThat(scene.told()).containsExactly("describe-new");
    scene.says("describe-send");
    assertThat(scene.last().entries().get(1).body().path("description").asText())
        .isEqualTo("describe-send");
  }

  @Test
  void aFileInPlaceOfADescriptionReachesTheAgentBehindTheOpening() {
    Scene scene = offered(true, "VPN").says("IT");
    ObjectNode file = Scene.message("");
    file.putArray("attachments").addObject().put("contentType", "image/png");
    scene.on(new Event.CustomerSaid(file));
    assertThat(scene.sent(Lane.HUB)).containsExactly("open: c1:1", "send");
  }

  @Test
  void theChosenHubGoesItsUsualWay() {
    Scene scene = offered(false, null).says("IT").opened();
    assertThat(scene.told()).containsExactly("queued");
    scene.says("hello?").joined("Grace");
    assertThat(scene.owner()).isEqualTo(Owner.AGENT);
    assertThat(scene.sentInAll(Lane.HUB))
        .containsExactly("open: c1:1", "open: c1:1", "send: hello?");
    assertThat(scene.handoff().offer().hub()).isEqualTo("it");
  }

  @Test
  void whoeverDoesNotChooseInTimeStaysWithTheBot() {
    Scene scene = offered(false, null).expire(Timer.ASSIGNMENT);
    assertThat(scene.owner()).isEqualTo(Owner.BOT);
    assertThat(scene.told()).containsExactly("offer-timeout");
    assertThat(offered(true, "x").says("IT").expire(Timer.ASSIGNMENT).told())
        .containsExactly("offer-timeout");
  }

  @Test
  void choosingStartsTheWaitAnew() {
    Scene scene = offered(false, null).after(Duration.ofMinutes(4)).says("IT");
    assertThat(scene.conversation().timers().get(Timer.ASSIGNMENT))
        .isEqualTo(scene.now().plus(scene.policy().assignment()));
  }

  @Test
  void aSecondOfferOfOneHandoffIsIgnored() {
    Scene scene = offered(false, null);
    scene.on(Scene.offer(scene.handoffId(), true, null));
    assertThat(scene.last().note()).isEqualTo("offered too late");
    scene.says("IT").on(Scene.offer(scene.handoffId(), true, null));
    assertThat(scene.last().note()).isEqualTo("offered too late");
  }

  @Test
  void aChosenHubThatRefusesIsToldAndTheBotHasTheCustomer() {
    Scene scene = offered(false, null).says("IT");
    scene.on(new Event.HandoffRefused(scene.handoffId(), "CLOSED", null));
    assertThat(scene.told()).containsExactly("closed");
    assertThat(scene.owner()).isEqualTo(Owner.BOT);
  }

  @Test
  void theNextHandoffIsOfferedAnew() {
    Scene scene = offered(false, null).says("3").asked();
    scene.on(Scene.offer(scene.handoffId(), false, null));
    assertThat(buttons(shown(scene))).hasSize(3);
    assertThat(scene.says("sales").sent(Lane.HUB)).containsExactly("open: c1:2");
  }
}
