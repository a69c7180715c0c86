package dev.baton.extension;

import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.bean.BeanComponent;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.log.LogComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.DefaultRegistry;

/**
 * A context in which route files are tried before the real one sees them. It knows the real one's
 * beans, properties, templates and component settings, but nothing in it ever starts, and what a
 * file binds stays in it.
 */
final class TrialContext {
  private static final Set<String> FUNCTIONS = Set.of("file", "secret");

  private TrialContext() {}

  static DefaultCamelContext of(ModelCamelContext real) throws Exception {
    DefaultCamelContext trial = new DefaultCamelContext(false);
    trial.getCamelContextExtension().setRegistry(new DefaultRegistry(new Beans(real)));
    trial.getCamelContextExtension().setName("trial");
    trial.disableJMX();
    trial.setAutoStartup(false);
    trial.setSourceLocationEnabled(true);
    trial.getPropertiesComponent().addPropertiesSource(new Properties(real));
    for (String name : FUNCTIONS) {
      PropertiesFunction function = real.getPropertiesComponent().getPropertiesFunction(name);
      if (function != null) {
        trial.getPropertiesComponent().addPropertiesFunction(function);
      }
    }
    trial
        .getCamelContextExtension()
        .addContextPlugin(ComponentResolver.class, (name, context) -> component(name, real));
    trial.build();
    trial.addRouteTemplateDefinitions(real.getRouteTemplateDefinitions());
    real.getRouteConfigurationDefinitions().forEach(trial::addRouteConfiguration);
    return trial;
  }

  private static Component component(String name, CamelContext real) {
    // Camel's steps and endpoints insist on these very classes; they keep nothing to protect.
    if (name.equals("bean")) {
      return new BeanComponent();
    }
    if (name.equals("log")) {
      return new LogComponent();
    }
    Component component = real.getComponent(name);
    if (component instanceof KameletComponent kamelets) {
      KameletComponent own = new KameletComponent();
      own.setLocation(kamelets.getLocation());
      return own;
    }
    return component == null ? null : new IdleComponent(component);
  }

  /** The real context's beans; the trial adds its own without touching them. */
  private record Beans(CamelContext real) implements BeanRepository {
    @Override
    public Object lookupByName(String name) {
      return real.getRegistry().lookupByName(name);
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
      // A component of the real context must not be adopted, and then stopped, by the trial.
      return Component.class.isAssignableFrom(type)
          ? null
          : real.getRegistry().lookupByNameAndType(name, type);
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
      return real.getRegistry().findByTypeWithName(type);
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
      return real.getRegistry().findByType(type);
    }
  }

  private record Properties(CamelContext real) implements PropertiesSource {
    @Override
    public String getName() {
      return "real";
    }

    @Override
    public String getProperty(String name) {
      return real.getPropertiesComponent().resolveProperty(name).orElse(null);
    }
  }

  /** Lets the real component judge an address, and gives out an endpoint that does nothing. */
  private static final class IdleComponent extends DefaultComponent {
    private final Component real;

    IdleComponent(Component real) {
      this.real = real;
    }

    @Override
    public Endpoint createEndpoint(String uri) throws Exception {
      return new IdleEndpoint(real.createEndpoint(uri), this);
    }

    @Override
    public Endpoint createEndpoint(String uri, Map<String, Object> properties) throws Exception {
      return new IdleEndpoint(real.createEndpoint(uri, properties), this);
    }

    @Override
    protected Endpoint createEndpoint(
        String uri, String remaining, Map<String, Object> parameters) {
      throw new UnsupportedOperationException("addresses are judged as a whole");
    }
  }

  private static final class IdleEndpoint extends DefaultEndpoint {
    private final boolean lenient;

    IdleEndpoint(Endpoint real, Component component) {
      super(real.getEndpointUri(), component);
      this.lenient = real.isLenientProperties();
    }

    @Override
    public boolean isLenientProperties() {
      return lenient;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          throw new UnsupportedOperationException("a trial");
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new DefaultConsumer(this, processor);
    }
  }
}
