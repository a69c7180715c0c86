package dev.baton.hub.servicenow.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.Level;
import dev.baton.operations.doctor.Wishes;
import dev.baton.simulator.servicenow.InstanceOptions;
import dev.baton.simulator.servicenow.Misconfiguration;
import dev.baton.simulator.servicenow.ServiceNowSimulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor against the simulated instance, over HTTP. */
class SimulatedInstanceTest {
  private static final String CALLBACK = "http://127.0.0.1:8080/hubs/it/events";

  private static ServiceNowSimulator now;

  @BeforeAll
  static void start() {
    now = ServiceNowSimulator.startAndWait(options().version("4.0.5"));
  }

  @AfterAll
  static void stop() {
    now.close();
  }

  @BeforeEach
  void setUpWell() {
    now.reset();
  }

  @Test
  void ofAWellSetUpInstanceNothingIsWrong() {
    assertThat(examine(Map.of()))
        .filteredOn(f -> f.level() == Level.FAIL || f.level() == Level.WARN)
        .isEmpty();
  }

  @Test
  void ofAWellSetUpInstanceOfANewerVersionNothingIsWrong() {
    try (ServiceNowSimulator newer = ServiceNowSimulator.startAndWait(options().version("4.1.2"))) {
      assertThat(examine(newer, Map.of(), null))
          .filteredOn(f -> f.level() == Level.FAIL || f.level() == Level.WARN)
          .isEmpty();
      newer.misconfigure(Misconfiguration.CONNECTION_DIFFERS);
      assertThat(worst(examine(newer, Map.of(), null), "BTN-2305").seen())
          .contains("https://other.invalid/events");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NOBODY_AVAILABLE, BTN-2301, WARN",
    "AGENTS_FULL, BTN-2301, WARN",
    "AGENTS_IN_OTHER_CHANNEL, BTN-2301, WARN",
    "AGENTS_IN_NO_GROUP, BTN-2301, FAIL",
    "AGENTS_WITHOUT_CAPACITY, BTN-2323, FAIL",
    "AGENTS_WITHOUT_ROLE, BTN-2323, FAIL",
    "QUEUE_INACTIVE, BTN-2302, FAIL",
    "QUEUE_MISSING, BTN-2302, FAIL",
    "QUEUE_CHANNEL_WRONG, BTN-2302, FAIL",
    "POOL_MISSING, BTN-2302, FAIL",
    "POOL_WITHOUT_GROUP, BTN-2302, FAIL",
    "ASSIGNMENT_RULE_MISSING, BTN-2302, FAIL",
    "ASSIGNMENT_RULE_INACTIVE, BTN-2302, FAIL",
    "TOKEN_MISSING, BTN-2305, FAIL",
    "MESSAGE_AUTH_MISSING, BTN-2305, FAIL",
    "MESSAGE_AUTH_WITHOUT_VERIFICATION, BTN-2305, FAIL",
    "MESSAGE_AUTH_UNUSED, BTN-2305, WARN",
    "MESSAGE_ENDPOINT_DIFFERS, BTN-2306, WARN",
    "METHOD_ENDPOINT_DIFFERS, BTN-2306, FAIL",
    "METHOD_ENDPOINT_DIFFERS, BTN-2305, FAIL",
    "REST_MESSAGE_MISSING, BTN-2305, FAIL",
    "POST_METHOD_MISSING, BTN-2306, FAIL",
    "CALLBACK_ACCOUNT_MISSING, BTN-2305, FAIL",
    "APPLICATION_MISSING, BTN-2309, FAIL",
    "APPLICATION_OLD, BTN-2309, WARN",
    "APPLICATION_OLD, BTN-2316, WARN",
    "RESOURCE_INACTIVE, BTN-2310, FAIL",
    "AVAILABILITY_UNREADABLE, BTN-2308, FAIL",
    "CAPACITY_UNREADABLE, BTN-2308, FAIL",
    "LIVE_AGENT_EXCLUDED, BTN-2312, FAIL",
    "LIVE_AGENT_DISABLED, BTN-2312, FAIL",
    "LINKING_OFF, BTN-2311, WARN",
    "LINKING_WITHOUT_ACTION, BTN-2311, WARN",
    "EMAIL_TWICE, BTN-2311, FAIL",
    "USER_LOCKED_OUT, BTN-2311, FAIL",
    "USER_INACTIVE, BTN-2311, FAIL",
    "USER_MAP_INACTIVE, BTN-2311, FAIL",
    "TYPING_UNSUPPORTED, BTN-2319, WARN",
    "CHANNEL_SYNCHRONOUS, BTN-2320, FAIL",
    "ORDERING_OFF, BTN-2321, WARN",
    "THIRD_PARTY_CHAT_OFF, BTN-2316, WARN",
    "MEDIA_HOSTS_UNTRUSTED, BTN-2318, WARN",
    "APPLICATIONS_TWICE, BTN-2322, WARN",
    "RATE_LIMITED, BTN-2325, WARN",
    "TABLES_RATE_LIMITED, BTN-2325, WARN",
    "LOGS_CUT, BTN-2329, WARN",
    "CALLBACKS_FAILED, BTN-2305, WARN"
  })
  void whatAdministratorsGetWrongIsFound(Misconfiguration wrong, String code, Level level) {
    now.misconfigure(wrong);

    List<Finding> findings = examine(now, Map.of(), "pat.doe@example.org");

    Finding worst = worst(findings, code);
    assertThat(worst.level()).as(worst.toString()).isEqualTo(level);
    assertThat(worst.cause()).isNotBlank();
    assertThat(worst.remedy()).isNotBlank();
  }

