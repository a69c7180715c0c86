package dev.baton.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.application.Application;
import dev.baton.hub.desk.Browser;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo in real browsers: a customer in Web Chat, an agent at the desk. Screenshots go to {@code
 * target/screenshots}.
 */
class DemoPageTest {
  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final String ENTER = "\uE007";

  @TempDir static Path data;
  private static Application application;
  private static URI root;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        DemoPageTest.class.getResource("/web/canvas/webchat.js") != null,
        "Skipped: this build has no Web Chat, because Node.js was missing");
    int port = RunningBaton.freePort();
    Properties demo = new Properties();
    demo.setProperty("baton.demo", "true");
    demo.setProperty("baton.host", "127.0.0.1");
    demo.setProperty("baton.port", Integer.toString(port));
    demo.setProperty("baton.management.port", Integer.toString(RunningBaton.freePort()));
    demo.setProperty("baton.data", data.toString());
    demo.setProperty("baton.routes.folder", data.resolve("routes").toString());
    demo.setProperty("baton.desk.open", "true");
    demo.setProperty("baton.log.level", "warn");
    root = URI.create("http://127.0.0.1:" + port);
    application = Application.start(demo, null);
  }

  @AfterAll
  static void stop() throws Exception {
    if (application != null) {
      application.close();
    }
  }

  @Test
  void aCustomerAsksForAHumanAndAnAgentAnswers() throws Exception {
    try (Browser customer = Browser.start(1280, 860);
        Browser agent = Browser.start(1280, 800)) {
      assertThat(application.settings().demo()).isTrue();
      customer.open(root.resolve("/"));
      sees(customer, "I can tell opening hours");
      customer.screenshot(SHOTS.resolve("demo-greeting.png"));
      agent.open(root.resolve("/desk/"));
      agent.until("document.querySelector('#name-dialog').open");
      agent.press("Grace" + ENTER);
      agent.until("document.querySelector('#connection').dataset.state === 'on'");

      write(customer, "I want to return order A-1009");
      sees(customer, "A colleague can start the refund");
      write(customer, "Talk to a human");
      sees(customer, "We are connecting you");
      agent.until("document.querySelectorAll('.item').length === 1");
      agent.press("j");
      agent.until("document.querySelector('#transcript').innerText.includes('A-1009')");
      agent.press("a");
      agent.until("document.activeElement.id === 'text'");
      agent.press("Hello, Grace here. What is wrong with it?" + ENTER);

      sees(customer, "Grace has joined the chat");
      sees(customer, "Hello, Grace here");
      write(customer, "It is too small");
      agent.until("document.querySelector('#transcript').innerText.includes('It is too small')");
      customer.screenshot(SHOTS.resolve("demo-with-agent.png"));
      agent.screenshot(SHOTS.resolve("demo-desk.png"));

      agent.click("#end");
      agent.until("document.querySelector('#confirm-dialog').open");
      agent.click("#confirm-yes");
      agent.until("!document.querySelector('#closed-note').hidden");
      sees(customer, "The chat with our team has ended");
      sees(
          customer,
          "m back. I hope my colleague could help you"); // Web Chat sets a typographic apostrophe
      write(customer, "Opening hours");
      sees(customer, "We are open Monday to Friday");
      customer.screenshot(SHOTS.resolve("demo-back-with-the-bot.png"));
      agent.screenshot(SHOTS.resolve("demo-desk-ended.png"));

      assertThat(agent.complaints()).isEmpty();
    }
  }

  @Test
  void aCustomerAsksForItAndAnAgentInServiceNowAnswers() throws Exception {
    try (Browser customer = Browser.start(1280, 860);
        Browser agent = Browser.start(1280, 800)) {
      customer.open(root.resolve("/"));
      sees(customer, "I can tell opening hours");
      agent.open(agentView("ServiceNow agent view"));
      agent.until("document.querySelector('#connection').dataset.state === 'on'");

      write(customer, "My VPN drops");
      sees(customer, "you said");
      write(customer, "talk to IT");
      sees(customer, "We are connecting you");
      agent.until("document.querySelectorAll('#waiting li').length === 1");
      agent.press("j");
      agent.until("document.querySelector('#where').innerText.includes('IT Chat')");
      agent.until("document.querySelector('#context').textContent.includes('My VPN drops')");
      agent.press("a");
      agent.until("document.activeElement.id === 'text'");
      agent.press("Sam here. Since when?" + ENTER);

      sees(customer, "Sam Reed has joined the chat");
      sees(customer, "Sam here. Since when?");
      write(customer, "Since Monday");
      agent.until("document.querySelector('#transcript').innerText.includes('Since Monday')");
      customer.screenshot(SHOTS.resolve("demo-servicenow-customer.png"));
      agent.screenshot(SHOTS.resolve("demo-servicenow-agent.png"));

      agent.run("window.confirm = () => true");
      agent.click("#end");
      agent.until("document.querySelector('#where').innerText.includes('ended')");
      sees(customer, "The chat with our team has ended");
      sees(customer, "m back. I hope my colleague could help you");
      write(customer, "Opening hours");
      sees(customer, "We are open Monday to Friday");

      assertThat(agent.complaints()).isEmpty();
    }
  }

  @Test
  void aCustomerAsksForSalesAndAnAgentInGenesysAnswersBesideTheWidget() throws Exception {
    try (Browser customer = Browser.start(1280, 860);
        Browser agent = Browser.start(1400, 860)) {
      customer.open(root.resolve("/"));
      sees(customer, "I can tell opening hours");
      agent.open(agentView("Genesys agent view"));
      agent.until("document.querySelector('#connection').dataset.state === 'on'");

      write(customer, "I want to return order A-2002");
      sees(customer, "A colleague can start the refund");
      write(customer, "talk to sales");
      sees(customer, "We are connecting you");
      agent.until("!document.querySelector('#accept').disabled");
      agent.click("#accept");
      agent.until("!document.querySelector('#text').disabled");
      agent.click("#text");
      agent.press("Robin here. How many?" + ENTER);

      sees(customer, "Robin Field has joined the chat");
      sees(customer, "Robin here. How many?");
      write(customer, "Thirty seats");
      agent.until("document.querySelector('#messages').innerText.includes('Thirty seats')");
      URI widget = URI.create(agent.run("return document.querySelector('#widget').src").asText());
      agent.screenshot(SHOTS.resolve("demo-genesys-agent.png"));
      customer.screenshot(SHOTS.resolve("demo-genesys-customer.png"));

      agent.click("#transfer");
      agent.until("document.querySelector('#participants').innerText.includes('Sam Rivers')");
      agent.click("#text");
      agent.press("Sam has it now" + ENTER);
      sees(customer, "Sam has it now");
      agent.click("#leave");
      agent.until("document.querySelector('#chat-state').innerText === 'ended'");
      sees(customer, "The chat with our team has ended");
      sees(customer, "m back. I hope my colleague could help you");
      write(customer, "Opening hours");
      sees(customer, "We are open Monday to Friday");
      assertThat(agent.complaints()).isEmpty();

      agent.open(widget);
      agent.until("document.querySelector('#transcript').innerText.includes('Thirty seats')");
      agent.until("document.querySelector('#context').innerText.includes('A-2002')");
      agent.click("#tab-bot");
      agent.until("document.querySelector('#chat').innerText.includes('I can tell opening hours')");
      agent.screenshot(SHOTS.resolve("demo-genesys-ask-the-bot.png"));
    }
  }

  @Test
  void aCustomerWhoAsksForAnybodyChoosesAHubAndItsAgentAnswers() throws Exception {
    try (Browser customer = Browser.start(1280, 900);
        Browser agent = Browser.start(1280, 800)) {
      customer.open(root.resolve("/"));
      sees(customer, "I can tell opening hours");
      agent.open(agentView("Omnichannel agent view"));
      agent.until("document.querySelector('#connection').dataset.state === 'on'");

      // Another test's customer may be waiting there, too.
      int known =
          agent
              .run(
                  "const list = new XMLHttpRequest(); list.open('GET', '/simulator/conversations',"
                      + " false); list.send(); return JSON.parse(list.responseText).length")
              .asInt();

      write(customer, "Who can help me?");
      sees(customer, "Who would you like to talk to");
      for (String hub : List.of("IT help desk", "Sales", "Customer service", "The desk")) {
        customer.until(button(hub) + " !== undefined");
      }
      handoffSays(customer, "Several rules hold");
      customer.screenshot(SHOTS.resolve("demo-offer.png"));
      customer.run(button("Customer service") + ".id = 'wanted'");
      customer.click("#wanted");
      sees(customer, "We are connecting you");
      handoffSays(customer, "Chosen by the customer");
      handoffSays(customer, "SERVICE_DOMAIN");

      agent.until("document.querySelectorAll('#list li').length === " + (known + 1));
      agent.click("#list li button"); // the newest
      agent.until("document.querySelector('#start').innerText.includes('Who can help me')");
      agent.press("a");
      agent.until("document.activeElement.id === 'text'");
      agent.press("Dana here. How can I help?" + ENTER);
      sees(customer, "Dana Marsh has joined the chat");
      sees(customer, "Dana here. How can I help?");
      write(customer, "My parcel is late");
      agent.until("document.querySelector('#messages').innerText.includes('My parcel is late')");
      handoffSays(customer, "An agent has it");
      customer.screenshot(SHOTS.resolve("demo-omnichannel-customer.png"));
      agent.screenshot(SHOTS.resolve("demo-omnichannel-agent.png"));

      agent.click("#end");
      agent.until("document.querySelector('#chat-state').innerText === 'ended'");
      sees(customer, "The chat with our team has ended");
      sees(customer, "m back. I hope my colleague could help you");
      write(customer, "Opening hours");
      sees(customer, "We are open Monday to Friday");
      assertThat(agent.complaints()).isEmpty();
      assertThat(customer.complaints()).isEmpty();
    }
  }

  @Test
  void aCustomerWhoNamesTheServiceIsNotAsked() throws Exception {
    try (Browser customer = Browser.start(1280, 860)) {
      customer.open(root.resolve("/"));
      sees(customer, "I can tell opening hours");
      write(customer, "talk to customer service");
      sees(customer, "We are connecting you");
      handoffSays(customer, "Hub service");
      handoffSays(customer, "Chosen by the rule");
      assertThat(text(customer, "#chat")).doesNotContain("Who would you like to talk to");
    }
  }

  private static void handoffSays(Browser customer, String text) {
    customer.until("document.querySelector('#handoff').innerText.includes('" + text + "')");
  }

  private static String text(Browser browser, String element) {
    return browser.run("return document.querySelector('" + element + "').innerText").asText();
  }

  /** Expression for the button that offers a hub, not its copy for screen readers. */
  private static String button(String name) {
    return "[...document.querySelectorAll('.webchat__suggested-actions__button')]"
        + ".find((b) => b.innerText === '%s')".formatted(name);
  }

  /** A link of the start page. */
  private static URI agentView(String title) throws Exception {
    try (InputStream in = root.resolve("/start/start.json").toURL().openStream()) {
      for (JsonNode link : new ObjectMapper().readTree(in).path("links")) {
        if (link.path("title").asText().equals(title)) {
          return URI.create(link.path("href").asText());
        }
      }
    }
    throw new AssertionError("The start page has no link to the agent view");
  }

  private static void write(Browser customer, String text) {
    customer.click("[data-id=webchat-sendbox-input]");
    customer.press(text + ENTER);
    sees(customer, text);
  }

  private static void sees(Browser customer, String text) {
    customer.until("document.querySelector('#chat').innerText.includes(\"" + text + "\")");
  }
}
