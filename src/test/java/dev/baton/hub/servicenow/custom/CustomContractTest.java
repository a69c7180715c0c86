package dev.baton.hub.servicenow.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.HubProblem;
import dev.baton.hub.HubProperties;
import dev.baton.hub.HubSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class CustomContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Exchange exchange = new DefaultExchange(context);
  private final CustomContract chat;

  CustomContractTest() {
    Properties properties = new Properties();
    properties.put("baton.hubs.it.path", "/api/1/baton_custom_chat/v1/");
    properties.put("baton.hubs.it.request-secret", "key");
    properties.put("baton.hubs.bare.path", "/api/1/baton_custom_chat/v1");
    properties.put("baton.hubs.bare.app-inbound-id", "second bot");
    context.getPropertiesComponent().setInitialProperties(properties);
    chat = new CustomContract(new HubProperties(context));
  }

  @Test
  void aRequestSaysItsContractAndItsChannelIdentity() {
    exchange.getMessage().setBody(Map.of("requestId", "r-1", "botToBot", true));
    assertThat(chat.request(exchange, "it"))
        .containsEntry("contract", "1")
        .containsEntry("requestId", "r-1")
        .containsEntry("appInboundId", "baton")
        .doesNotContainKey("botToBot");
    assertThat(chat.request(exchange, "bare")).containsEntry("appInboundId", "second bot");
  }

  @Test
  void whatIsSignedIsAsciiAndSaysTheSame() throws IOException {
    String text = "M\u00fcller \u2013 \ud83d\ude00";
    exchange.setVariable("vaBody", JSON.writeValueAsBytes(Map.of("text", text)));
    chat.ascii(exchange);
    byte[] bytes = exchange.getVariable("vaBody", byte[].class);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).matches("\\p{ASCII}+");
    assertThat(JSON.readTree(bytes).path("text").asText()).isEqualTo(text);
  }

  @Test
  void theSignatureIsOverTheVeryBytes() {
    byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    exchange.getMessage().setBody(body);
    chat.sign(exchange, "it");
    assertThat(exchange.getMessage().getHeader(Exchange.HTTP_PATH))
        .isEqualTo("/api/1/baton_custom_chat/v1/messages");
    assertThat(exchange.getMessage().getHeader(CustomContract.SIGNATURE))
        .isEqualTo(HubSignature.sign("key", body));
  }

  @Test
  void withoutASecretNothingIsSigned() {
    chat.availabilityRequest(exchange, "bare");
    assertThat(exchange.getMessage().getHeader(CustomContract.SIGNATURE)).isNull();
    assertThat(exchange.getMessage().getHeader(Exchange.HTTP_QUERY))
        .isEqualTo("appInboundId=second+bot");
  }

  @Test
  void aQueueThatIsFullIsTriedAgainAndNothingElse() throws IOException {
    answer(
        400, "{\"error\":{\"message\":\"m\",\"detail\":\"not_queued: x\"},\"status\":\"failure\"}");
    assertThatThrownBy(() -> chat.answered(exchange, "it"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("BTN-2371");
    for (String other : List.of("{\"error\":{\"detail\":\"invalid: x\"}}", "", "<html>", "[]")) {
      answer(400, other);
      chat.answered(exchange, "it");
      assertThat(exchange.getMessage().getBody(String.class)).isEqualTo(other);
    }
  }

  @Test
  void aCallbackOfALaterContractIsRefused() {
    exchange.getMessage().setBody(Map.of("contract", "2", "body", List.of()));
    assertThatThrownBy(() -> chat.callback(exchange, "it"))
        .isInstanceOf(HubProblem.class)
        .hasMessageContaining("contract 1");
  }

  @Test
  void aCallbackOfTheSameContractIsTakenWithWhatItHasMore() throws IOException {
    exchange.getMessage().setBody(Map.of("contract", "1.4", "body", List.of(), "more", 1));
    assertThat(chat.callback(exchange, "it")).containsEntry("more", 1);
    exchange.getMessage().setBody(Map.of("body", Map.of("uiType", "OutputText")));
    assertThat(chat.callback(exchange, "it")).containsKey("body");
  }

  @Test
  void itemsOfOneCallAreBroughtIntoTheirOrder() throws IOException {
    List<Map<String, Object>> items =
        List.of(Map.of("sequence", 3), Map.of("sequence", 1), Map.of("sequence", 2));
    exchange.getMessage().setBody(Map.of("clientSessionId", "s", "body", items));
    assertThat(chat.callback(exchange, "it").get("body"))
        .isEqualTo(List.of(Map.of("sequence", 1), Map.of("sequence", 2), Map.of("sequence", 3)));
  }

  @Test
  void itemsWithoutNumbersStayAsTheyCame() throws IOException {
    List<Map<String, Object>> items = List.of(Map.of("sequence", 3), Map.of("a", 1));
    exchange.getMessage().setBody(Map.of("clientSessionId", "s", "body", items));
    assertThat(chat.callback(exchange, "it").get("body")).isEqualTo(items);
  }

  private void answer(int status, String body) {
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    exchange.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8));
  }
}
