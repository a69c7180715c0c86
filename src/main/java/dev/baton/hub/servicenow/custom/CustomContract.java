package dev.baton.hub.servicenow.custom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.baton.hub.HubProblem;
import dev.baton.hub.HubProperties;
import dev.baton.hub.HubSignature;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Bean {@code serviceNowCustom}: what the contract of the custom chat integration has around the
 * words of the Virtual Agent API: its version, signatures, paths and answers
 * (docs/servicenow-custom-chat.md).
 */
public final class CustomContract {
  /** Version of the contract; what comes after a dot may be newer on either side. */
  static final String CONTRACT = "1";

  /** Carries Baton's own signature. */
  static final String SIGNATURE = "X-Baton-Signature-256";

  /** Inbound ID of the channel identity, as the scripts' README has it. */
  private static final String INBOUND_ID = "baton";

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  /** Other characters than ASCII are escaped: no two charsets can disagree on what was signed. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final HubProperties properties;
  private final Sequences sequences = new Sequences();

  CustomContract(HubProperties properties) {
    this.properties = properties;
  }

  /** A request of the Virtual Agent API, a Map, becomes one of the contract. */
  public Map<String, Object> request(Exchange exchange, String hub) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("contract", CONTRACT);
    Map<?, ?> body = exchange.getMessage().getBody(Map.class);
    body.forEach((key, value) -> request.put(String.valueOf(key), value));
    request.put("appInboundId", inboundId(hub));
    request.remove("botToBot");
    return request;
  }

  /**
   * Replaces the bytes in variable {@code vaBody} by the same JSON in ASCII, before any is signed.
   */
  public void ascii(Exchange exchange) throws IOException {
    JsonNode json = JSON.readTree(exchange.getVariable("vaBody", byte[].class));
    exchange.setVariable("vaBody", JSON.writeValueAsBytes(json));
  }

  /** Sets path and signature of the message whose body are the bytes to be sent. */
  public void sign(Exchange exchange, String hub) {
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_PATH, path(hub) + "/messages");
    signed(message, hub, message.getBody(byte[].class));
  }

  /** {@code GET …/availability}. */
  public void availabilityRequest(Exchange exchange, String hub) {
    Message message = exchange.getMessage();
    message.setBody(null);
    message.setHeader(Exchange.HTTP_PATH, path(hub) + "/availability");
    message.setHeader(
        Exchange.HTTP_QUERY,
        "appInboundId=" + URLEncoder.encode(inboundId(hub), StandardCharsets.UTF_8));
    signed(message, hub, new byte[0]);
  }

  private void signed(Message message, String hub, byte[] body) {
    String secret = properties.get(hub, "request-secret");
    if (!secret.isEmpty()) {
      message.setHeader(SIGNATURE, HubSignature.sign(secret, body));
    }
  }

  /**
   * Tells the one refusal that passes from those that do not.
   *
   * @throws IOException when the framework's queue did not take the request
   */
  public void answered(Exchange exchange, String hub) throws IOException {
    Message message = exchange.getMessage();
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    byte[] body = message.getBody(byte[].class);
    if (status == 400 && detail(body).startsWith("not_queued")) {
      throw new IOException(
          "BTN-2371 Hub " + hub + ": ServiceNow's queue for custom chats did not take the request");
    }
    message.setBody(body);
  }

  private static String detail(byte[] body) {
    try {
      return JSON.readTree(body == null ? new byte[0] : body).path("error").path("detail").asText();
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * A callback, a Map: checks the contract's version, brings items that carry a number into their
   * order, and notices when some came late.
   *
   * @throws HubProblem when it is of a contract that Baton does not know
   */
  public Map<String, Object> callback(Exchange exchange, String hub)
      throws JsonProcessingException {
    Map<String, Object> callback =
        JSON.convertValue(exchange.getMessage().getBody(Map.class), OBJECT);
    Object contract = callback.get("contract");
    String version = contract == null ? CONTRACT : contract.toString();
    if (!version.split("\\.", 2)[0].equals(CONTRACT)) {
      throw new HubProblem(
          400,
          "BTN-2370",
          "Unknown contract",
          "This Baton speaks contract " + CONTRACT + "; install the scripts that belong to it.");
    }
    if (callback.get("body") instanceof List<?> items) {
      Object session = callback.get("clientSessionId");
      Object key = session == null ? callback.get("userId") : session;
      callback.put("body", sequences.sort(hub, String.valueOf(key), items));
    }
    return callback;
  }

  private String path(String hub) {
    return properties.get(hub, "path").replaceAll("/+$", "");
  }

  private String inboundId(String hub) {
    String id = properties.get(hub, "app-inbound-id");
    return id.isEmpty() ? INBOUND_ID : id;
  }
}