  @Test
  void theSecretsThatItWorksWithAreNowhereInWhatItFinds() {
    String all = examine(Map.of()).toString();

    assertThat(all).doesNotContain("simulated-password", "simulated-token", "simulated-callback");
  }

  @Test
  void aWrongPasswordEndsTheExaminationOfTheInstance() {
    List<Finding> findings = examine(Map.of("password", "wrong-one"));

    assertThat(worst(findings, "BTN-2304").remedy()).contains("baton.hubs.it.password");
    assertThat(findings).noneMatch(finding -> finding.code().equals("BTN-2309"));
  }

  @Test
  void oauthIsUsedWhenItIsConfigured() {
    Map<String, String> client =
        Map.of(
            "oauth-client-id", "simulated-client",
            "oauth-client-secret", "simulated-client-secret",
            "oauth-grant", "password");
    assertThat(examine(client)).noneMatch(Finding::failed);

    Map<String, String> wrong = new HashMap<>(client);
    wrong.put("oauth-client-secret", "not-it");
    assertThat(worst(examine(wrong), "BTN-2307").seen()).startsWith("no OAuth token, http");
  }

  @Test
  void anInstanceThatIsNotThereIsToldByItsAddress() {
    List<Finding> findings = examine(Map.of("url", "http://127.0.0.1:1"));

    assertThat(worst(findings, "BTN-4507").seen()).contains("refuses the connection");
  }

  private static InstanceOptions options() {
    return InstanceOptions.defaults().callback(CALLBACK);
  }

  private static List<Finding> examine(Map<String, String> changed) {
    return examine(now, changed, null);
  }

  private static List<Finding> examine(
      ServiceNowSimulator instance, Map<String, String> changed, String user) {
    Map<String, String> keys = new HashMap<>();
    keys.put("type", "servicenow");
    keys.put("url", instance.url().toString());
    keys.put("username", "baton.service");
    keys.put("password", "simulated-password");
    keys.put("token", "simulated-token");
    keys.put("callback-user", "servicenow");
    keys.put("callback-password", "simulated-callback-password");
    keys.putAll(changed);
    Settings settings =
        Settings.of(
            Map.of(
                "baton.public-url", "http://127.0.0.1:8080",
                "baton.bots.support.secret", "s3cr3t-1",
                "baton.hubs.it.type", "routes"));
    return new ServiceNowDoctor()
        .examine(
            new HubSettings("it", "servicenow", keys),
            settings,
            new Wishes(false, user, Duration.ofSeconds(5)));
  }

  private static Finding worst(List<Finding> findings, String code) {
    return findings.stream()
        .filter(finding -> finding.code().equals(code))
        .max((a, b) -> rank(a.level()) - rank(b.level()))
        .orElseThrow();
  }

  private static int rank(Level level) {
    return List.of(Level.OK, Level.PASSIVE, Level.WARN, Level.FAIL).indexOf(level);
  }
}
