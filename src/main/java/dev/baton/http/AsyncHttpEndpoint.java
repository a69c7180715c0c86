package dev.baton.http;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Takes HTTP requests on the traffic port; no thread waits while the route does. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "async-http",
    title = "Async HTTP",
    syntax = "async-http:path",
    consumerOnly = true,
    category = {Category.HTTP})
public class AsyncHttpEndpoint extends DefaultEndpoint {

  @UriPath(
      description = "Path on the traffic port; {name} stands for one segment, kept as a header")
  @Metadata(required = true)
  private String path;

  @UriParam(description = "The one method that is served.", defaultValue = "POST")
  private String method = "POST";

  public AsyncHttpEndpoint(String uri, AsyncHttpComponent component) {
    super(uri, component);
    setExchangePattern(ExchangePattern.InOut);
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("async-http takes requests; to send them use http");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    AsyncHttpConsumer consumer = new AsyncHttpConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public AsyncHttpComponent getComponent() {
    return (AsyncHttpComponent) super.getComponent();
  }

  public String getPath() {
    return path;
  }

  public void setPath(String path) {
    this.path = path;
  }

  public String getMethod() {
    return method;
  }

  public void setMethod(String method) {
    this.method = method;
  }
}
