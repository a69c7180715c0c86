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

/**
 * Bean {@code serviceNowSending}: what the customer says, in requests to the Virtual Agent API.
 * While a bot's turn runs there, ServiceNow ignores a second message: it waits in the lane, in
 * order.
 */
public final class Sending {
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
    Session session = turn(hub, id, requestId, send);
    List<Map<String, Object>> files =
        attachments.of(hubs.get(hub), session, body.get("attachments"));
    VaRequests requests = new VaRequests(hubs.get(hub), clock);
    List<Map<String, Object>> all = new ArrayList<>();
    if (!session.answer.isBlank() || files.isEmpty()) {
      Map<String, Object> first = files.isEmpty() ? null : files.get(0);
      Map<String, Object> said =
          requests.say(session, requestId, session.answer, !session.picked, first);
      if (session.withBot && among(hub, "agent-words", session.answer)) {
        said.put("action", "AGENT");
      } else if (session.withBot && among(hub, "skip-words", session.answer)) {
        said.put("action", "SKIP");
      }
      all.add(said);
    }
    for (int i = all.isEmpty() ? 0 : 1; i < files.size(); i++) {
      all.add(requests.say(session, requestId + "-" + i, "", true, files.get(i)));
    }
    return all;
  }

  private boolean among(String hub, String key, String words) {
    return hubs.get(hub).list(key).stream().anyMatch(words.strip()::equalsIgnoreCase);
  }

  /** The same at every attempt, so that ServiceNow can drop a repeat. */
  private static String requestId(Exchange exchange, Fields send) {
    String id = send.text("id");
    String delivery = exchange.getVariable("deliveryId", String.class);
    return id == null ? String.valueOf(delivery) : id;
  }

  private Session turn(String hub, String id, String requestId, Fields send) {
    return sessions.with(
        hub,
        id == null ? "" : id,
        stored -> {
          Session session =
              stored
                  .filter(s -> !s.ended())
                  .filter(s -> requestId.equals(s.answerTo) || !isOver(s))
                  .orElseThrow(() -> gone(hub));
          long now = clock.millis();
          boolean waits =
              session.botPhase() && session.turnBy > now && !requestId.equals(session.turnRequest);
          if (waits || isHandingOver(session)) {
            throw DeliveryException.retryAfter(
                "BTN-2350 Hub " + hub + ": ServiceNow's bot has not answered yet", TURN);
          }
          if (session.botPhase()) {
            session.turnRequest = requestId;
            session.turnBy = now + Rules.of(hubs.get(hub)).botTurn().toMillis();
          }
          if (!requestId.equals(session.answerTo)) {
            understand(session, requestId, send);
          }
          session.customerAt = now;
          sessions.save(session);
          return session;
        });
  }

  /**
   * What came now would be taken for an answer to the bot's greeting, and no agent would see it.
   */
  private static boolean isHandingOver(Session session) {
    return session.phase == Phase.REQUESTED && (!session.next.isEmpty() || session.agentAsked);
  }

  /** The agent is gone and no survey asks anything: what is written now is for the bot. */
  private static boolean isOver(Session session) {
    return session.phase == Phase.CLOSING && !session.question;
  }

  private static DeliveryException gone(String hub) {
    return DeliveryException.gone("BTN-2349 Hub " + hub + ": the conversation is over there", null);
  }

  /** What was offered or asked is answered by this message, and by no other. */
  private void understand(Session session, String requestId, Fields send) {
    String text = send.raw("text") == null ? "" : send.raw("text").toString();
    String picked = Picks.picked(send.raw("value"), text, session.options);
    session.answerTo = requestId;
    session.picked = picked != null;
    session.answer =
        picked == null ? Dates.written(hubs.get(session.hub), session.asked, text) : picked;
    session.options.clear();
    session.asked = null;
    session.question = false;
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
}
