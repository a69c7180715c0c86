package dev.baton.hub.omnichannel;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.Fields;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Bean {@code omnichannelAvailability}: asks Dataverse whether a representative could take the
 * conversation. Anything that goes wrong means unknown: opening will tell.
 */
public final class OmnichannelAvailability {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEXT = "192350000";
  private static final String QUESTION = "omnichannelQuestion";
  private static final String TOKEN = "omnichannelDataverseToken";

  private final OmnichannelHubs hubs;
  private final AvailabilityCache cache;

  OmnichannelAvailability(OmnichannelHubs hubs, Clock clock) {
    this.hubs = hubs;
    this.cache = new AvailabilityCache(clock);
  }

  /**
   * Makes the request; where the answer is known already, or nobody is to be asked, leaves the
   * answer and sets no path.
   */
  public void request(Exchange exchange, String hub) throws IOException {
    OmnichannelSettings.Availability settings = hubs.settings(hub).availability();
    Message message = exchange.getMessage();
    Fields wish = Fields.of(message.getBody(Map.class));
    message.removeHeaders("*");
    if (settings == null) {
      message.setBody(Map.of("state", "UNKNOWN"));
      return;
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("ApiVersion", "1.0");
    body.put("LiveWorkStreamId", settings.workstream());
    String items = items(Fields.of(wish.raw("context")), settings.context());
    if (!items.equals("{}")) {
      body.put("CustomContextItems", items);
    }
    String question = hub + items;
    Map<String, Object> known = cache.get(question);
    if (known != null) {
      message.setBody(new LinkedHashMap<>(known));
      return;
    }
    String token;
    try {
      token = hubs.dataverse(hub).token();
    } catch (IOException e) {
      message.setBody(Map.of("state", "UNKNOWN", "message", "no token"));
      return;
    }
    exchange.setVariable(QUESTION, question);
    exchange.setVariable(TOKEN, token);
    message.setHeader(
        Exchange.HTTP_PATH, "/api/data/v9.2/CCaaS_GetRepresentativeAvailabilityBeforeConversation");
    message.setHeader("Authorization", "Bearer " + token);
    message.setHeader("Accept", "application/json");
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(JSON.writeValueAsBytes(body));
  }

  /** Texts of JSON within JSON, as the action asks. Only what configuration names leaves here. */
  private static String items(Fields context, List<String> names) throws IOException {
    Map<String, Object> items = new TreeMap<>();
    for (String name : names) {
      String value = context.text(name);
      if (value != null) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("value", value);
        item.put("isDisplayable", true);
        item.put("datatype", TEXT);
        items.put(name, item);
      }
    }
    return JSON.writeValueAsString(items);
  }

  /** Reads the answer and keeps it for a while. */
  public Map<String, Object> answer(Exchange exchange, String hub) {
    OmnichannelSettings.Availability settings = hubs.settings(hub).availability();
    Message message = exchange.getMessage();
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    if (status == null || status / 100 != 2) {
      if (status != null && (status == 401 || status == 403)) {
        hubs.dataverse(hub).refused(exchange.getVariable(TOKEN, String.class));
      }
      return Map.of("state", "UNKNOWN");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    try {
      Map<?, ?> read = JSON.readValue(message.getBody(byte[].class), Map.class);
      read.forEach((key, value) -> body.put(String.valueOf(key), value));
    } catch (IOException e) {
      return Map.of("state", "UNKNOWN");
    }
    Map<String, Object> answer = AvailabilityAnswer.of(body, settings.agentNeeded());
    cache.put(exchange.getVariable(QUESTION, String.class), answer, settings.cache());
    return answer;
  }
}
