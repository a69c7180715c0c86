package dev.baton.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.baton.hub.HubRig;
import dev.baton.hub.HubSignature;
import dev.baton.simulator.http.HttpHubSimulator;
import dev.baton.simulator.http.HttpHubSimulator.Recorded;
import dev.baton.simulator.http.HubChat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpHubOpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static HttpHubSimulator hub;
  private static HubRig rig;
  private static JsonNode document;

  @BeforeAll
  static void start() throws Exception {
    hub = HttpHubSimulator.start(0, null, "s3cret");
    rig =
        new HubRig(
            Map.of("baton.hubs.acme.url", hub.url(), "baton.hubs.acme.callback-secret", "s3cret"),
            "acme");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(rig.url() + "/hubs/openapi.json")).build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    document = JSON.readTree(answer.body());
  }

  @AfterAll
  static void stop() {
    rig.close();
    hub.close();
  }

  @Test
  void theDocumentIsServedAsOpenApi31() {
    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.path("webhooks").has("event")).isTrue();
  }

  @Test
  void everyExampleFitsItsSchema() {
    List<String> checked = new ArrayList<>();
    examples(document, checked);
    assertThat(checked).hasSizeGreaterThan(12);
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (JsonNode ref : document.findValues("$ref")) {
      assertThat(document.at(ref.asText().substring(1)).isObject()).as(ref.asText()).isTrue();
    }
  }

  @Test
  void whatBatonSendsIsWhatTheDocumentSays() throws Exception {
    Map<String, Object> handoff =
        JSON.convertValue(
            document.at(
                "/paths/~1conversations/post/requestBody/content/application~1json/examples/handoff/value"),
            new TypeReference<>() {});
    rig.call("acme", "availability", Map.of("queue", "refunds"), Map.of());
    rig.call("acme", "open", handoff, Map.of("handoffId", "Kx9Conv:1"));
    HubChat chat = hub.chat("Kx9Conv:1").orElseThrow();
    Map<String, Object> conversation = Map.of("hubConversationId", chat.id());
    Map<String, Object> message = Map.of("id", "m-1", "seq", 1, "text", "hi", "value", Map.of());
    rig.call("acme", "send", message, conversation);
    rig.call("acme", "typing", Map.of("on", true), conversation);
    rig.call("acme", "end", Map.of("reason", "CUSTOMER"), conversation);
    assertThat(hub.requests()).hasSizeGreaterThanOrEqualTo(5);
    for (Recorded request : hub.requests()) {
      JsonNode operation = operation(request);
      JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
      assertThat(request.body() == null).isEqualTo(schema.isMissingNode());
      if (request.body() != null) {
        assertFits(schema, JSON.readTree(request.body()));
        assertThat(request.headers()).containsEntry("content-type", "application/json");
      }
    }
  }

  @Test
  void whatAHubRaisesAsDocumentedIsTaken() throws Exception {
    rig.journal.handedOff("Kx9Conv", "acme", "h-77");
    JsonNode examples =
        document.at("/webhooks/event/post/requestBody/content/application~1json/examples");
    assertThat(examples.size()).isGreaterThan(10);
    for (JsonNode example : examples) {
      assertThat(post(example.path("value").toString())).isEqualTo(200);
    }
    // Everything but typing, which is only shown, and with one of the two of the array.
    assertThat(rig.appended).hasSize(examples.size() - 1);
    assertThat(rig.signalled).hasSize(2);
  }

  @Test
  void whatTheSimulatorRaisesFitsToo() throws Exception {
    HubChat chat = new SimulatedChat(hub, rig).open("Sim1:1");
    for (JsonObject event :
        List.of(
            hub.callbacks().accepted(chat, "a-1", "Grace"),
            hub.callbacks().message(chat, "hello"),
            hub.callbacks().ended(chat))) {
      assertFits(document.at("/components/schemas/Events"), JSON.readTree(event.encode()));
    }
  }

  private record SimulatedChat(HttpHubSimulator hub, HubRig rig) {
    HubChat open(String handoffId) {
      rig.call(
          "acme",
          "open",
          Map.of(
              "handoffId",
              handoffId,
              "callbackUrl",
              rig.url() + "/hubs/acme/events",
              "customer",
              Map.of("id", "u1"),
              "transcript",
              List.of()),
          Map.of("handoffId", handoffId));
      return hub.chat(handoffId).orElseThrow();
    }
  }

  private static int post(String body) {
    Buffer bytes = Buffer.buffer(body);
    return hub.callbacks()
        .post(rig.url() + "/hubs/acme/events", bytes, HubSignature.sign("s3cret", bytes.getBytes()))
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .status();
  }

  private static JsonNode operation(Recorded request) {
    String path = request.path().substring("/hub".length());
    return document.path("paths").properties().stream()
        .filter(entry -> Pattern.matches(entry.getKey().replaceAll("\\{\\w+}", "[^/]+"), path))
        .map(entry -> entry.getValue().path(request.method().toLowerCase(Locale.ROOT)))
        .filter(JsonNode::isObject)
        .findFirst()
        .orElseThrow(() -> new AssertionError("not documented: " + request));
  }

  private static void examples(JsonNode node, List<String> checked) {
    if (node.has("schema") && node.has("examples")) {
      node.path("examples")
          .properties()
          .forEach(
              example -> {
                assertFits(node.path("schema"), example.getValue().path("value"));
                checked.add(example.getKey());
              });
    }
    node.forEach(child -> examples(child, checked));
  }

  private static void assertFits(JsonNode schema, JsonNode instance) {
    ObjectNode root = ((ObjectNode) schema.deepCopy());
    root.set("components", document.path("components"));
    assertThat(
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root).validate(instance))
        .as(instance.toString())
        .isEmpty();
  }

  @Test
  void theSchemasRefuseWhatIsWrong() throws IOException {
    ObjectNode root = JSON.createObjectNode().put("$ref", "#/components/schemas/Events");
    root.set("components", document.path("components"));
    var schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root);
    assertThat(schema.validate(JSON.readTree("{\"type\":\"message\"}"))).isNotEmpty();
    assertThat(schema.validate(JSON.readTree("{\"conversationId\":\"x\"}"))).isNotEmpty();
  }
}
