package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mypurecloud.sdk.v2.model.BotConnectorBot;
import com.mypurecloud.sdk.v2.model.BotIntent;
import com.mypurecloud.sdk.v2.model.BotList;
import dev.baton.application.Application;
import dev.baton.configuration.SettingsLoader;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.genesys.ArchitectFlow;
import dev.baton.simulator.genesys.ConnectorSession;
import dev.baton.simulator.genesys.ConnectorTurn;
import dev.baton.simulator.genesys.GenesysFaultKind;
import dev.baton.simulator.genesys.GenesysFaults.Fault;
import dev.baton.simulator.genesys.GenesysSimulator;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code baton genesys bots}, against a simulated platform. */
class GenesysBotsCommandTest {
  private static final String PREFIX = "baton.channels.genesys.demo.";

  @TempDir Path folder;
  private final GenesysSimulator genesys = GenesysSimulator.start(GenesysSimulatorOptions.quick());
  private StringWriter out;
  private StringWriter err;
  private Path configuration;
  private CopilotSimulator bot;

  @BeforeEach
  void configure() throws IOException {
    configure(List.of());
  }

  @AfterEach
  void stop() {
    genesys.close();
    if (bot != null) {
      bot.close();
    }
  }

  @Test
  void theListIsCheckedComparedAndImportedAndTheVendorsModelsReadIt() throws IOException {
    assertThat(execute("diff")).isEqualTo(1);
    assertThat(out.toString())
        .contains("+ bot retail, version 2026-01, intent Escalate, slot va_AgentMessage: String");
    assertThat(execute("import")).isZero();
    assertThat(out.toString()).contains("Imported 1 bots.");
    assertThat(err.toString()).contains("BTN-4025 What handoffs had is not known");
    assertThat(execute("diff")).isZero();
    assertThat(out.toString()).contains("Genesys has it already.");

    BotConnectorBot imported = read().getChatBots().get(0);
    assertThat(imported.getId()).isEqualTo("retail");
    assertThat(imported.getVersions().get(0).getSupportedLanguages())
        .containsExactly("en-us", "es");
    assertThat(imported.getVersions().get(0).getIntents())
        .extracting(BotIntent::getName)
        .containsExactly("None", "Escalate", "End");
    assertThat(
            imported.getVersions().get(0).getIntents().get(1).getSlots().get("va_Topics").getType())
        .isEqualTo("StringCollection");
  }

  @Test
  void botsOfOthersStayUnlessTheyAreToGo() throws IOException {
    assertThat(execute("import")).isZero();
    configure(List.of(PREFIX + "bot-id=another"));

    assertThat(execute("import")).isZero();
    assertThat(read().getChatBots())
        .extracting(BotConnectorBot::getId)
        .containsExactly("another", "retail");
    assertThat(execute("diff", "--replace")).isEqualTo(1);
    assertThat(out.toString()).contains("- bot retail");
    assertThat(execute("import", "--replace")).isZero();
    assertThat(read().getChatBots()).extracting(BotConnectorBot::getId).containsExactly("another");
  }

  @Test
  void whatBreaksALimitIsNamedAndNothingIsSent() throws IOException {
    String name = "x".repeat(101);
    List<String> slots = new ArrayList<>();
    for (int i = 0; i < 51; i++) {
      slots.add("slot" + i + ":String");
    }
    configure(
        List.of(
            PREFIX + "intents=" + name,
            PREFIX + "slots=" + String.join(",", slots),
            PREFIX + "languages=english language",
            PREFIX + "description=" + "d".repeat(257)));

    assertThat(execute("import")).isEqualTo(1);
    assertThat(err.toString())
        .contains("has 101 characters; Genesys takes 100")
        .contains("intent 'Escalate' has 51 slots; Genesys takes 50")
        .contains("'english language' is not a language such as en-us")
        .contains("The description has 257 characters; Genesys takes 256");
    assertThat(genesys.bots().imports()).isZero();
  }

