package dev.baton.hub.servicenow.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.Wishes;
import dev.baton.simulator.servicenow.InstanceOptions;
import dev.baton.simulator.servicenow.Misconfiguration;
import dev.baton.simulator.servicenow.ServiceNowSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole loop with the simulated instance, which calls the doctor back. */
class SimulatedLoopTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  private static ServiceNowSimulator now;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    now =
        ServiceNowSimulator.startAndWait(
            InstanceOptions.defaults().callback("http://127.0.0.1:" + port + "/hubs/it/events"));
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
  void theFirstCallbackClosesTheLoop() {
    List<Finding> findings = examine(LONG);

    assertThat(findings).noneMatch(Finding::failed);
    assertThat(findings).anySatisfy(f -> assertThat(f.seen()).startsWith("arrived after"));
    assertThat(findings).anySatisfy(f -> assertThat(f.seen()).contains("was ended again"));
  }

  @Test
  void aTokenThatDiffersIsOnlyVisibleAsSilence() {
    now.misconfigure(Misconfiguration.TOKEN_DIFFERS);

    assertThat(failures(examine(SHORT)))
        .singleElement()
        .satisfies(f -> assertThat(f.seen()).startsWith("none within"));
  }

  @Test
  void aCallbackPasswordThatWasNotTypedInIsSeenByTheDoctorsOwnEar() {
    now.misconfigure(Misconfiguration.CALLBACK_PASSWORD_EMPTY);

    assertThat(failures(examine(LONG)))
        .singleElement()
        .satisfies(f -> assertThat(f.seen()).contains("without the right user, password"));
  }

  @Test
  void withoutTheFlagNothingIsWritten() {
    List<Finding> findings = examine(new Wishes(false, null, LONG));

    assertThat(findings).noneMatch(Finding::failed);
    assertThat(now.tables().find("sys_cs_conversation", "")).isEmpty();
    assertThat(now.tables().find("interaction", "")).isEmpty();
  }

  private static List<Finding> failures(List<Finding> findings) {
    return findings.stream().filter(Finding::failed).toList();
  }

  private static List<Finding> examine(Duration patience) {
    return examine(new Wishes(true, null, patience));
  }

  private static List<Finding> examine(Wishes wishes) {
    Map<String, String> keys = new HashMap<>();
    keys.put("type", "servicenow");
    keys.put("url", now.url().toString());
    keys.put("username", "baton.service");
    keys.put("password", "simulated-password");
    keys.put("token", "simulated-token");
    keys.put("callback-user", "servicenow");
    keys.put("callback-password", "simulated-callback-password");
    Settings settings =
        Settings.of(
            Map.of(
                "baton.host", "127.0.0.1",
                "baton.port", String.valueOf(port),
                "baton.management.port", "1",
                "baton.bots.support.secret", "s3cr3t-1",
                "baton.hubs.it.type", "routes"));
    return new ServiceNowDoctor()
        .examine(new HubSettings("it", "servicenow", keys), settings, wishes);
  }
}
