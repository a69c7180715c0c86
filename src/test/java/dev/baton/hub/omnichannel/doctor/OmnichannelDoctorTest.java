package dev.baton.hub.omnichannel.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.HubDoctor;
import dev.baton.operations.doctor.Level;
import dev.baton.operations.doctor.Wishes;
import dev.baton.simulator.omnichannel.CustomChannelSimulator;
import dev.baton.simulator.omnichannel.OmnichannelFaults.At;
import dev.baton.simulator.omnichannel.OmnichannelOptions;
import dev.baton.simulator.omnichannel.OmnichannelSimulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OmnichannelDoctorTest {
  private static OmnichannelSimulator omnichannel;
  private final Map<String, String> keys = new HashMap<>(omnichannel.settings());

  @BeforeAll
  static void start() {
    omnichannel = OmnichannelSimulator.start(OmnichannelOptions.defaults());
  }

  @AfterAll
  static void stop() {
    omnichannel.close();
  }

  @AfterEach
  void heal() {
    omnichannel.faults().clear();
  }

  @Test
  void theDoctorIsFoundByItsType() {
    assertThat(ServiceLoader.load(HubDoctor.class))
        .extracting(HubDoctor::type)
        .contains("omnichannel");
  }

  @Test
  void ofAChannelThatIsSetUpNothingIsWrong() {
    assertThat(examine()).extracting(Finding::level).containsOnly(Level.OK);
    assertThat(find("BTN-2473").seen())
        .contains("http://127.0.0.1:8080/hubs/service")
        .contains("/simulated/v2.0");
    assertThat(omnichannel.conversations()).isEmpty();
  }

  @Test
  void aWrongSecretIsNamedAndTheChannelIsNotAsked() {
    keys.put("client-secret", "another-one");
    assertThat(find("BTN-2470").failed()).isTrue();
    assertThat(find("BTN-2470").remedy()).contains("baton.hubs.service.tenant");
    assertThat(examine()).noneMatch(finding -> finding.code().equals("BTN-2471"));
    assertThat(examine().toString()).doesNotContain("another-one");
  }

  @Test
  void anUnknownChannelIsNamed() {
    keys.put("channel-id", "99999999-2222-4333-8444-555555555555");
    assertThat(find("BTN-2471").seen()).contains("code 30002");
    assertThat(find("BTN-2471").remedy()).contains("channel-id");
  }

  @Test
  void anApplicationThatMayNotAskForAvailabilityNeedsTheRole() {
    omnichannel.faults().fail(At.AVAILABILITY, 403, 0);
    assertThat(find("BTN-2472").remedy()).contains("Omnichannel administrator");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 500})
  void whateverElseAvailabilityAnswersIsAFailure(int status) {
    omnichannel.faults().fail(At.AVAILABILITY, status, 0);
    assertThat(find("BTN-2472").failed()).isTrue();
  }

  @Test
  void withoutAvailabilityThereIsAWarning() {
    keys.remove("dataverse-url");
    keys.remove("workstream");
    assertThat(find("BTN-2472").level()).isEqualTo(Level.WARN);
  }

  @Test
  void aWebhookThatIsNotVerifiedIsAWarning() {
    keys.put("verify-webhook", "false");
    assertThat(find("BTN-2473").level()).isEqualTo(Level.WARN);
  }

  @Test
  void keysThatCannotBeHadAreAFailure() {
    keys.put("webhook-metadata", omnichannel.url() + "/nowhere");
    assertThat(find("BTN-2473").failed()).isTrue();
  }

  @Test
  void overDirectLineTheSecretIsTried() {
    try (CustomChannelSimulator channel = CustomChannelSimulator.start(0)) {
      keys.clear();
      keys.putAll(channel.settings());
      assertThat(find("BTN-2474").level()).isEqualTo(Level.OK);
      assertThat(find("BTN-2472").level()).isEqualTo(Level.WARN);
      keys.put("direct-line-secret", "of-another-bot");
      assertThat(find("BTN-2474").failed()).isTrue();
      assertThat(channel.conversations()).isEmpty();
    }
  }

  private Finding find(String code) {
    return examine().stream().filter(f -> f.code().equals(code)).findFirst().orElseThrow();
  }

  private List<Finding> examine() {
    Settings settings = Settings.of(Map.of("baton.public-url", "http://127.0.0.1:8080"));
    return new OmnichannelDoctor()
        .examine(new HubSettings("service", "omnichannel", keys), settings, Wishes.none());
  }
}
