package dev.baton.hub.servicenow.custom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.hub.HubSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestResourcesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> TOKEN = Map.of("token", "inbound-token");
  private static final String MESSAGES = "rest/messages.post.js";

  private final List<String> queued = new ArrayList<>();
  private final Platform platform =
      new Platform() {
        @Override
        public boolean enqueue(String app, String payload, String headers, double time) {
          boolean taken = super.enqueue(app, payload, headers, time);
          if (taken) {
            queued.add(app + " " + payload + " " + headers);
          }
          return taken;
        }
      };
  private final Scripts scripts = new Scripts(platform);

  RestResourcesTest() {
    platform.token = "inbound-token";
  }

  @Test
  void aRequestOfTheContractIsQueuedAsItCame() throws IOException {
    String body = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(message("r-1"));
    RestCall call = post(TOKEN, body);
    assertThat(call.status()).isEqualTo(200);
    assertThat(call.json().path("status").asText()).isEqualTo("success");
    assertThat(call.json().path("requestId").asText()).isEqualTo("r-1");
    assertThat(queued)
        .containsExactly(Platform.APPLICATION + " " + body + " {\"token\":\"inbound-token\"}");
  }

  @Test
  void onlyWhatAuthenticatesIsKeptOfTheHeaders() throws IOException {
    post(
        Map.of(
            "token", "inbound-token", "Authorization", "Basic c2VjcmV0", "Cookie", "JSESSIONID=1"),
        message("r-1").toString());
    assertThat(queued.get(0)).doesNotContain("Basic", "JSESSIONID");
  }

  @Test
  void aWrongTokenIs401AndNothingIsQueued() {
    RestCall call = post(Map.of("token", "guessed"), message("r-1").toString());
    assertThat(call.status()).isEqualTo(401);
    assertThat(detail(call)).startsWith("unauthorized:");
    assertThat(post(Map.of(), message("r-2").toString()).status()).isEqualTo(401);
    assertThat(queued).isEmpty();
  }

  @Test
  void aHashOfTheBodyAuthenticatesToo() throws Exception {
    platform.token = null;
    platform.hashSecret = "hash-secret";
    String body = message("r-1").toString();
    String key = platform.base64("hash-secret");
    byte[] mac = java.util.Base64.getDecoder().decode(platform.mac(key, "HmacSHA1", body));
    String hex = java.util.HexFormat.of().formatHex(mac);
    assertThat(post(Map.of("x-b2b-signature", hex), body).status()).isEqualTo(200);
    assertThat(post(Map.of("x-b2b-signature", hex), body + " ").status()).isEqualTo(401);
  }

  @Test
  void batonsSignatureIsCheckedWhenItsKeyIsSet() {
    platform.properties.put("baton.chat.inbound_secret", "request-secret");
    String body = message("r-1").put("note", "M\u00fcller \ud83d\ude00").toString();
    assertThat(post(TOKEN, body).status()).isEqualTo(401);
    String signature = HubSignature.sign("request-secret", body.getBytes(StandardCharsets.UTF_8));
    assertThat(post(signed(signature), body + " ").status()).isEqualTo(401);
    assertThat(post(signed(signature.substring(0, 70)), body).status()).isEqualTo(401);
    assertThat(post(signed(signature), body).status()).isEqualTo(200);
    assertThat(queued).hasSize(1);
  }

  @Test
  void aRepeatIsAcknowledgedButNotQueuedAgain() {
    post(TOKEN, message("r-1").toString());
    RestCall again = post(TOKEN, message("r-1").toString());
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("duplicate").asBoolean()).isTrue();
    assertThat(queued).hasSize(1);
  }

  @Test
  void theSameIdInAnotherConversationIsNoRepeat() {
    post(TOKEN, message("r-1").toString());
    post(TOKEN, message("r-1").put("clientSessionId", "L:1").toString());
    assertThat(queued).hasSize(2);
  }

  @Test
  void aQueueThatIsFullIs400AndTheSameRequestCanBeMadeAgain() {
    platform.queueWorks = false;
    RestCall call = post(TOKEN, message("r-1").toString());
    assertThat(call.status()).isEqualTo(400);
    assertThat(detail(call)).startsWith("not_queued:");
    platform.queueWorks = true;
    assertThat(post(TOKEN, message("r-1").toString()).json().has("duplicate")).isFalse();
    assertThat(queued).hasSize(1);
  }

  @Test
  void withoutTheTableRepeatsPass() {
    platform.tables.remove("u_baton_seen");
    post(TOKEN, message("r-1").toString());
    assertThat(post(TOKEN, message("r-1").toString()).status()).isEqualTo(200);
    assertThat(queued).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TYPING", "VIEWING", "UPDATE_MESSAGES", "SOMETHING_NEW"})
  void anActionThatThisIntegrationCannotDoIsAcknowledged(String action) {
    RestCall call = post(TOKEN, message("r-1").put("action", action).toString());
    assertThat(call.status()).isEqualTo(200);
    assertThat(call.json().path("ignored").asBoolean()).isTrue();
    assertThat(queued).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{}",
        "{\"contract\":\"2\",\"requestId\":\"r\",\"clientSessionId\":\"s\",\"userId\":\"u\",\"action\":\"AGENT\"}",
        "{\"contract\":\"1\",\"clientSessionId\":\"s\",\"userId\":\"u\",\"action\":\"AGENT\"}",
        "{\"contract\":\"1\",\"requestId\":\"r\",\"clientSessionId\":\"s\",\"userId\":\"\",\"action\":\"AGENT\"}",
        "{\"contract\":\"1\",\"requestId\":\"javascript:1\",\"clientSessionId\":\"s\",\"userId\":\"u\",\"action\":\"AGENT\"}",
        "{\"contract\":\"1\",\"requestId\":\"r\",\"clientSessionId\":\"s\",\"userId\":\"u\",\"message\":{\"text\":\"\"}}"
      })
  void whatIsNotOfTheContractIs400(String body) {
    RestCall call = post(TOKEN, body);
    assertThat(call.status()).isEqualTo(400);
    assertThat(detail(call)).startsWith("invalid:");
    assertThat(queued).isEmpty();
  }

  @Test
  void theChannelIdentityIsFoundByItsInboundIdOrNamed() throws IOException {
    ObjectNode other = message("r-1").put("appInboundId", "nobody");
    assertThat(post(TOKEN, other.toString()).status()).isEqualTo(400);
    ObjectNode script = message("r-1").put("appInboundId", "javascript:gs.log(1)");
    assertThat(post(TOKEN, script.toString()).status()).isEqualTo(400);
    platform.properties.put("baton.chat.provider_application", "given");
    assertThat(post(TOKEN, other.toString()).status()).isEqualTo(200);
    assertThat(queued.get(0)).startsWith("given ");
  }

  @Test
  void healthSaysWhatIsSetUpAndNoSecret() {
    RestCall bare = get("rest/health.get.js", TOKEN);
    assertThat(bare.status()).isEqualTo(200);
    assertThat(bare.json().path("ok").asBoolean()).isFalse();
    assertThat(bare.json().path("checks").path("channelIdentity").asBoolean()).isTrue();
    assertThat(bare.json().path("checks").path("callbackUrl").asBoolean()).isFalse();
    platform.properties.put("baton.chat.callback_url", "https://baton.example/hubs/it/events");
    RestCall done = get("rest/health.get.js", TOKEN);
    assertThat(done.json().path("ok").asBoolean()).isTrue();
    assertThat(done.text()).doesNotContain("inbound-token");
    assertThat(get("rest/health.get.js", Map.of()).status()).isEqualTo(401);
  }

  @Test
  void availabilityCountsAgentsWithRoom() {
    String script = "rest/availability.get.js";
    assertThat(get(script, TOKEN).json().path("state").asText()).isEqualTo("UNKNOWN");
    agent("false", "0", "2", "chat");
    assertThat(get(script, TOKEN).json().path("state").asText()).isEqualTo("UNAVAILABLE");
    agent("true", "2", "2", "chat");
    assertThat(get(script, TOKEN).json().path("reason").asText()).isEqualTo("NO_AGENT");
    agent("true", "0", "2", "phone");
    assertThat(get(script, TOKEN).json().path("state").asText()).isEqualTo("AVAILABLE");
    platform.properties.put("baton.chat.service_channel", "chat");
    assertThat(get(script, TOKEN).json().path("state").asText()).isEqualTo("UNAVAILABLE");
    assertThat(get(script, Map.of()).status()).isEqualTo(401);
  }

  @Test
  void outsideTheScheduleOfTheQueueNobodyIsThere() {
    agent("true", "0", "2", "chat");
    platform.table("awa_queue", Map.of("sys_id", "q1", "schedule", "s1"));
    platform.properties.put("baton.chat.queue", "q1");
    String script = "rest/availability.get.js";
    assertThat(get(script, TOKEN).json().path("state").asText()).isEqualTo("AVAILABLE");
    platform.closedSchedules.add("s1");
    assertThat(get(script, TOKEN).json().path("state").asText()).isEqualTo("UNAVAILABLE");
    assertThat(get(script, TOKEN).json().path("reason").asText()).isEqualTo("CLOSED");
  }

  @Test
  void providerAttributesMakeTheFrameworksRequestOfOurs() throws IOException {
    ObjectNode start =
        message("r-1").put("action", "START_CONVERSATION").put("timezone", "Europe/Berlin");
    start.putObject("contextVariables").put("live_agent_only", "true").put("priority", "2");
    start
        .putArray("history")
        .addObject()
        .put("displayName", "Ada")
        .put("isBotMessage", false)
        .put("value", "my vpn drops");
    JsonNode outputs = attributes(start);
    assertThat(outputs.path("token").asText()).isEqualTo("inbound-token");
    assertThat(outputs.path("provider_user_id").asText()).isEqualTo("K:1");
    JsonNode context = outputs.path("request_context");
    assertThat(context.path("contextual_action").asText()).isEqualTo("START_CONVERSATION");
    assertThat(context.path("typed_value").asText()).isEqualTo("hello");
    JsonNode variables = context.path("context_vars");
    assertThat(variables.path("live_agent_only").asText()).isEqualTo("true");
    assertThat(variables.path("deviceTimeZone").asText()).isEqualTo("Europe/Berlin");
    assertThat(variables.path("baton_transcript").asText()).isEqualTo("Ada: my vpn drops");
  }

  @Test
  void oneUserPerCustomerIsAMatterOfConfiguration() throws IOException {
    platform.properties.put("baton.chat.user_key", "user");
    assertThat(attributes(message("r-1")).path("provider_user_id").asText()).isEqualTo("u-4711");
  }

  @Test
  void pickedOptionsFilesAndSkippingAreToldApart() throws IOException {
    ObjectNode picked = message("r-1");
    picked.putObject("message").put("text", "sys1").put("typed", false);
    assertThat(attributes(picked).at("/request_context/baton_value").asText()).isEqualTo("sys1");
    assertThat(attributes(message("r-1")).at("/request_context").has("baton_value")).isFalse();
    ObjectNode file = message("r-1");
    file.putObject("message")
        .putObject("attachment")
        .put("url", "https://baton.example/f")
        .put("contentType", "image/png")
        .put("fileName", "a.png");
    JsonNode attachment = attributes(file).at("/request_context/attachment_value");
    assertThat(attachment.path("content_type").asText()).isEqualTo("image/png");
    assertThat(attachment.path("name").asText()).isEqualTo("a.png");
    JsonNode skip = attributes(message("r-1").put("action", "SKIP")).path("request_context");
    assertThat(skip.path("typed_value").asText()).isEqualTo("_skip_internal");
    assertThat(skip.path("contextual_action").asText()).isEqualTo("SKIP");
  }

  @Test
  void aTranscriptThatIsTooLongKeepsItsEnd() throws IOException {
    platform.properties.put("baton.chat.transcript_limit", "45");
    ObjectNode start = message("r-1");
    var history = start.putArray("history");
    for (int i = 1; i <= 9; i++) {
      history.addObject().put("displayName", "Ada").put("value", "line number " + i);
    }
    String transcript =
        attributes(start).at("/request_context/context_vars/baton_transcript").asText();
    assertThat(transcript)
        .startsWith("[7 earlier messages left out]\n")
        .endsWith("Ada: line number 9");
  }

  @Test
  void everyContextualActionCallsItsOwnFunction() {
    for (String action : List.of("START_CONVERSATION", "AGENT", "END_CONVERSATION", "SKIP")) {
      contextual("{\"contextual_action\":\"" + action + "\"}");
    }
    assertThat(platform.actions)
        .containsExactly(
            "startConversation c-1",
            "switchToLiveAgent c-1",
            "endConversation c-1",
            "skipOptionalQuestion c-1");
    contextual("{\"contextual_action\":\"DANCE\"}");
    assertThat(platform.actions).hasSize(4);
    assertThat(platform.logs).anyMatch(line -> line.contains("DANCE"));
  }

  private void contextual(String context) {
    scripts.action(
        "actions/contextual-actions.js",
        Map.of("conversation_id", "\"c-1\"", "request_context", context));
  }

  private JsonNode attributes(ObjectNode message) throws IOException {
    return JSON.readTree(
        scripts.action(
            "actions/provider-attributes.js",
            Map.of("headers", "{\"token\":\"inbound-token\"}", "payload", message.toString())));
  }

  private void agent(String available, String workload, String most, String channel) {
    platform.table(
        "awa_agent_presence_capacity",
        Map.of(
            "aca_available", available,
            "ac_workload", workload,
            "ac_applied_max_capacity", most,
            "ac_channel", channel));
  }

  private static ObjectNode message(String requestId) {
    ObjectNode message = JSON.createObjectNode();
    message.put("contract", "1").put("requestId", requestId).put("clientSessionId", "K:1");
    message.put("userId", "u-4711").put("appInboundId", "baton");
    message.putObject("message").put("text", "hello").put("typed", true);
    return message;
  }

  private static Map<String, String> signed(String signature) {
    return Map.of("token", "inbound-token", "X-Baton-Signature-256", signature);
  }

  private RestCall post(Map<String, String> headers, String body) {
    return new RestCall(headers, Map.of(), body).run(scripts, MESSAGES);
  }

  private RestCall get(String script, Map<String, String> headers) {
    return new RestCall(headers, Map.of("appInboundId", "baton"), "").run(scripts, script);
  }

  private static String detail(RestCall call) {
    Map<String, Object> error =
        JSON.convertValue(call.json().path("error"), new TypeReference<>() {});
    return String.valueOf(error.get("detail"));
  }
}
