package dev.baton.hub.servicenow;

import dev.baton.hub.Fields;
import dev.baton.hub.servicenow.Session.Phase;
import dev.baton.journal.DeliveryException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code serviceNowSending}: what the customer says, in requests to the Virtual Agent API.
 * While a bot's turn runs there, ServiceNow ignores a second message: it waits in the lane, in
 * order.
 */
public final class Sending {
  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
  private static final Duration TURN = Duration.ofMillis(250);

  private final ServiceNowHubs hubs;
  private final Sessions sessions;
  private final Attachments attachments;
  private final Clock clock;

  Sending(ServiceNowHubs hubs, Sessions sessions, Attachments attachments, Clock clock) {
    this.hubs = hubs;
    this.sessions = sessions;
    this.attachments = attachments;
    this.clock = clock;
  }

  /**
   * The body, that of the hub contract's {@code send}, becomes a list of requests: one for the text
   * and the first attachment, one for every other attachment.
   *
   * @throws DeliveryException gone, when the conversation is over; with a time to wait, when a
   *     bot's turn runs
   */
  public List<Map<String, Object>> requests(Exchange exchange, String hub) throws Exception {
    String id = exchange.getVariable("hubConversationId", String.class);
    Map<?, ?> body = exchange.getMessage().getBody(Map.class);
    Fields send = Fields.of(body);
    String requestId = requestId(exchange, send);
    Session session = turn(hub, id, requestId);
    List<Map<String, Object>> files =
        attachments.of(hubs.get(hub), session, body.get("attachments"));
    String text = send.raw("text") == null ? "" : send.raw("text").toString();
    String picked = Picks.picked(send.raw("value"), text, session.options);
    String words = picked == null ? Dates.written(hubs.get(hub), session.asked, text) : picked;
    VaRequests requests = new VaRequests(hubs.get(hub), clock);
    List<Map<String, Object>> all = new ArrayList<>();
    if (!words.isBlank() || files.isEmpty()) {
      Map<String, Object> first = files.isEmpty() ? null : files.get(0);
      all.add(requests.say(session, requestId, words, picked == null, first));
    }
    for (int i = all.isEmpty() ? 0 : 1; i < files.size(); i++) {
      all.add(requests.say(session, requestId + "-" + i, "", true, files.get(i)));
    }
    return all;
  }

  /** The same at every attempt, so that ServiceNow can drop a repeat. */
  private static String requestId(Exchange exchange, Fields send) {
    String id = send.text("id");
    String delivery = exchange.getVariable("deliveryId", String.class);
    return id == null ? String.valueOf(delivery) : id;
  }

  private Session turn(String hub, String id, String requestId) {
    return sessions.with(
        hub,
        id == null ? "" : id,
        stored -> {
          if (stored.isEmpty() || stored.get().ended()) {
            throw DeliveryException.gone(
                "BTN-2349 Hub " + hub + ": the conversation is over there", null);
          }
          Session session = stored.get();
          long now = clock.millis();
          boolean waits =
              session.botPhase() && session.turnBy > now && !requestId.equals(session.turnRequest);
          if (waits) {
            throw DeliveryException.retryAfter(
                "BTN-2350 Hub " + hub + ": ServiceNow's bot has not answered yet", TURN);
          }
          if (session.botPhase()) {
            session.turnRequest = requestId;
            session.turnBy = now + Rules.of(hubs.get(hub)).botTurn().toMillis();
          }
          session.customerAt = now;
          sessions.save(session);
          return session;
        });
  }

  /**
   * After each request.
   *
   * @throws DeliveryException permanent, when ServiceNow did not take it
   */
  public void sent(Exchange exchange, String hub) {
    Fields answer = Fields.of(exchange.getMessage().getBody(Map.class));
    if ("FAILURE".equals(answer.word("status"))) {
      throw DeliveryException.permanent(
          "BTN-2345 Hub " + hub + " refused the message: " + answer.text("message"), null);
    }
  }

  /** After the last request: what was offered has been answered. Leaves an empty answer. */
  public Map<String, Object> done(Exchange exchange, String hub) {
    String id = exchange.getVariable("hubConversationId", String.class);
    sessions.with(
        hub,
        id,
        stored -> {
          stored
              .filter(session -> !session.options.isEmpty() || session.asked != null)
              .filter(session -> session.phase != Phase.CLOSING)
              .ifPresent(
                  session -> {
                    session.options.clear();
                    session.asked = null;
                    sessions.save(session);
                  });
          return null;
        });
    LOG.debug("Hub {}: a message was taken", hub);
    return Map.of();
  }
}
