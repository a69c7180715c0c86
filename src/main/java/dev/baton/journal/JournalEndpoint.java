package dev.baton.journal;

import dev.baton.conversation.Lane;
import java.util.Locale;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Append events of conversations to the journal, and deliver what the core decided on them. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "journal",
    title = "Journal",
    syntax = "journal:name",
    category = {Category.CHAT})
public class JournalEndpoint extends DefaultEndpoint {
  private static final String APPEND = "append";

  @UriPath(
      description = "append to append an event, or the lane to deliver",
      enums = "append,bot,hub,customer")
  @Metadata(required = true)
  private String name;

  @UriParam(
      label = "producer",
      description = "Name of the event to append, for example customer.said. Required to append.")
  private String event;

  @UriParam(
      label = "consumer",
      description =
          "How many conversations are delivered to at the same time, when the route blocks.",
      defaultValue = "16")
  private int workers = 16;

  public JournalEndpoint(String uri, JournalComponent component) {
    super(uri, component);
  }

  void validate() {
    if (name.equals(APPEND)) {
      if (event == null) {
        throw new IllegalArgumentException("journal:append needs the parameter event");
      }
      new EventReader(event);
    } else {
      lane();
    }
  }

  private Lane lane() {
    for (Lane lane : Lane.values()) {
      if (lane.id().equals(name.toLowerCase(Locale.ROOT))) {
        return lane;
      }
    }
    throw new IllegalArgumentException(
        "There is no journal:" + name + ". It is append, bot, hub or customer");
  }

  @Override
  public Producer createProducer() {
    if (!name.equals(APPEND)) {
      throw new UnsupportedOperationException(
          "journal:" + name + " cannot be sent to; append an event with journal:append");
    }
    return new JournalProducer(this, new EventReader(event));
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (name.equals(APPEND)) {
      throw new UnsupportedOperationException(
          "journal:append cannot be consumed from; a lane is journal:bot, :hub or :customer");
    }
    JournalConsumer consumer = new JournalConsumer(this, processor, lane());
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public JournalComponent getComponent() {
    return (JournalComponent) super.getComponent();
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getEvent() {
    return event;
  }

  public void setEvent(String event) {
    this.event = event;
  }

  public int getWorkers() {
    return workers;
  }

  public void setWorkers(int workers) {
    this.workers = workers;
  }
}
