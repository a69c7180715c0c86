package dev.baton.directline;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Talk to a bot (Copilot Studio, Bot Framework) over Direct Line 3.0 on behalf of many customers.
 */
@ManagedResource(description = "Managed Direct Line endpoint")
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "directline",
    title = "Direct Line",
    syntax = "directline:bot",
    category = {Category.CHAT},
    headersClass = DirectLineConstants.class)
public class DirectLineEndpoint extends DefaultEndpoint {
  private final AtomicInteger users = new AtomicInteger();
  private volatile DirectLineClient client;

  @UriPath(description = "Name of the bot")
  @Metadata(required = true)
  private String bot;

  @UriParam(
      label = "producer",
      defaultValue = "POST",
      description = "What the producer does; a header overrides it")
  private DirectLineOperation operation = DirectLineOperation.POST;

  @UriParam private DirectLineConfiguration configuration;

  public DirectLineEndpoint(String uri, DirectLineComponent component) {
    super(uri, component);
  }

  @Override
  public Producer createProducer() {
    return new DirectLineProducer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    DirectLineConsumer consumer = new DirectLineConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  /** The bot's client, for a producer or consumer that starts. */
  DirectLineClient acquire() throws Exception {
    DirectLineClient acquired = ((DirectLineComponent) getComponent()).acquire(bot, configuration);
    users.incrementAndGet();
    client = acquired;
    return acquired;
  }

  void release() throws Exception {
    if (users.decrementAndGet() == 0) {
      client = null;
    }
    ((DirectLineComponent) getComponent()).release(bot);
  }

  /** How the connection to the bot is; null while neither producer nor consumer runs. */
  public DirectLineStatus status() {
    DirectLineClient running = client;
    return running == null ? null : running.status();
  }

  @ManagedAttribute(description = "Conversations that live")
  public int getOpenConversations() {
    DirectLineStatus status = status();
    return status == null ? 0 : status.open();
  }

  @ManagedAttribute(description = "Open WebSockets")
  public int getOpenSockets() {
    DirectLineStatus status = status();
    return status == null ? 0 : status.sockets();
  }

  @ManagedAttribute(description = "Activities that wait for the route")
  public int getUndeliveredActivities() {
    DirectLineStatus status = status();
    return status == null ? 0 : status.undelivered();
  }

  @ManagedAttribute(description = "Latest failure in talking to the service")
  public String getLastError() {
    DirectLineStatus status = status();
    return status == null || status.lastErrorAt() == null
        ? null
        : status.lastErrorAt() + " " + status.lastError();
  }

  public String getBot() {
    return bot;
  }

  public void setBot(String bot) {
    this.bot = bot;
  }

  public DirectLineOperation getOperation() {
    return operation;
  }

  public void setOperation(DirectLineOperation operation) {
    this.operation = operation;
  }

  public DirectLineConfiguration getConfiguration() {
    return configuration;
  }

  public void setConfiguration(DirectLineConfiguration configuration) {
    this.configuration = configuration;
  }
}
