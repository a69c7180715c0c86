package dev.baton.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void theDefaultsAreThoseOfTheCatalogue() {
    Settings settings = Settings.defaults();

    assertThat(settings.server().port()).isEqualTo(8080);
    assertThat(settings.server().managementPort()).isEqualTo(9876);
    assertThat(settings.server().publicUrl()).isEqualTo(URI.create("http://localhost:8080"));
    assertThat(settings.timeouts().assignment()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.timeouts().settle()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.store().retention()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.store().url()).isNull();
    assertThat(settings.handoff().sendStatus()).isTrue();
    assertThat(settings.handoff().cancelWords()).isEmpty();
    assertThat(settings.bots()).isEmpty();
  }

  @Test
  void thePublicUrlFollowsThePort() {
    assertThat(Settings.of(Map.of("baton.port", "8181")).server().publicUrl())
        .isEqualTo(URI.create("http://localhost:8181"));
  }

  @Test
  void aBotTakesItsDefaultsAndAllHubs() {
    Settings settings =
        Settings.of(
            Map.of(
                "baton.bots.shop.secret", "s3cr3t-of-shop",
                "baton.bots.shop.handoff-events", "escalate, help",
                "baton.hubs.acme.type", "http",
                "baton.hubs.acme.url", "https://acme.example/api",
                "baton.hubs.acme.callback-secret", "k1-abcdef, k2-abcdef",
                "baton.hubs.own.greeting", "anything"));

    BotSettings shop = settings.bots().get("shop");
    assertThat(shop.url()).isEqualTo(URI.create("https://directline.botframework.com"));
    assertThat(shop.handoffEvents()).containsExactly("handoff.initiate", "escalate", "help");
    assertThat(shop.hubs()).containsExactly("acme", "own");
    assertThat(shop.stream()).isEqualTo("auto");
    assertThat(shop.startEvent()).isEqualTo("startConversation");
    assertThat(settings.hubs().get("own").type()).isEqualTo("routes");
    assertThat(settings.hubs().get("acme").properties())
        .containsEntry("url", "https://acme.example/api");
  }

  @Test
  void aHubsConditionIsCheckedBeforeTheStart() {
    Map<String, String> shop = new HashMap<>();
    shop.put("baton.bots.shop.secret", "s3cr3t-of-shop");
    shop.put("baton.bots.shop.canvas-secret", "c4nvas-of-shop");
    shop.put("baton.bots.shop.hubs", "desk");
    shop.put("baton.hubs.desk.type", "desk");
    shop.put("baton.bots.shop.hubs.desk.when", ".domain ==");
    assertThatThrownBy(() -> Settings.of(shop))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("BTN-4002")
        .hasMessageContaining("baton.bots.shop.hubs.desk.when")
        .hasMessageContaining("no JSLT expression");

    shop.remove("baton.bots.shop.hubs.desk.when");
    shop.put("baton.bots.shop.hubs.desks.when", ".domain");
    assertThatThrownBy(() -> Settings.of(shop))
        .hasMessageContaining("BTN-4007")
        .hasMessageContaining("'desks' is none of the bot's hubs");
  }

  @Test
  void anOfferThatCannotBeMadeIsToldBeforeTheStart() {
    Map<String, String> shop = new HashMap<>();
    shop.put("baton.bots.shop.secret", "s3cr3t-of-shop");
    shop.put("baton.bots.shop.canvas-secret", "c4nvas-of-shop");
    shop.put("baton.hubs.desk.type", "desk");
    shop.put("baton.bots.shop.offer", "always");
    SettingsLoader loader = new SettingsLoader().environment(Map.of()).system(new Properties());
    Properties given = new Properties();
    given.putAll(shop);
    assertThat(loader.overrides(given).check().problems().toString())
        .contains("BTN-4009")
        .contains("baton.bots.shop.hubs.desk.name");

    shop.put("baton.texts.offer", "");
    assertThatThrownBy(() -> Settings.of(shop)).hasMessageContaining("could not choose");
  }

  @Test
  void openingHoursAreCheckedBeforeTheStart() {
    Map<String, String> desk = new HashMap<>();
    desk.put("baton.hubs.desk.type", "desk");
    desk.put("baton.hubs.desk.hours", "Mon-Fri 9-17");
    assertThatThrownBy(() -> Settings.of(desk))
        .hasMessageContaining("BTN-4002")
        .hasMessageContaining("baton.hubs.desk.hours")
        .hasMessageContaining("Mon-Fri 09:00-17:00");
    desk.put("baton.hubs.desk.hours", "Mon-Fri 09:00-17:00");
    desk.put("baton.hubs.desk.time-zone", "Berlin");
    assertThatThrownBy(() -> Settings.of(desk)).hasMessageContaining("no time zone");
  }

  @Test
  void masksAreCheckedBeforeTheStart() {
    Map<String, String> shop = new HashMap<>();
    shop.put("baton.privacy.mask", "card,order");
    assertThatThrownBy(() -> Settings.of(shop))
        .hasMessageContaining("BTN-4002")
        .hasMessageContaining("baton.privacy.mask")
        .hasMessageContaining("no pattern 'order'");

    shop.put("baton.privacy.pattern.order", "ORD-(");
    assertThatThrownBy(() -> Settings.of(shop))
        .hasMessageContaining("baton.privacy.pattern.order")
        .hasMessageContaining("no regular expression");

    shop.put("baton.privacy.pattern.order", "ORD-\\d+");
    shop.put("baton.hubs.desk.type", "desk");
    shop.put("baton.hubs.desk.mask", "cards");
    assertThatThrownBy(() -> Settings.of(shop))
        .hasMessageContaining("baton.hubs.desk.mask")
        .hasMessageContaining("no pattern 'cards'");

    shop.put("baton.hubs.desk.mask", "card");
    assertThat(Settings.of(shop).hubs()).containsKey("desk");
  }

  @Test
  void laterSourcesWin() throws IOException {
    Path file = folder.resolve("application.properties");
    Files.writeString(file, "baton.port=1\nbaton.management.port=1\nbaton.host=h\nbaton.data=d\n");
    Properties system = new Properties();
    system.setProperty("baton.host", "of-system");
    system.setProperty("baton.management.port", "3");
    Properties overrides = new Properties();
    overrides.setProperty("baton.management.port", "4");

    Settings settings =
        new SettingsLoader()
            .file(file)
            .environment(Map.of("BATON_PORT", "2", "BATON_HOST", "of-environment"))
            .system(system)
            .overrides(overrides)
            .load();

    assertThat(settings.store().data()).isEqualTo(Path.of("d"));
    assertThat(settings.server().port()).isEqualTo(2);
    assertThat(settings.server().host()).isEqualTo("of-system");
    assertThat(settings.server().managementPort()).isEqualTo(4);
  }

  @Test
  void theEnvironmentSetsABotWhoseNameHasAHyphen() throws IOException {
    Path file = folder.resolve("application.properties");
    Files.writeString(file, "baton.bots.web-shop.stream=polling\n");

    Settings settings =
        new SettingsLoader()
            .file(file)
            .system(new Properties())
            .environment(
                Map.of(
                    "BATON_BOTS_WEB_SHOP_SECRET", "s3cr3t-1",
                    "BATON_BOTS_WEB_SHOP_CANVAS_SECRET", "s3cr3t-2",
                    "BATON_BOTS_OTHER_TOKEN_ENDPOINT", "https://bots.example/token"))
            .load();

    assertThat(settings.bots().get("web-shop").secret()).isEqualTo(new Secret("s3cr3t-1"));
    assertThat(settings.bots().get("web-shop").canvasSecrets())
        .containsExactly(new Secret("s3cr3t-2"));
    assertThat(settings.bots().get("other").tokenEndpoint()).hasHost("bots.example");
  }

  @Test
  void placeholdersReadEnvironmentFilesAndOtherKeys() throws IOException {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, "from {{a}} file\n");

    Settings settings =
        load(
            Map.of("SHOP", "from{{the}}environment"),
            "baton.bots.a.secret={{env:SHOP}}",
            "baton.bots.b.secret={{file:" + secret + "}}",
            "baton.bots.c.secret={{my.own}}-{{missing:else}}",
            "my.own=mine",
            "baton.bots.d.secret={{env:NOT_SET:fallback}}");

    assertThat(settings.bots().get("a").secret().reveal()).isEqualTo("from{{the}}environment");
    assertThat(settings.bots().get("b").secret().reveal()).isEqualTo("from {{a}} file");
    assertThat(settings.bots().get("c").secret().reveal()).isEqualTo("mine-else");
    assertThat(settings.bots().get("d").secret().reveal()).isEqualTo("fallback");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "baton.bots.a.secret={{env:NOPE}} | BTN-4005 | {{env:NOPE}}",
        "baton.bots.a.secret={{file:/no/such}} | BTN-4005 | /no/such",
        "baton.bots.a.secret={{no.such.key}} | BTN-4005 | {{no.such.key}}",
        "baton.host={{baton.host}} | BTN-4005 | itself",
        "baton.prot=1 | BTN-4001 | did you mean baton.port?",
        "baton.bots.a.secrt=1 | BTN-4001 | did you mean baton.bots.a.secret?",
        "baton.hubs.a.type=http;baton.hubs.a.tokn=1 | BTN-4001 | did you mean baton.hubs.a.token?",
        "baton.texts.de.qeued=x | BTN-4001 | did you mean baton.texts.de.queued?",
        "baton.texts.queued=Hi {agent} | BTN-4002 | can only know",
        "baton.texts.queue-position-minute=x | BTN-4001 | queue-position-minutes",
        "baton.hubs.a.type=http;baton.hubs.a.timeout=soon | BTN-4002 | 'soon'",
        "baton.port=eighty | BTN-4002 | 'eighty'",
        "baton.port=70000 | BTN-4002 | 65535",
        "baton.timeouts.settle=3 | BTN-4002 | unit",
        "baton.bots.a.stream=ws | BTN-4002 | auto, websocket, polling",
        "baton.bots.a.url=shop.example | BTN-4002 | https://",
        "baton.store.url=jdbc:h2:x | BTN-4002 | jdbc:postgresql:",
        "baton.store.url=jdbc:postgresql://h/d?ssl=true&reWriteBatchedInserts=true | BTN-4002 |"
            + " reWriteBatchedInserts",
        "baton.max-body=9g | BTN-4002 | 256k",
        "baton.bots.a.stream=auto | BTN-4003 | baton.bots.a.token-endpoint",
        "baton.hubs.h.type=http | BTN-4003 | callback-secret",
        "baton.desk.agents.ada.name=Ada | BTN-4003 | hash-password",
        "baton.desk.agents.ada.password=plain | BTN-4002 | hash-password",
        "baton.bots.a.secret=k;baton.bots.a.hubs=x | BTN-4007 | no hub 'x'",
        "baton.channels.genesys.a.secrets=k123 | BTN-4007 | no bot 'a'",
        "baton.channels.genesys.a.budgett=1s | BTN-4001 | genesys.a.budget?",
        "baton.channels.genesys.a.non-final=sometimes | BTN-4002 | constant, alternating"
      })
  void errorsNameKeyCauseAndRemedy(String lines, String code, String says) {
    assertThatThrownBy(() -> load(Map.of(), lines.split(";")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(code)
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "changeme", "CHANGE-ME", "<secret>", "your-secret", "your_direct_line_secret", "xxx",
        "XXXXXXXX", "***", "${SECRET}", "[token]", "TODO", "12345678"
      })
  void placeholderSecretsAreRefusedAndNotPrinted(String secret) {
    for (String key : List.of("baton.bots.a.secret", "baton.hubs.h.api-token")) {
      assertThatThrownBy(() -> load(Map.of("S", secret), key + "={{env:S}}"))
          .hasMessageContaining("BTN-4004")
          .hasMessageContaining(key)
          .message()
          .doesNotContain(": " + secret);
    }
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    SettingsLoader.Result result =
        new SettingsLoader()
            .environment(Map.of())
            .system(new Properties())
            .overrides(
                properties("baton.prot=1", "baton.management.port=x", "baton.lanes.concurrency=-1"))
            .check();

    assertThat(result.settings()).isNull();
    assertThat(result.problems())
        .extracting(Problem::key)
        .containsExactlyInAnyOrder(
            "baton.prot", "baton.management.port", "baton.lanes.concurrency");
  }

  @Test
  void aMissingFileThatWasAskedForIsAnError() {
    assertThatThrownBy(() -> new SettingsLoader().file(folder.resolve("none")).load())
        .hasMessageContaining("BTN-4006")
        .hasMessageContaining("none");
  }

  @Test
  void nothingThatIsPrintedHoldsASecret() {
    Settings settings =
        load(Map.of(), "baton.bots.a.secret=ohsosecret", "baton.hubs.h.token=ohsosecret");

    assertThat(settings.toString() + settings.bots() + settings.hubs())
        .doesNotContain("ohsosecret");
  }

  @Test
  void sizesReachCamelInBytes() {
    assertThat(Settings.of(Map.of("baton.max-body", "1m")).properties())
        .containsEntry("baton.max-body", "1048576")
        .containsEntry("camel.server.maxBodySize", "1048576");
  }

  @Test
  void emptyTextsSilence() {
    assertThat(load(Map.of(), "baton.texts.queued=", "baton.texts.de.queued=Moment").texts())
        .containsOnly(Map.entry("queued", ""), Map.entry("de.queued", "Moment"));
  }

  @ParameterizedTest
  @CsvSource({"250ms,PT0.25S", "1h30m,PT1H30M", "30d,PT720H", "PT5M,PT5M", "0s,PT0S", "2 m,PT2M"})
  void durationsAreReadAsPeopleWriteThem(String text, Duration expected) {
    assertThat(Quantities.duration(text)).isEqualTo(expected);
  }

  private static Settings load(Map<String, String> environment, String... lines) {
    return new SettingsLoader()
        .environment(new HashMap<>(environment))
        .system(new Properties())
        .overrides(properties(lines))
        .load();
  }

  private static Properties properties(String... lines) {
    Properties properties = new Properties();
    for (String line : lines) {
      int equals = line.indexOf('=');
      properties.setProperty(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    return properties;
  }
}
