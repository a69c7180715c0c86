package dev.baton.hub.omnichannel;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.HubProblem;
import dev.baton.tokens.BearerVerifier;
import dev.baton.tokens.KeysUnavailableException;
import dev.baton.tokens.TokenRefusedException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code omnichannelWebhook}: the edge of the webhook {@code
 * <base>/v3/conversations/{id}/activities}. Omnichannel tries three times within half a minute and
 * then forgets, so everything that can be taken is taken.
 */
public final class OmnichannelWebhook {
  private static final Logger LOG = LoggerFactory.getLogger(OmnichannelWebhook.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST = 1024 * 1024;

  private final OmnichannelHubs hubs;
  private final WebhookReader reader;

  OmnichannelWebhook(OmnichannelHubs hubs, Clock clock) {
    this.hubs = hubs;
    this.reader = new WebhookReader(new LifecycleRepeats(clock));
  }

  /**
   * Verifies the call and leaves the hub contract's events as the body.
   *
   * @throws HubProblem when it is refused
   */
  public void events(Exchange exchange, String hub) {
    Message message = exchange.getMessage();
    verify(hub, message.getHeader("Authorization", String.class));
    byte[] body = message.getBody(byte[].class);
    if (body != null && body.length > LARGEST) {
      throw new HubProblem(413, "BTN-2004", "Too large", "At most 1 MiB is taken.");
    }
    Map<?, ?> activity = parse(body);
    String conversation = message.getHeader("conversationId", String.class);
    List<Map<String, Object>> events = reader.events(conversation, activity);
    message.removeHeaders("*");
    message.setBody(events);
  }

  private void verify(String hub, String authorization) {
    BearerVerifier verifier = hubs.verifier(hub);
    if (verifier == null) {
      return;
    }
    try {
      verifier.verify(authorization);
    } catch (TokenRefusedException e) {
      LOG.warn("BTN-2450 Call of hub {} refused, its bearer: {}", hub, e.getMessage());
      throw new HubProblem(
          401,
          "BTN-2450",
          "Token refused",
          "The bearer token must be one of the tenant for this channel: " + e.getMessage() + ".");
    } catch (KeysUnavailableException e) {
      LOG.warn("BTN-2458 Calls of hub {} cannot be verified: {}", hub, e.getMessage());
      throw new HubProblem(503, "BTN-2458", "Token cannot be verified now", "Send it again.");
    }
  }

  private static Map<?, ?> parse(byte[] body) {
    try {
      if (body != null && JSON.readValue(body, Object.class) instanceof Map<?, ?> activity) {
        return activity;
      }
    } catch (IOException e) {
      LOG.debug("No JSON from Omnichannel", e);
    }
    throw new HubProblem(
        400, "BTN-2003", "Malformed activity", "The body is one activity as JSON.");
  }
}
