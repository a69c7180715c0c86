package dev.baton.journal;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.service.ServiceHelper;

/** Appends events to the journal and delivers its lanes. */
@Component("journal")
public class JournalComponent extends DefaultComponent {

  @Metadata(
      description = "The journal. Looked up in the registry by its type when not set.",
      autowired = true)
  private SqlJournal journal;

  @Metadata(
      description = "Threads that go on with a route after an append has become durable.",
      defaultValue = "16")
  private int appendWorkers = 16;

  private ExecutorService workers;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    JournalEndpoint endpoint = new JournalEndpoint(uri, this);
    endpoint.setName(remaining);
    setProperties(endpoint, parameters);
    endpoint.validate();
    return endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    if (journal == null) {
      journal = getCamelContext().getRegistry().findSingleByType(SqlJournal.class);
    }
    if (journal != null && !getCamelContext().hasService(journal)) {
      // As a service of the context it ends after the routes have.
      getCamelContext().addService(journal, true, true);
    }
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    if (workers != null) {
      getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
      workers = null;
    }
  }

  /** Started, so that endpoints may use it at once. */
  SqlJournal startedJournal() {
    if (journal == null) {
      throw new IllegalStateException("There is no SqlJournal in the registry");
    }
    ServiceHelper.startService(journal);
    return journal;
  }

  /** The threads on which routes go on after an append. */
  synchronized ExecutorService workers() {
    if (workers == null) {
      workers = pool("journal-append", appendWorkers);
    }
    return workers;
  }

  /** A pool whose waiting tasks are bounded by what they stand for, not by a number. */
  ExecutorService pool(String name, int threads) {
    return getCamelContext()
        .getExecutorServiceManager()
        .newThreadPool(
            this,
            name,
            new ThreadPoolProfileBuilder(name)
                .poolSize(threads)
                .maxPoolSize(threads)
                .maxQueueSize(Integer.MAX_VALUE)
                .build());
  }

  public SqlJournal getJournal() {
    return journal;
  }

  public void setJournal(SqlJournal journal) {
    this.journal = journal;
  }

  public int getAppendWorkers() {
    return appendWorkers;
  }

  public void setAppendWorkers(int appendWorkers) {
    this.appendWorkers = appendWorkers;
  }
}
