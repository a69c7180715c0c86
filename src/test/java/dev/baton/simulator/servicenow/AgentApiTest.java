package dev.baton.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.simulator.servicenow.Instance.Customer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AgentApiTest {
  private static final String API = "/simulator/agent/api";
  private static Instance instance;

  @BeforeAll
  static void start() {
    instance = new Instance(InstanceOptions.defaults());
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  @AfterEach
  void reset() {
    instance.reset();
  }

  @Test
  void anAgentWorksOverHttp() {
    Customer pat = instance.customer().asks();
    JsonObject waiting = chats().getJsonObject(0);
    assertThat(waiting.getString("state")).isEqualTo("QUEUED");
    String chat = waiting.getString("id");

    assertThat(act("chats/" + chat + "/accept", new JsonObject().put("agent", "Sam Reed")))
        .isEqualTo(204);
    act("chats/" + chat + "/typing", new JsonObject().put("on", true));
    act("chats/" + chat + "/say", new JsonObject().put("text", "Good morning"));
    pat.sees("Good morning");
    pat.say("Hello Sam");
    Instance.until(() -> chats().encode().contains("Hello Sam"));
    act("chats/" + chat + "/transfer", new JsonObject().put("queue", "IT Chat"));
    act("chats/" + chat + "/accept", new JsonObject());
    act("chats/" + chat + "/control", new JsonObject().put("name", "OutputLink"));
    pat.sees("OutputLink");
    assertThat(act("chats/" + chat + "/end", new JsonObject())).isEqualTo(204);
    pat.seesEnvelope("completed");
    assertThat(chats().getJsonObject(0).getString("state")).isEqualTo("ENDED");
  }

  @Test
  void whatAnAgentMayNotDoIsToldAsAProblem() {
    Customer pat = instance.customer().asks();
    HttpResponse<String> answer =
        instance.caller.send(
            "POST",
            API + "/chats/" + pat.session + "/accept",
            new JsonObject().put("agent", "Robin Vale"));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("BTN-4757").contains("not available");
    assertThat(act("chats/" + pat.session + "/dance", new JsonObject())).isEqualTo(409);
    assertThat(act("chats/" + pat.session + "/say", new JsonObject())).isEqualTo(409);
    assertThat(act("agents/Sam%20Reed/available", new JsonObject())).isEqualTo(400);
  }

  @Test
  void anAgentGoesOfflineAndHasLessRoom() {
    act("agents/Sam%20Reed/available", new JsonObject().put("on", false));
    act("agents/Kim%20Osei/capacity", new JsonObject().put("chats", 7));

    JsonArray agents = state("").getJsonArray("agents");
    assertThat(agents.getJsonObject(0).getBoolean("available")).isFalse();
    assertThat(agents.getJsonObject(1).getInteger("free")).isEqualTo(7);
  }

  @Test
  void theStateWaitsForAChange() {
    long seen = state("").getLong("change");
    CompletableFuture<JsonObject> next =
        CompletableFuture.supplyAsync(() -> state("?seen=" + seen));
    Customer pat = instance.customer().asks();

    assertThat(next.join().getJsonArray("chats").encode()).contains(pat.user);
    assertThat(state("?seen=0").getLong("change")).isGreaterThan(seen);
  }

  @Test
  void clocksSurveyAndTextsAreSetOverHttp() {
    String path = "/simulator/options";
    JsonObject order =
        new JsonObject()
            .put("survey", true)
            .put("idleCancel", "90s")
            .put("texts", new JsonObject().put("survey", "Content?"));
    try {
      JsonObject shown = new JsonObject(instance.caller.send("POST", path, order).body());
      assertThat(shown.getString("idleCancel")).isEqualTo("90000ms");
      Customer pat = instance.customer().connected();
      act("chats/" + pat.session + "/end", new JsonObject());
      pat.sees("Content?");
    } finally {
      instance.options.survey(false);
    }
    for (String wrong :
        List.of("{\"nap\":\"1s\"}", "{\"botIdle\":\"long\"}", "{\"texts\":{\"nothing\":\"x\"}}")) {
      assertThat(instance.caller.send("POST", path, new JsonObject(wrong)).statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void thePageIsThereAndOtherSitesStayOutside() {
    HttpResponse<String> page = instance.caller.get("/simulator/agent/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(instance.caller.get("/simulator/agent/main.js").statusCode()).isEqualTo(200);
    HttpResponse<String> foreign =
        instance.caller.send(
            instance
                .caller
                .request(API + "/state")
                .header("Origin", "https://elsewhere.example")
                .GET());
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(foreign.body()).contains("BTN-4753");
  }

  private static int act(String path, JsonObject body) {
    return instance.caller.send("POST", API + "/" + path, body).statusCode();
  }

  private static JsonObject state(String query) {
    return new JsonObject(instance.caller.get(API + "/state" + query).body());
  }

  private static JsonArray chats() {
    return state("").getJsonArray("chats");
  }
}
