package dev.baton.operations.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.Settings;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.http.HttpHubSimulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private static CopilotSimulator copilot;
  private static HttpHubSimulator hub;

  @BeforeAll
  static void start() {
    copilot = CopilotSimulator.startAndWait(CopilotOptions.defaults());
    hub = HttpHubSimulator.start(0, "hub-token", "hub-callback-secret");
  }

  @AfterAll
  static void stop() {
    hub.close();
    copilot.close();
  }

  @Test
  void everythingThatIsConfiguredIsExamined() {
    int before = copilot.conversations().size();

    List<Finding> findings = examine(Map.of(), Wishes.none());

    assertThat(findings).noneMatch(Finding::failed);
    assertThat(findings).extracting(Finding::subject).contains("bot shop", "hub acme", "hub desk");
    assertThat(findings)
        .extracting(Finding::code)
        .contains("BTN-4502", "BTN-4504", "BTN-4505", "BTN-4506", "BTN-4508");
    assertThat(copilot.conversations()).hasSize(before);
  }

  @Test
  void aConversationIsStartedOnlyWhenAskedFor() {
    List<Finding> findings = examine(Map.of(), new Wishes(true, null, Duration.ofSeconds(5)));

    assertThat(of(findings, "BTN-4504").seen()).isEqualTo("started, and its stream can be opened");
  }

  @Test
  void aWrongSecretIsNamedByItsKey() {
    Finding finding =
        of(examine(Map.of("baton.bots.shop.secret", "wrong-one"), Wishes.none()), "BTN-4502");

    assertThat(finding.failed()).isTrue();
    assertThat(finding.remedy()).contains("baton.bots.shop.secret");
  }

  @Test
  void aWrongTokenOfAnHttpHubIsNamedByItsKey() {
    Finding finding =
        of(examine(Map.of("baton.hubs.acme.token", "wrong-one"), Wishes.none()), "BTN-4508");

    assertThat(finding.failed()).isTrue();
    assertThat(finding.remedy()).contains("baton.hubs.acme.token");
  }

  @Test
  void aPublicUrlOnThisMachineIsNoUseToAHubElsewhere() {
    Map<String, String> elsewhere = Map.of("baton.hubs.acme.url", "https://hub.invalid");
    Finding finding = of(examine(elsewhere, Wishes.none()), "BTN-4509");

    assertThat(finding.failed()).isTrue();
    assertThat(finding.remedy()).contains("baton.public-url");
  }

  @Test
  void theShippedHubTypesHaveTheirDoctors() {
    assertThat(ServiceLoader.load(HubDoctor.class))
        .extracting(HubDoctor::type)
        .contains("http", "desk", "servicenow", "servicenow-custom", "genesys")
        .doesNotHaveDuplicates();
  }

  @Test
  void aHubTypeWithoutADoctorIsAskedWhetherItAnswers() {
    Map<String, String> own =
        Map.of("baton.hubs.own.type", "routes", "baton.hubs.own.url", "http://127.0.0.1:1");
    Finding finding = of(examine(own, Wishes.none()), "BTN-4507");

    assertThat(finding.failed()).isTrue();
    assertThat(finding.seen()).contains("127.0.0.1:1 refuses the connection");
  }

  private static Finding of(List<Finding> findings, String code) {
    return findings.stream().filter(f -> f.code().equals(code)).findFirst().orElseThrow();
  }

  private static List<Finding> examine(Map<String, String> changed, Wishes wishes) {
    Map<String, String> properties = new HashMap<>();
    properties.put("baton.bots.shop.url", copilot.url().toString());
    properties.put("baton.bots.shop.secret", copilot.secret());
    properties.put("baton.bots.shop.canvas-secret", "canvas-1");
    properties.put("baton.bots.shop.hubs", "acme,desk");
    properties.put("baton.hubs.acme.type", "http");
    properties.put("baton.hubs.acme.url", hub.url().toString());
    properties.put("baton.hubs.acme.token", "hub-token");
    properties.put("baton.hubs.acme.callback-secret", "hub-callback-secret");
    properties.put("baton.hubs.desk.type", "desk");
    properties.put("baton.desk.open", "true");
    properties.putAll(changed);
    return new Doctor(Settings.of(properties), wishes).everything();
  }
}
