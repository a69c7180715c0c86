package dev.baton.channel.genesys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.baton.channel.ChannelCredentials;
import dev.baton.journal.JournalException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bean {@code genesysEntrance}: the HTTP edge towards Genesys. */
public final class GenesysEntrance {
  private static final Logger LOG = LoggerFactory.getLogger(GenesysEntrance.class);
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final int MAX_ID = 128;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(64).maxNumberLength(100).build());
  }

  private final Map<String, GenesysBot> bots;

  GenesysEntrance(Map<String, GenesysBot> bots) {
    this.bots = bots;
  }

  /**
   * Checks the credential of the integration. Variable {@code bot} names the bot.
   *
   * @throws GenesysProblem when it is missing or wrong
   */
  public void authenticate(Exchange exchange) {
    String bot = exchange.getVariable("bot", String.class);
    String header = bots.get(bot).settings().header();
    String given = exchange.getMessage().getHeader(header, String.class);
    if (!ChannelCredentials.accepts(bots.get(bot).settings(), given)) {
      LOG.warn(
          "BTN-1150 A call for bot {} is refused: its {} is {}",
          bot,
          header,
          given == null ? "missing" : "wrong");
      throw new GenesysProblem(
          401,
          "BTN-1150",
          "Credential missing or wrong",
          "The integration's credentials must hold a field "
              + header
              + " with one of the secrets of baton.channels.genesys."
              + bot
              + ".secrets.");
    }
  }

  /**
   * Reads the request into a map, and into variables what identifies it: {@code requestId}, {@code
   * requestHash}, {@code genesysFace}.
   *
   * @param face {@code BOT_CONNECTOR} or {@code DIGITAL_BOT_CONNECTOR}
   * @throws GenesysProblem when it is no JSON object
   */
  public void read(Exchange exchange, String face) {
    Message message = exchange.getMessage();
    byte[] body = message.getBody(byte[].class);
    String header =
        bots.get(exchange.getVariable("bot", String.class)).settings().text("repeat-header");
    String id = header == null ? null : message.getHeader(header, String.class);
    exchange.setVariable("traceparent", message.getHeader("traceparent", String.class));
    exchange.setVariable("genesysFace", Call.Face.valueOf(face));
    exchange.setVariable("requestHash", hash(body));
    if (id != null && !id.isBlank() && id.length() <= MAX_ID) {
      exchange.setVariable("requestId", id.strip());
    }
    try {
      Map<String, Object> request = JSON.readValue(body, MAP);
      if (request == null) {
        throw malformed("The body is not a JSON object.");
      }
      message.setBody(request);
    } catch (JsonProcessingException e) {
      throw malformed("The body is not a JSON object: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw malformed("The body is not JSON in UTF-8.");
    }
  }

  private static GenesysProblem malformed(String detail) {
    return new GenesysProblem(400, "BTN-1152", "Malformed request", detail);
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Leaves the map in the body as JSON; an empty one as an accepted request without content. */
  public void answer(Exchange exchange) throws JsonProcessingException {
    Message message = exchange.getMessage();
    Map<?, ?> answer = message.getBody(Map.class);
    message.removeHeaders("*");
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.isEmpty() ? 202 : 200);
    message.setBody(answer.isEmpty() ? "" : JSON.writeValueAsString(answer));
  }

  /** Turns the failure that the route caught into the answer. */
  public void problem(Exchange exchange) throws JsonProcessingException {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (caught instanceof GenesysProblem problem) {
      answer(exchange, problem);
    } else if (caught instanceof JournalException store && store.isTemporary()) {
      LOG.warn("BTN-1155 A call of Genesys could not be kept: {}", store.getMessage());
      answer(exchange, new GenesysProblem(503, "BTN-1155", "Not taken", "Try again."));
      exchange.getMessage().setHeader("Retry-After", "2");
    } else {
      LOG.error("BTN-1199 A call of Genesys failed", caught);
      answer(
          exchange,
          new GenesysProblem(
              500, "BTN-1199", "Internal Server Error", "A fault in Baton; its log tells more."));
    }
  }

  /** A problem document that also says what Genesys looks for in an answer. */
  private static void answer(Exchange exchange, GenesysProblem problem)
      throws JsonProcessingException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", problem.title());
    body.put("status", problem.status());
    body.put("detail", problem.getMessage());
    body.put("code", problem.code());
    body.put("botState", Reply.State.FAILED.word());
    body.put(
        "errorInfo",
        Map.of("errorCode", problem.code(), "errorMessage", String.valueOf(problem.getMessage())));
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
    message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
    message.setBody(JSON.writeValueAsString(body));
  }
}
