package dev.baton.endtoend;

import static dev.baton.endtoend.RunningBaton.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.genesys.GenesysConversation;
import dev.baton.simulator.genesys.GenesysSimulator;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import dev.baton.simulator.omnichannel.OmnichannelConversation;
import dev.baton.simulator.omnichannel.OmnichannelOptions;
import dev.baton.simulator.omnichannel.OmnichannelSimulator;
import dev.baton.simulator.servicenow.InstanceOptions;
import dev.baton.simulator.servicenow.ServiceNowSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three bots and four hubs in one Baton: bot {@code demo} sends by rules, {@code guide} lets the
 * customer choose, {@code host} also asks what it is about. Hub {@code it} is ServiceNow, {@code
 * sales} Genesys Cloud, {@code service} Omnichannel, and there is the desk.
 */
class ManyHubsTest {
  private static final String GUIDE = "canvas-secret-of-the-guide";
  private static final String HOST = "canvas-secret-of-the-host";
  private static ServiceNowSimulator it;
  private static GenesysSimulator sales;
  private static OmnichannelSimulator service;
  private static CopilotSimulator guide;
  private static CopilotSimulator host;
  private static RunningBaton baton;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    it =
        ServiceNowSimulator.startAndWait(
            InstanceOptions.defaults().processing(Duration.ofMillis(5)));
    sales = GenesysSimulator.start(GenesysSimulatorOptions.quick());
    service = OmnichannelSimulator.start(OmnichannelOptions.defaults());
    guide = CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0));
    host = CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0));
    Map<String, String> settings = new HashMap<>();
    settings.putAll(it.settings("it"));
    settings.putAll(sales.settings("sales"));
    settings.putAll(service.settings("service"));
    settings.put("baton.hubs.service.availability-cache", "0");
    settings.put("baton.hubs.acme.hours", neverToday());
    settings.put("baton.timeouts.settle", "0s");
    settings.put("baton.timeouts.hub-unreachable", "1s");
    settings.put("baton.lanes.longest-delay", "200ms");
    settings.put("baton.bots.demo.hubs", "it,sales,service,acme,desk");
    rules(settings, "demo");
    settings.put("baton.bots.demo.hubs.acme.when", ".domain == \"retail\"");
    bot(settings, "guide", guide, GUIDE, "it,sales,service,desk");
    rules(settings, "guide");
    settings.put("baton.bots.guide.offer", "choice");
    bot(settings, "host", host, HOST, "service,desk");
    settings.put("baton.bots.host.hubs.service.name", "Customer service");
    settings.put("baton.bots.host.hubs.service.rank", "2");
    settings.put("baton.bots.host.hubs.desk.rank", "1");
    settings.put("baton.bots.host.offer", "always");
    settings.put("baton.bots.host.offer-describe", "true");
    baton = RunningBaton.start(folder, settings);
    it.callbackTo(baton.url("/hubs/it/events"));
    sales.webhook(baton.url("/hubs/sales/events"));
    service.webhook(baton.url("/hubs/service"));
  }

  private static void bot(
      Map<String, String> settings, String name, CopilotSimulator bot, String secret, String hubs) {
    String prefix = "baton.bots." + name + ".";
    settings.put(prefix + "url", bot.url().toString());
    settings.put(prefix + "secret", bot.secret());
    settings.put(prefix + "canvas-secret", secret);
    settings.put(prefix + "hubs", hubs);
  }

  /** A wish without a domain is meant for all; the desk takes what the others do not. */
  private static void rules(Map<String, String> settings, String bot) {
    String prefix = "baton.bots." + bot + ".hubs.";
    Map<String, String> names =
        Map.of("it", "IT help desk", "sales", "Sales", "service", "Service");
    names.forEach(
        (hub, name) -> {
          String domain = "\"" + hub.toUpperCase(Locale.ROOT) + "_DOMAIN\"";
          settings.put(prefix + hub + ".when", "not(.domain) or .domain == " + domain);
          settings.put(prefix + hub + ".context.domain", domain);
          settings.put(prefix + hub + ".name", name);
        });
    settings.put(prefix + "desk.name", "The desk");
    settings.put(prefix + "service.name.de", "Kundendienst");
  }

  /** Hours on a day that is neither today nor next to it, in whatever zone. */
  private static String neverToday() {
    return LocalDate.now(ZoneOffset.UTC)
            .plusDays(3)
            .getDayOfWeek()
            .getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
        + " 10:00-11:00";
  }

  @AfterAll
  static void stop() {
    baton.close();
    for (AutoCloseable simulator : List.of(it, sales, service, guide, host)) {
      try {
        simulator.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @AfterEach
  void heal() {
    service.faults().clear();
    service.availability().open(true, null);
    service.availability().agent(true, null, null);
  }

  private static Customer of(String secret) {
    Customer customer = Customer.start(baton, "u-" + UUID.randomUUID(), secret);
    customer.untilText("I can tell opening hours");
    return customer;
  }

  private static String hubOf(Customer customer) {
    customer.untilSystem("queued");
    String url = "http://127.0.0.1:%d/baton/conversations/%s";
    JsonNode shown =
        baton.http.call("GET", url.formatted(baton.managementPort, customer.id()), null).json();
    return shown.path("handoff").path("hub").asText();
  }

  private static OmnichannelConversation inOmnichannel(Customer customer) {
    await().atMost(LIMIT).until(() -> service.conversationOf(customer.id() + ":1").isPresent());
    return service.conversationOf(customer.id() + ":1").orElseThrow();
  }

  private static void danaHelps(Customer customer) {
    OmnichannelConversation conversation = inOmnichannel(customer);
    RunningBaton.raise(service.agents().accept(conversation, "Dana"));
    customer.untilSystem("agent-joined");
    RunningBaton.raise(service.agents().say(conversation, "Dana here"));
    customer.untilText("Dana here");
    customer.say("my parcel is late");
    await().atMost(LIMIT).until(() -> conversation.texts().contains("my parcel is late"));
    RunningBaton.raise(service.agents().end(conversation));
    customer.untilText("I'm back. I hope");
  }

  /** The choices that the customer has as buttons. */
  private static List<String> offered(Customer customer) {
    return customer.untilSystem("offer").at("/suggestedActions/actions").findValuesAsText("value");
  }

  @Test
  void everyWishGoesToTheHubOfItsRule() {
    Customer ada = baton.customer();
    Customer bob = baton.customer();
    Customer cyd = baton.customer();
    ada.say("talk to IT");
    bob.say("talk to sales");
    cyd.say("talk to customer service");

    assertThat(hubOf(ada)).isEqualTo("it");
    it.desk().accept(ada.userId(), "Sam Reed");
    ada.untilSystem("agent-joined");
    it.desk().say(ada.userId(), "Sam here");
    ada.untilText("Sam here");

    assertThat(hubOf(bob)).isEqualTo("sales");
    GenesysConversation robins =
        sales.conversations().stream()
            .filter(c -> c.attributes().containsValue("SALES_DOMAIN"))
            .findFirst()
            .orElseThrow();
    sales.agents().accept(robins);
    RunningBaton.raise(sales.agents().say(robins, "Robin here"));
    bob.untilText("Robin here");

    assertThat(hubOf(cyd)).isEqualTo("service");
    danaHelps(cyd);
    assertThat(ada.textsBy("agent")).containsExactly("Sam here");
    assertThat(bob.textsBy("agent")).containsExactly("Robin here");
    assertThat(cyd.textsBy("agent")).containsExactly("Dana here");
  }

  @Test
  void aHubThatIsClosedIsFollowedByTheNext() {
    service.availability().open(false, "2030-01-01T08:00:00Z");
    Customer ada = baton.customer();
    ada.say("talk to customer service");
    assertThat(hubOf(ada)).isEqualTo("desk");
    assertThat(service.conversationOf(ada.id() + ":1")).isEmpty();
  }

  @Test
  void aHubThatIsDownIsFollowedByTheNext() {
    service.faults().down(true);
    Customer ada = baton.customer();
    ada.say("talk to customer service");
    assertThat(hubOf(ada)).isEqualTo("desk");
  }

  @Test
  void outsideOfItsHoursAHubIsFollowedByTheNext() {
    Customer ada = baton.customer();
    ada.say("talk to a human");
    assertThat(hubOf(ada)).isEqualTo("desk");
    assertThat(baton.acme.chat(ada.id() + ":1")).isEmpty();
  }

  @Test
  void whoeverAsksForAnybodyPicksByButton() {
    service.availability().agent(false, 240, 2);
    Customer ada = of(GUIDE);
    ada.say("who can help me?");
    assertThat(offered(ada))
        .startsWith("IT help desk", "Sales", "Service", "The desk")
        .hasSize(5)
        .doesNotContain("Kundendienst");
    assertThat(ada.untilSystem("offer").path("text").asText())
        .contains("3. Service", "about 4 min");
    ada.say("Service");
    assertThat(hubOf(ada)).isEqualTo("service");
    danaHelps(ada);
    assertThat(inOmnichannel(ada).request().getJsonObject("conversationcontext").encode())
        .contains("SERVICE_DOMAIN");
  }

  @Test
  void whoeverAsksForAnybodyPicksByNumber() {
    Customer ada = of(GUIDE);
    ada.say("who can help me?");
    offered(ada);
    ada.say("1");
    assertThat(hubOf(ada)).isEqualTo("it");
  }

  @Test
  void aClosedHubIsNotOffered() {
    service.availability().open(false, null);
    Customer ada = of(GUIDE);
    ada.say("who can help me?");
    assertThat(offered(ada))
        .contains("IT help desk", "Sales", "The desk")
        .doesNotContain("Service");
  }

  @Test
  void whoeverStaysWithTheBotIsHeardByTheBot() {
    Customer ada = of(GUIDE);
    ada.say("who can help me?");
    List<String> choices = offered(ada);
    ada.say(choices.get(choices.size() - 1));
    ada.untilSystem("offer-declined");
    ada.say("opening hours");
    ada.untilText("We are open Monday");
    assertThat(ada.seenSystem()).doesNotContain("queued");
  }

  @Test
  void theCustomerSendsTheirOwnDescriptionToTheAgent() {
    Customer ada = of(HOST);
    ada.say("talk to a human");
    assertThat(offered(ada)).startsWith("desk", "Customer service");
    ada.say("customer service");
    ada.untilSystem("describe");
    ada.say("The blue one is broken");
    assertThat(hubOf(ada)).isEqualTo("service");
    assertThat(inOmnichannel(ada).startMessage()).contains("The blue one is broken");
    danaHelps(ada);
  }
}
