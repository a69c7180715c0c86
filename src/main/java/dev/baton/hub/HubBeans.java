package dev.baton.hub;

import dev.baton.hub.http.HttpHub;
import dev.baton.hub.http.HttpHubAnswer;
import dev.baton.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;

/** Binds what the hub routes refer to. */
public final class HubBeans {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private HubBeans() {}

  /**
   * Binds the beans {@code hubWebhook}, {@code hubEvents}, {@code hubConversations}, {@code
   * parkedHubEvents}, {@code httpHub} and {@code httpHubAnswer}.
   *
   * @return the parked events, already a service of the context
   */
  public static HubEventParking bind(
      CamelContext context, Journal journal, HubTexts texts, ParkedHubEventStore store)
      throws Exception {
    HubProperties properties = new HubProperties(context);
    HubConversations conversations = new HubConversations(journal);
    HubEventParking parking =
        new HubEventParking(context, journal, conversations, store, PATIENCE, Clock.systemUTC());
    context.getRegistry().bind("hubWebhook", new HubWebhook(properties));
    context.getRegistry().bind("hubEvents", new HubEvents(texts));
    context.getRegistry().bind("hubConversations", conversations);
    context.getRegistry().bind("parkedHubEvents", parking);
    context.getRegistry().bind("httpHub", new HttpHub(properties));
    context.getRegistry().bind("httpHubAnswer", new HttpHubAnswer());
    context.addService(parking);
    return parking;
  }
}
