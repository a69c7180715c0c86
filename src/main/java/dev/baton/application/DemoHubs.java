package dev.baton.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The demo's hubs and the rules that choose among them. A wish that names a domain is meant for one
 * hub, which is opened at once; a wish without one is meant for all, and the customer is asked.
 */
final class DemoHubs {
  private static final String BOT = "baton.bots.demo.";

  private final Properties properties = new Properties();
  private final List<String> hubs = new ArrayList<>();
  private final List<String> domains = new ArrayList<>();

  /** The properties of all hubs that have started, the desk last. */
  static Properties of(DemoStandIns standIns) {
    DemoHubs demo = new DemoHubs();
    if (standIns.it() != null) {
      demo.add("it", "IT help desk", "IT_DOMAIN", standIns.it().settings("it"));
    }
    if (standIns.sales() != null) {
      demo.add("sales", "Sales", "SALES_DOMAIN", standIns.sales().settings("sales"));
    }
    if (standIns.service() != null) {
      demo.add(
          "service", "Customer service", "SERVICE_DOMAIN", standIns.service().settings("service"));
    }
    return demo.withDesk();
  }

  private void add(String hub, String name, String domain, Map<String, String> settings) {
    settings.forEach(properties::setProperty);
    String literal = '"' + domain + '"';
    put(hub, "when", "not(.domain) or .domain == " + literal);
    put(hub, "name", name);
    // Whoever chose the hub has given no domain, but the hub's queues go by it.
    put(hub, "context.domain", literal);
    hubs.add(hub);
    domains.add(literal);
  }

  private Properties withDesk() {
    String others = domains.stream().collect(Collectors.joining(", ", "[", "]"));
    put("desk", "when", "not(contains(.domain, " + others + "))");
    put("desk", "name", "The desk");
    hubs.add("desk");
    properties.setProperty(BOT + "hubs", String.join(",", hubs));
    properties.setProperty(BOT + "offer", "choice");
    properties.setProperty("baton.hubs.desk.type", "desk");
    properties.setProperty("baton.desk.open", "true");
    return properties;
  }

  private void put(String hub, String key, String value) {
    properties.setProperty(BOT + "hubs." + hub + "." + key, value);
  }
}
