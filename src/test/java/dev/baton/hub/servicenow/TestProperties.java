package dev.baton.hub.servicenow;

import dev.baton.hub.HubProperties;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;

/** Configuration of hub {@code it} without an application. */
final class TestProperties {
  private TestProperties() {}

  static HubProperties of(Map<String, String> keys) {
    DefaultCamelContext context = new DefaultCamelContext();
    Properties properties = new Properties();
    keys.forEach((key, value) -> properties.setProperty("baton.hubs.it." + key, value));
    context.getPropertiesComponent().setInitialProperties(properties);
    return new HubProperties(context);
  }
}
