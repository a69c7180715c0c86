package dev.baton.http;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/**
 * Entrances on the traffic port whose routes may wait: unlike {@code platform-http}, no thread
 * waits with them.
 */
@Component("async-http")
public class AsyncHttpComponent extends DefaultComponent {

  @Metadata(description = "Threads on which routes start.", defaultValue = "16")
  private int workerThreads = 16;

  private ExecutorService workers;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    AsyncHttpEndpoint endpoint = new AsyncHttpEndpoint(uri, this);
    if (remaining != null) {
      endpoint.setPath(remaining.startsWith("/") ? remaining : "/" + remaining);
    }
    setProperties(endpoint, parameters);
    return endpoint;
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    if (workers != null) {
      getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
      workers = null;
    }
  }

  /** Requests wait in their order; how many there are is bounded by the connections. */
  synchronized ExecutorService workers() {
    if (workers == null) {
      workers =
          getCamelContext()
              .getExecutorServiceManager()
              .newThreadPool(
                  this,
                  "async-http",
                  new ThreadPoolProfileBuilder("async-http")
                      .poolSize(workerThreads)
                      .maxPoolSize(workerThreads)
                      .maxQueueSize(Integer.MAX_VALUE)
                      .build());
    }
    return workers;
  }

  public int getWorkerThreads() {
    return workerThreads;
  }

  public void setWorkerThreads(int workerThreads) {
    this.workerThreads = workerThreads;
  }
}
