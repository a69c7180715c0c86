package dev.baton.hub;

import dev.baton.hub.http.HttpHub;
import dev.baton.hub.http.HttpHubAnswer;
import dev.baton.hub.http.HttpTimeouts;
import dev.baton.journal.Journal;
import dev.baton.operations.TraceHeaders;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;

/** Binds what the hub routes refer to. */
public final class HubBeans {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private HubBeans() {}

  /**
   * Binds the beans {@code hubWebhook}, {@code hubEvents}, {@code hubConversations}, {@code
   * strayHubConversations}, {@code parkedHubEvents}, {@code httpHub}, {@code httpHubAnswer} and
   * {@code oneRequestPerAttempt}: the HTTP client would wait and try again by itself, but that is
   * the lanes' business.
   *
   * @return the parked events, already a service of the context
   */
  public static HubEventParking bind(
      CamelContext context, Journal journal, HubTexts texts, ParkedHubEventStore store)
      throws Exception {
    HttpTimeouts.register(context);
    HubProperties properties = new HubProperties(context);
    HubConversations conversations = new HubConversations(journal);
    HubEventParking parking =
        new HubEventParking(context, journal, conversations, store, PATIENCE, Clock.systemUTC());
    context.getRegistry().bind("hubWebhook", new HubWebhook(properties));
    context.getRegistry().bind("hubEvents", new HubEvents(texts));
    context.getRegistry().bind("hubConversations", conversations);
    context.getRegistry().bind("strayHubConversations", new StrayHubConversations());
    context.getRegistry().bind("parkedHubEvents", parking);
    HttpClientConfigurer once =
        client -> {
          client.disableAutomaticRetries().disableCookieManagement();
          new TraceHeaders().configureHttpClient(client);
        };
    context.getRegistry().bind("oneRequestPerAttempt", once);
    context.getRegistry().bind("httpHub", new HttpHub(properties));
    context.getRegistry().bind("httpHubAnswer", new HttpHubAnswer());
    context.addService(parking);
    return parking;
  }
}
