package dev.baton.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.simulator.servicenow.Instance.Customer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Synchronous channel, signed requests, OAuth, files. */
class ModesTest {

  @Test
  void aSynchronousChannelAnswersTheCallItselfAndAgentsByCallback() {
    try (Instance instance = new Instance(InstanceOptions.defaults().synchronous(true))) {
      Customer pat = instance.customer();
      HttpResponse<String> greeting = pat.act("START_CONVERSATION");
      assertThat(greeting.body()).contains("TopicPickerControl").contains(pat.session);
      pat.variables.put("live_agent_only", "true");
      JsonObject waiting = new JsonObject(pat.act("START_CONVERSATION").body());
      assertThat(waiting.getBoolean("agentChat")).isTrue();
      assertThat(waiting.encode()).contains("StartSpinner");
      assertThat(instance.receiver.received()).isEmpty();

      instance.simulator.desk().accept(pat.session);
      pat.sees("SwitchToLiveAgent");
      assertThat(pat.say("hello").body()).isEqualTo("{\"status\":\"success\"}");
      JsonObject end = new JsonObject(pat.act("END_CONVERSATION").body());
      assertThat(end.getBoolean("completed")).isTrue();
    }
  }

  @Test
  void aSynchronousChannelRefusesAWrongTokenAtOnce() {
    try (Instance instance = new Instance(InstanceOptions.defaults().synchronous(true))) {
      Customer pat = instance.customer();
      pat.token = "wrong";
      assertThat(pat.act("START_CONVERSATION").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aSignatureIsOverTheCompactJsonWhateverItsFormWas() {
    try (Instance instance = new Instance(InstanceOptions.defaults().signatureSecret("key"))) {
      Customer pat = instance.customer();
      JsonObject request = pat.request("START_CONVERSATION");
      request.getJsonObject("message").put("text", "Grüße/日本 \"x\"");
      String signature = MessageAuth.sign("key", request.encode());
      instance.caller.send(
          instance
              .caller
              .request(BotIntegrationApi.PATH)
              .header("Content-Type", "application/json")
              .header("x-b2b-signature", signature)
              .POST(BodyPublishers.ofString(request.encodePrettily())));
      pat.sees("TopicPickerControl");
      assertThat(MessageAuth.sign("key", "{\"a\":1}"))
          .isEqualTo("b5557a4b8f3cc308d19eb4f69f336392a31eef7b");

      Customer kim = instance.customer();
      kim.act("START_CONVERSATION");
      Customer third = instance.customer();
      JsonObject after = third.request("START_CONVERSATION");
      instance.caller.send(
          "POST",
          BotIntegrationApi.PATH,
          after,
          "x-b2b-signature",
          MessageAuth.sign("key", after.encode()));
      third.sees("TopicPickerControl");
      assertThat(kim.envelopes()).isEmpty();
    }
  }

  @Test
  void aBearerTokenOpensTheBotEndpoint() {
    try (Instance instance = new Instance(InstanceOptions.defaults())) {
      String token =
          new JsonObject(
                  instance
                      .caller
                      .form(
                          "/oauth_token.do",
                          "grant_type",
                          "client_credentials",
                          "client_id",
                          "simulated-client",
                          "client_secret",
                          "simulated-client-secret")
                      .body())
              .getString("access_token");
      Customer pat = instance.customer();
      instance
          .caller
          .authorization("Bearer " + token)
          .send(
              "POST",
              BotIntegrationApi.PATH,
              pat.request("START_CONVERSATION"),
              "token",
              "simulated-token");
      pat.sees("TopicPickerControl");
    }
  }

  @Test
  void anUploadedFileReachesTheAgentAndOneOfAnUntrustedHostVanishes() {
    try (Instance instance = new Instance(InstanceOptions.defaults())) {
      Customer pat = instance.customer().connected();
      JsonObject upload = upload(instance, pat.user);
      String url = upload.getString("mediaUrl");
      assertThat(url).startsWith(instance.simulator.url() + "/api/now/v1/cs/media/");
      send(pat, "https://files.untrusted.example/a.png", null);
      send(pat, url, Caller.BASIC);

      Instance.until(() -> !pat.chat().attachments().isEmpty());
      assertThat(pat.chat().attachments()).hasSize(1);
      assertThat(pat.chat().attachments().get(0).getString("fileName")).isEqualTo("photo.png");
      assertThat(pat.chat().attachments().get(0).getInteger("size")).isEqualTo(4);
    }
  }

  private static void send(Customer customer, String url, String authorization) {
    JsonObject file =
        new JsonObject()
            .put("url", url)
            .put("contentType", "image/png")
            .put("fileName", "photo.png");
    if (authorization != null) {
      file.put("headers", new JsonObject().put("Authorization", authorization));
    }
    JsonObject request = customer.request(null);
    request.getJsonObject("message").put("attachment", file);
    assertThat(customer.send(request).statusCode()).isEqualTo(200);
  }

  private static JsonObject upload(Instance instance, String user) {
    String body =
        """
        --b\r
        Content-Disposition: form-data; name="user_id"\r
        \r
        %s\r
        --b\r
        Content-Disposition: form-data; name="file"; filename="photo.png"\r
        Content-Type: image/png\r
        \r
        \0PNG\r
        --b--\r
        """
            .formatted(user);
    HttpResponse<String> answer =
        instance.caller.send(
            instance
                .caller
                .request("/api/now/cccif/media/upload")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).isEqualTo(201);
    return new JsonObject(answer.body()).getJsonObject("result");
  }
}