  @Test
  void mistakesAreNamedWithTheirRemedy() throws IOException {
    assertThat(run("genesys", "bots", "show", "--config", configuration.toString(), "nobody"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("BTN-4530").contains("baton.channels.genesys.nobody");

    configure(List.of(PREFIX + "slots=OrderNumber:Sting"));
    assertThat(execute("show")).isEqualTo(1);
    assertThat(err.toString()).contains("BTN-4531").contains("there is no type 'Sting'");

    configure(List.of(PREFIX + "client-secret=wrong-one"));
    assertThat(execute("import")).isEqualTo(1);
    assertThat(err.toString()).contains("BTN-4535").contains("client-secret");

    configure(List.of());
    genesys.faults().arm(Fault.once(GenesysFaultKind.FORBIDDEN).at("bots"));
    assertThat(execute("import")).isEqualTo(1);
    assertThat(err.toString()).contains("BTN-4534 Genesys answers 403").contains(":edit");
  }

  @Test
  void aFileMayDeclareSeveralVersionsWithTheirIntents() throws IOException {
    Path file = folder.resolve("retail.yaml");
    Files.writeString(
        file,
        """
        id: retail-2
        name: Retail
        versions:
          - version: "1"
            languages: [en-us]
            intents: [None, Escalate]
          - version: "2"
            languages: [en-us, de]
            intents:
              - name: Escalate
                slots: { Total: Currency, When: Datetime, Items: StringCollection }
        """);
    configure(List.of(PREFIX + "declaration=" + file));

    assertThat(execute("import")).isZero();
    assertThat(read().getChatBots().get(0).getVersions()).hasSize(2);
    assertThat(read().getChatBots().get(0).getVersions().get(1).getIntents().get(0).getSlots())
        .containsOnlyKeys("Total", "When", "Items");
  }

  @Test
  void whatHandoffsHadIsDeclaredAndFromThenOnASlot() throws Exception {
    bot =
        CopilotSimulator.startAndWait(
            CopilotOptions.defaults().script(script()).pace(0).holdingPosts());
    configure(
        List.of(
            "baton.bots.demo.url=" + bot.url(),
            "baton.bots.demo.secret=" + bot.secret(),
            PREFIX + "turn-quiet=100ms"));
    try (Application baton = Application.start(new SettingsLoader().file(configuration).load())) {
      ConnectorTurn before = handoff(baton);
      assertThat(before.outputs()).containsEntry("OrderNumber", "A-1009");
      assertThat(before.slots()).doesNotContainKey("OrderNumber");

      assertThat(execute("import")).isZero();
      assertThat(out.toString()).contains("intent Escalate, slot OrderNumber: String");
      ConnectorTurn after = handoff(baton);
      assertThat(after.slots()).containsEntry("OrderNumber", "A-1009");
      assertThat(after.undeclared()).isEmpty();
    }
    assertThat(execute("show")).isZero();
    assertThat(out.toString()).contains("OrderNumber");
  }

  private ConnectorTurn handoff(Application baton) {
    ArchitectFlow flow =
        ArchitectFlow.legacy(
                "http://127.0.0.1:"
                    + baton.settings().server().port()
                    + "/channels/genesys/demo/botconnector/postutterance")
            .credential("Authorization", "secret-of-the-integration")
            .deadline(Duration.ofSeconds(15));
    genesys.bots().version("retail", "2026-01").ifPresent(flow::intentsOf);
    if (genesys.bots().imports() == 0) {
      flow.intent("Escalate");
    }
    ConnectorSession session = genesys.connector().start(flow);
    return session
        .say("a human for A-1009")
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private static Path script() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(GenesysBotsCommandTest.class.getResource("/genesys/bot.yaml"))
            .toURI());
  }

  private BotList read() throws IOException {
    return new ObjectMapper()
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .readValue(genesys.bots().list().encode(), BotList.class);
  }

  private int execute(String command, String... options) {
    List<String> all = new ArrayList<>(List.of("genesys", "bots", command, "--config"));
    all.add(configuration.toString());
    all.addAll(List.of(options));
    all.add("demo");
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine line = Baton.commandLine(new ProcessSurroundings());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private void configure(List<String> more) throws IOException {
    configuration = folder.resolve("application.properties");
    List<String> lines = new ArrayList<>();
    lines.add("baton.host=127.0.0.1");
    lines.add("baton.port=" + freePort());
    lines.add("baton.management.port=" + freePort());
    lines.add("baton.data=" + folder.resolve("data"));
    lines.add("baton.log.level=warn");
    lines.add("baton.routes.folder=" + folder.resolve("routes"));
    lines.add("baton.bots.demo.secret=s3cr3t-1");
    lines.add("baton.hubs.desk.type=desk");
    lines.add(PREFIX + "secrets=secret-of-the-integration");
    lines.add(PREFIX + "bot-id=retail");
    lines.add(PREFIX + "version=2026-01");
    lines.add(PREFIX + "languages=en-us,es");
    lines.add(PREFIX + "api-url=" + genesys.url());
    lines.add(PREFIX + "login-url=" + genesys.url());
    lines.add(PREFIX + "client-id=" + genesys.clientId());
    lines.add(PREFIX + "client-secret=" + genesys.clientSecret());
    lines.add(PREFIX + "integration-id=" + genesys.connectorIntegrationId());
    lines.addAll(more); // the later line of a key wins
    Files.write(configuration, lines);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
