package dev.baton.hub.servicenow.custom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.hub.servicenow.CustomRig;
import dev.baton.hub.servicenow.custom.CustomChat.State;
import dev.baton.journal.DeliveryException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What goes wrong between Baton and the scripts, and who may talk at all. */
class RoundTripFaultsTest extends RoundTrip {
  @Test
  void aQueueThatIsFullIsTriedAgainWithTheSameRequest() {
    String c = queued(Map.of());
    instance.queueWorks = false;
    Exchange full = rig.send(c, "m-1", "hello");
    assertThat(full.getException())
        .hasMessageContaining("BTN-2371")
        .isNotInstanceOf(DeliveryException.class);
    instance.queueWorks = true;
    assertThat(rig.send(c, "m-1", "hello").getException()).isNull();
    assertThat(rig.send(c, "m-1", "hello").getException()).isNull();
    soon().until(() -> !chat(c).heard.isEmpty());
    rig.send(c, "m-2", "and then");
    soon().until(() -> chat(c).heard.contains("and then"));
    assertThat(chat(c).heard).containsExactly("hello", "and then");
  }

  @Test
  void aWrongTokenOpensNothing() {
    start(Map.of("token", "guessed"));
    String c = rig.conversation();
    assertThat(rig.open(c).getException()).hasMessageContaining("401");
    assertThat(instance.chat(CustomRig.id(c))).isNull();
  }

  @Test
  void aMessageThatSomebodyElseSignedIsRefusedAndTheScriptsSaySo() {
    String c = queued(Map.of());
    instance.outboundToken = "guessed";
    chat(c).say("Sam", "not me");
    instance.settle();
    assertThat(instance.undelivered).anyMatch(error -> error.contains("401"));
    instance.outboundToken = "old-key";
    chat(c).say("Sam", "me");
    soon().until(() -> rig.texts(c).contains("me"));
    assertThat(rig.texts(c)).doesNotContain("not me");
  }

  @Test
  void repeatedCallsHaveNoSecondEffect() {
    String c = queued(Map.of());
    String queue =
        instance.sent.stream()
            .filter(body -> body.contains("SubscribeToSupportQueue"))
            .findFirst()
            .orElseThrow();
    chat(c).accept("Sam");
    instance.faults.repeats = 3;
    chat(c).say("Sam", "ok");
    chat(c).say("Sam", "ok");
    instance.settle();
    String again =
        instance.scripts.evaluate(
            "new BatonChat().post('"
                + rig.callbackUrl()
                + "', "
                + CustomChatInstance.quoted(queue)
                + ", 'outbound-token')");
    assertThat(again).contains("\"status\":200");
    soon().until(() -> rig.texts(c).size() >= 2);
    assertThat(rig.texts(c).stream().filter("ok"::equals))
        .as("an agent's second ok is kept")
        .hasSize(2);
    assertThat(rig.events(c)).doesNotContain("hub.agentLeft");
  }

  @Test
  void itemsOfACallThatAreOutOfOrderArePutRightAndLateCallsAreNoticed() {
    String c = queued(Map.of());
    chat(c).accept("Sam");
    instance.settle();
    call(c, item(103, "third"), item(101, "first"), item(102, "second"));
    call(c, item(100, "late"));
    assertThat(rig.texts(c)).containsSubsequence("first", "second", "third", "late");
    assertThat(rig.log())
        .anyMatch(line -> line.contains("BTN-2372") && line.contains("Maintain message ordering"));
  }

  @Test
  void aCallbackOfAnotherContractIsRefused() {
    String c = queued(Map.of());
    String body =
        instance.scripts.evaluate("new BatonChat().batch('baton', '" + CustomRig.id(c) + "', 'x')");
    String other =
        CustomChatInstance.read(body).asText().replace("\"contract\":\"1\"", "\"contract\":\"9\"");
    assertThat(post(other)).contains("\"status\":400");
    instance.sent.clear();
  }

  @Test
  void availabilityIsWhatTheScriptSaysAndUnknownWithoutIt() {
    start(Map.of());
    assertThat(availability()).containsEntry("state", "UNKNOWN");
    instance.table(
        "awa_agent_presence_capacity",
        Map.of("aca_available", "true", "ac_workload", "2", "ac_applied_max_capacity", "2"));
    assertThat(availability())
        .containsEntry("state", "UNAVAILABLE")
        .containsEntry("reason", "NO_AGENT");
    start(Map.of("path", "/api/elsewhere"));
    assertThat(availability()).containsEntry("state", "UNKNOWN");
  }

  @Test
  void oneUserForEveryHandoffOfACustomerWorksTooWithAndWithoutThePayload() {
    instance.properties.put("baton.chat.user_key", "user");
    start(Map.of());
    String c = rig.conversation();
    rig.open(c);
    soon().until(() -> rig.events(c).contains("hub.queued"));
    CustomChat chat = instance.chat(CustomRig.user(c));
    chat.accept("Sam");
    chat.say("Sam", "hello");
    soon().until(() -> rig.texts(c).contains("hello"));
    chat.payloadIsHandedOn = false;
    chat.say("Sam", "still here");
    soon().until(() -> rig.texts(c).contains("still here"));
  }

  @Test
  void theSchemasAreHandedOut() throws Exception {
    start(Map.of());
    for (String name : List.of("request.schema.json", "callback.schema.json")) {
      assertThat(JSON.readTree(get(name).body()).path("$id").asText()).endsWith(name);
    }
    assertThat(get("other.schema.json").statusCode()).isEqualTo(404);
    assertThat(get("other.schema.json").body()).contains("BTN-2373");
  }

  @Test
  void aHashOfTheBodyAuthenticatesBatonToo() {
    instance.token = null;
    instance.hashSecret = "hash-secret";
    String c = queued(Map.of("token", "", "signature-secret", "hash-secret"));
    assertThat(chat(c).state).isEqualTo(State.QUEUED);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> availability() {
    return rig.rig.call("it", "availability", Map.of(), Map.of()).getMessage().getBody(Map.class);
  }

  private HttpResponse<String> get(String name) throws Exception {
    URI uri = URI.create(rig.rig.url() + "/hubs/servicenow-custom/" + name);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private void call(String conversation, String... items) {
    String body =
        "{\"contract\":\"1\",\"id\":\"b\",\"sentAt\":1,\"agentChat\":true,\"userId\":\"u\",\"clientSessionId\":\""
            + CustomRig.id(conversation)
            + "\",\"body\":["
            + String.join(",", items)
            + "]}";
    assertThat(post(body)).contains("\"status\":200");
  }

  private String post(String body) {
    return instance.scripts.evaluate(
        "new BatonChat().post('"
            + rig.callbackUrl()
            + "', "
            + CustomChatInstance.quoted(body)
            + ", 'outbound-token')");
  }

  private static String item(int sequence, String text) {
    return "{\"uiType\":\"OutputText\",\"messageId\":\"i-"
        + sequence
        + "\",\"sequence\":"
        + sequence
        + ",\"value\":\""
        + text
        + "\"}";
  }
}
