package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.configuration.ConfigurationException;
import dev.baton.configuration.Settings;
import dev.baton.configuration.SettingsLoader;
import dev.baton.extension.RouteFolderCheck;
import dev.baton.hub.desk.DeskPasswords;
import dev.baton.operations.Administration;
import dev.baton.operations.FakeJournal;
import dev.baton.operations.JournalAdministration;
import dev.baton.simulator.omnichannel.OmnichannelOptions;
import dev.baton.simulator.servicenow.InstanceOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
  @TempDir Path folder;
  private final FakeJournal journal = new FakeJournal();
  private final List<RouteFolderCheck.Refusal> refusals = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private OmnichannelOptions simulated;
  private Properties run;
  private Path configuration;
  private int freePort;

  @BeforeEach
  void configure() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = free.getLocalPort();
    }
    configure("baton.bots.shop.secret=s3cr3t-1");
  }

  @Test
  void demoSetsUpLoopbackAndTheDesk() {
    assertThat(execute("demo", "--port", "8181", "--data", "d")).isZero();

    assertThat(run)
        .containsEntry("baton.demo", "true")
        .containsEntry("baton.host", "127.0.0.1")
        .containsEntry("baton.desk.open", "true")
        .containsEntry("baton.port", "8181")
        .containsEntry("baton.data", "d");
  }

  @Test
  void theSimulatedOmnichannelTakesTheVendorsForms() {
    assertThat(execute("simulate", "omnichannel", "--port", "0", "--names", "TEXT", "--pascal"))
        .isZero();
    assertThat(simulated)
        .isEqualTo(
            OmnichannelOptions.defaults()
                .webhook("http://localhost:8080/hubs/service")
                .names(OmnichannelOptions.Names.TEXT)
                .pascal(true));
  }

  @Test
  void runTakesTheFile() {
    assertThat(execute("run", "--config", configuration.toString())).isZero();
    assertThat(run).isEmpty();

    assertThat(execute("run", "--config", "no-such-file")).isEqualTo(1);
    assertThat(err.toString()).contains("BTN-4006").doesNotContain("\tat ");
  }

  @Test
  void checkTellsWarningsApartFromErrors() throws IOException {
    configure(
        "baton.bots.shop.secret=s3cr3t-1",
        "baton.bots.shop.canvas-secret=s3cr3t-2",
        "baton.bots.shop.url=http://127.0.0.1:" + freePort);

    assertThat(check()).isZero();
    assertThat(out.toString()).contains("warning BTN-4011 bot-shop").contains("are good");
  }

  @Test
  void checkFailsForARefusedRouteAndNamesItsPlace() throws IOException {
    configure("baton.hubs.desk.type=desk");
    refusals.add(new RouteFolderCheck.Refusal("BTN-4302", "conf/routes/a.camel.yaml:7: no bean"));

    assertThat(check("--json")).isEqualTo(1);
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.path("good").asBoolean()).isFalse();
    JsonNode finding = answer.path("findings").path(0);
    assertThat(finding.path("code").asText()).isEqualTo("BTN-4302");
    assertThat(finding.path("where").asText()).isEqualTo("conf/routes/a.camel.yaml");
    assertThat(finding.path("line").asInt()).isEqualTo(7);
    assertThat(finding.path("message").asText()).isEqualTo("no bean");
  }

  @Test
  void checkFailsForAnUnknownKeyAndNamesTheNearest() throws IOException {
    configure("baton.prot=1");

    assertThat(check()).isEqualTo(1);
    assertThat(out.toString()).contains("error   BTN-4001 baton.prot").contains("baton.port?");
  }

  @Test
  void deadLettersAreListedShownReplayedAndDropped() {
    journal.dead("c1", 4, "the hub said no").dead("c:2", 5, "gone");

    assertThat(deadLetters("list")).isZero();
    assertThat(out.toString()).contains("c1:4  hub send  7 attempts").contains("the hub said no");
    assertThat(deadLetters("show", "c1:4")).isZero();
    assertThat(out.toString()).contains("\"text\" : \"hello\"");
    assertThat(deadLetters("replay", "c1:4")).isZero();
    assertThat(deadLetters("drop", "c:2:5")).isZero();
    assertThat(deadLetters("list", "--conversation", "c1")).isZero();
    assertThat(out.toString()).endsWith(String.format("There are no dead letters.%n"));
  }

  @Test
  void aDeadLetterThatIsNotThereIsAFailure() {
    assertThat(deadLetters("replay", "c1:4")).isEqualTo(1);
    assertThat(err.toString()).contains("BTN-4022").contains("c1:4");
    assertThat(deadLetters("replay", "nonsense")).isEqualTo(2);
    assertThat(err.toString()).contains("nonsense");
  }

  @Test
  void aCustomersDataIsPrintedAndErasedOnlyWhenMeant() {
    assertThat(execute("export", "--config", configuration.toString(), "ada o'neil/1")).isZero();
    assertThat(out.toString()).contains("{\"id\":\"c1\"}");
    assertThat(execute("export", "--config", configuration.toString(), "nobody")).isEqualTo(1);

    assertThat(execute("erase", "--config", configuration.toString(), "ada o'neil/1")).isEqualTo(2);
    assertThat(err.toString()).contains("--yes");
    assertThat(execute("erase", "--config", configuration.toString(), "--yes", "ada o'neil/1"))
        .isZero();
    assertThat(out.toString()).contains("Erased conversations: 2");
  }

  @Test
  void theDoctorTellsWhatToDoAboutABotThatIsNotThere() throws IOException {
    configure(
        "baton.bots.shop.secret=s3cr3t-1", "baton.bots.shop.url=http://127.0.0.1:" + freePort);

    assertThat(execute("doctor", "--config", configuration.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("ok    BTN-4501  journal: can be opened")
        .contains("fail  BTN-4502  token: http://127.0.0.1:" + freePort + " refuses the connection")
        .contains("Do this first (BTN-4502): correct baton.bots.shop.url");
  }

  @Test
  void theDoctorSpeaksJsonToScripts() throws IOException {
    configure(
        "baton.bots.shop.secret=s3cr3t-1", "baton.bots.shop.url=http://127.0.0.1:" + freePort);

    assertThat(execute("doctor", "--config", configuration.toString(), "--json")).isEqualTo(1);
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.path("good").asBoolean()).isFalse();
    assertThat(answer.path("findings").findValuesAsText("code")).contains("BTN-4501", "BTN-4502");
  }

  @Test
  void theDoctorExaminesOnlyWhatIsNamed() throws IOException {
    configure(
        "baton.bots.shop.secret=s3cr3t-1",
        "baton.bots.shop.url=http://127.0.0.1:" + freePort,
        "baton.desk.open=true",
        "baton.hubs.counter.type=desk");

    assertThat(execute("doctor", "desk", "counter", "--config", configuration.toString())).isZero();
    assertThat(out.toString()).contains("hub counter").doesNotContain("bot shop", "store");
    assertThat(execute("doctor", "BOT", "--config", configuration.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("bot shop");
  }

  @Test
  void theDoctorTellsWhatThereIsWhenSomethingElseIsNamed() throws IOException {
    configure("baton.bots.shop.secret=s3cr3t-1", "baton.hubs.counter.type=desk");

    assertThat(execute("doctor", "servicenow", "it", "--config", configuration.toString()))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("BTN-4500 There is no servicenow it")
        .contains("bot shop, desk counter");
  }

  @Test
  void aPasswordIsHashed() {
    assertThat(hash("correct horse\n")).isZero();
    assertThat(DeskPasswords.isHash(out.toString().strip())).isTrue();
  }

  @Test
  void ashortPasswordIsRefused() {
    assertThat(hash("short\n")).isEqualTo(2);
    assertThat(err.toString()).contains("at least 8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "run",
        "check",
        "doctor",
        "dead-letters",
        "dead-letters list",
        "dead-letters show",
        "dead-letters replay",
        "dead-letters drop",
        "export",
        "erase",
        "simulate",
        "simulate copilot",
        "simulate servicenow",
        "hash-password",
        ""
      })
  void everyCommandHasHelp(String command) {
    assertThat(execute((command + " --help").strip().split(" "))).isZero();
    assertThat(out.toString()).contains("Usage: baton").contains("--help");
  }

  @ParameterizedTest
  @CsvSource({
    "chekc,check",
    "run --confg x,--config",
    "'',command",
    "simulate,copilot",
    "simulate,servicenow",
    "dead-letters,list"
  })
  void wrongUsageIsExplainedInAFewLines(String line, String says) {
    assertThat(execute(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(says).contains("--help");
    assertThat(err.toString().lines().count()).isLessThan(5);
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).startsWith("Baton ");
  }

  private int check(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("check", "--config", configuration.toString()));
    arguments.addAll(List.of(options));
    return execute(arguments.toArray(new String[0]));
  }

  private int deadLetters(String command, String... arguments) {
    List<String> line =
        new ArrayList<>(List.of("dead-letters", command, "--config", configuration.toString()));
    line.addAll(List.of(arguments));
    return execute(line.toArray(new String[0]));
  }

  private int hash(String typed) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    try {
      return execute("hash-password");
    } finally {
      System.setIn(before);
    }
  }

  private int execute(String... arguments) {
    CommandLine line = Baton.commandLine(new TestSurroundings());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private void configure(String... lines) throws IOException {
    configuration = folder.resolve("application.properties");
    String port = "baton.management.port=" + freePort + "\n";
    Files.writeString(configuration, port + String.join("\n", lines));
  }

  private final class TestSurroundings implements Surroundings {
    @Override
    public int run(Properties overrides, Path file) {
      if (file != null && !Files.exists(file)) {
        SettingsLoader.Result result = new SettingsLoader().file(file).check();
        throw new ConfigurationException(result.problems());
      }
      run = overrides;
      return 0;
    }

    @Override
    public Administration openStore(Settings settings) {
      return new JournalAdministration(journal, () -> {}, () -> {});
    }

    @Override
    public List<RouteFolderCheck.Refusal> refusedRoutes(Settings settings) {
      return refusals;
    }

    @Override
    public int simulateCopilot(int port) {
      return 0;
    }

    @Override
    public int simulateHttpHub(int port, String token, String callbackSecret) {
      return 0;
    }

    @Override
    public int simulateGenesys(int port, String webhook, boolean echo) {
      return 0;
    }

    @Override
    public int simulateOmnichannel(
        OmnichannelOptions options, boolean accept, Integer directLinePort, String botEndpoint) {
      simulated = options;
      return 0;
    }

    @Override
    public int simulateServiceNow(InstanceOptions options) {
      return 0;
    }
  }
}
