package dev.baton.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bot Connector asks turn by turn; the bot is the simulated one. */
class GenesysBotConnectorTest {
  private static RunningBaton baton;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    baton =
        RunningBaton.start(
            folder,
            Map.of(
                "baton.channels.genesys.demo.secrets",
                "old-secret-of-theirs," + GenesysConnector.SECRET,
                "baton.channels.genesys.demo.more-slots",
                "OrderNumber:String"));
  }

  @AfterAll
  static void stop() {
    baton.close();
  }

  @Test
  void theWholeTurnIsTheAnswer() {
    GenesysConnector flow = new GenesysConnector(baton, "demo");
    flow.say("hello");

    GenesysConnector.Answer answer = flow.say("count");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.state()).isEqualTo("MoreData");
    assertThat(answer.texts()).containsExactly("One.", "Two.", "Three.", "Four.", "Five.");
  }

  @Test
  void theFirstAnswerHoldsGreetingAndAnswer() {
    GenesysConnector.Answer answer = new GenesysConnector(baton, "demo").say("opening hours");

    assertThat(answer.texts()).hasSize(4);
    assertThat(answer.texts().get(0)).startsWith("Hello, I am");
    assertThat(answer.texts().get(3)).startsWith("We are open Monday");
  }

  @Test
  void aHandoffIsCompleteWithTheAgentsMessageAsASlotOfEscalate() {
    GenesysConnector flow = new GenesysConnector(baton, "demo");
    flow.say("I want to return order A-1009");

    GenesysConnector.Answer answer = flow.say("talk to a human");

    assertThat(answer.state()).isEqualTo("Complete");
    assertThat(answer.body().path("intent").asText()).isEqualTo("Escalate");
    assertThat(answer.texts()).containsExactly("I am getting a colleague. One moment, please.");
    assertThat(answer.body().at("/slotValues/va_AgentMessage").asText())
        .isEqualTo("Return items, order A-1009");
    assertThat(answer.body().at("/slotValues/OrderNumber").asText()).isEqualTo("A-1009");
    assertThat(answer.body().at("/parameters/skill").asText()).isEqualTo("returns");
  }
}
