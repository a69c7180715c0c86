package dev.baton.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.channel.servicenow.RelayRig;
import dev.baton.channel.turn.TurnRules;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.servicenow.BotInterconnect.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ServiceNow as primary bot, reading a simulated Copilot Studio through Baton's relay. */
class BotInterconnectTest {
  private static RelayRig rig;

  @BeforeAll
  static void start() {
    rig = new RelayRig(CopilotOptions.defaults().pace(0), 100, TurnRules.defaults());
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @ParameterizedTest(name = "secret in dlsecret: {0}")
  @ValueSource(booleans = {false, true})
  void turnsAreReadWholeAndTheRequestForAHumanEscalates(boolean oldHeader) {
    BotInterconnect servicenow =
        new BotInterconnect(rig.bot.url(), rig.address, rig.bot.secret(), oldHeader);
    servicenow.start();

    Turn counted = servicenow.say("count", null);
    assertThat(counted.texts()).containsExactly("One.", "Two.", "Three.", "Four.", "Five.");
    assertThat(counted.escalates()).isFalse();
    Turn hours = servicenow.say("opening hours", null);
    assertThat(hours.texts()).hasSize(2).noneMatch(text -> text.equals("Five."));
    assertThat(Long.parseLong(hours.watermark()))
        .isGreaterThan(Long.parseLong(counted.watermark()));
    assertThat(servicenow.say("talk to a human", null).escalates()).isTrue();
  }

  @ParameterizedTest(name = "secret in dlsecret: {0}")
  @ValueSource(booleans = {false, true})
  void aRefusalIsToldAndNotTakenForAnEmptyTurn(boolean oldHeader) {
    BotInterconnect wrong = new BotInterconnect(rig.bot.url(), rig.address, "wrong", oldHeader);

    assertThatThrownBy(wrong::start)
        .isInstanceOf(SimulatorException.class)
        .hasMessageContaining("403");
    assertThat(wrong.fetch(null).statusCode()).isEqualTo(403);
  }
}
