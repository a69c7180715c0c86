package dev.baton.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableApiTest {
  private static ServiceNowSimulator simulator;
  private static Caller caller;

  @BeforeAll
  static void start() {
    simulator = ServiceNowSimulator.startAndWait(InstanceOptions.defaults());
    caller = new Caller(simulator.url());
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @AfterEach
  void reset() {
    simulator.reset();
  }

  @Test
  void availabilityIsOneRowPerAgentAndChannelInTexts() {
    JsonArray rows = caller.rows("awa_agent_presence_capacity", "aca_available=true");

    assertThat(rows).hasSize(2);
    JsonObject sam = rows.getJsonObject(0);
    assertThat(sam.getString("aca_available")).isEqualTo("true");
    assertThat(sam.getString("ac_workload")).isEqualTo("0");
    assertThat(sam.getJsonObject("ac_channel").getString("value"))
        .isEqualTo("27f675e3739713004a905ee515f6a7c3");
    assertThat(sam.getJsonObject("ap_agent").getString("link"))
        .startsWith(simulator.url() + "/api/now/table/sys_user/");
  }

  @Test
  void referencesCanBeShownOrReducedToTheirIds() {
    String plain = "sysparm_exclude_reference_link=true";
    assertThat(
            caller
                .rows("awa_queue", "name=IT Chat", plain)
                .getJsonObject(0)
                .getString("service_channel"))
        .isEqualTo("27f675e3739713004a905ee515f6a7c3");
    JsonObject shown =
        caller
            .rows("awa_queue", "name=IT Chat", plain, "sysparm_display_value=true")
            .getJsonObject(0);
    assertThat(shown.getString("service_channel")).isEqualTo("Chat");
    JsonObject both =
        caller
            .rows("awa_queue", "name=IT Chat", "sysparm_display_value=all")
            .getJsonObject(0)
            .getJsonObject("schedule");
    assertThat(both.fieldNames()).containsExactlyInAnyOrder("display_value", "value", "link");
  }

  @Test
  void queriesWalkReferencesAndKnowTheOperators() {
    assertThat(names("awa_queue", "active=true^service_channel.name=Chat^ORDERBYDESCname"))
        .isEqualTo("Service Desk Chat,IT Chat,HR Chat");
    assertThat(names("awa_queue", "nameLIKEDesk^ORname=HR Chat^ORDERBYname"))
        .isEqualTo("HR Chat,Service Desk Chat");
    assertThat(names("sys_user", "user_nameINsam.reed,kim.osei^emailENDSWITHexample.org"))
        .isEqualTo("Sam Reed,Kim Osei");
    assertThat(names("awa_queue", "conditionISEMPTY")).isEqualTo("Service Desk Chat");
    assertThat(names("sys_user", "nameSTARTSWITHsam")).isEmpty();
  }

  @Test
  void fieldsLimitWhatIsAnsweredAlsoAcrossReferences() {
    JsonObject row =
        caller
            .rows("awa_queue", "name=IT Chat", "sysparm_fields=name,service_channel.name,nonsense")
            .getJsonObject(0);

    assertThat(row.encode()).isEqualTo("{\"name\":\"IT Chat\",\"service_channel.name\":\"Chat\"}");
  }

  @Test
  void anInvalidPartOfAQueryIsIgnoredWithoutAWord() {
    assertThat(caller.rows("awa_queue", "actve=false^name=IT Chat")).hasSize(1);
    assertThat(caller.rows("awa_queue", "actve=false")).hasSize(3);
  }

  @Test
  void aPropertyMakesInvalidQueriesFindNothing() {
    simulator.misconfigure(Misconfiguration.INVALID_QUERIES_FIND_NOTHING);

    assertThat(caller.rows("awa_queue", "actve=false")).isEmpty();
  }

  @Test
  void aDoubledCaretStandsForItself() {
    simulator.tables().set("awa_queue", "name=IT Chat", "name", "A^B");

    assertThat(caller.rows("awa_queue", "name=A^^B")).hasSize(1);
  }

  @Test
  void versionOneAnswers404ToNothingAndTheOthersAnEmptyList() {
    String query = "/awa_queue?sysparm_query=name%3Dnone";

    assertThat(caller.get("/api/now/v1/table" + query).statusCode()).isEqualTo(404);
    assertThat(caller.get("/api/now/v2/table" + query).statusCode()).isEqualTo(200);
    assertThat(caller.get("/api/now/table" + query).body()).isEqualTo("{\"result\":[]}");
  }

  @Test
  void pagesAreFollowedByLinkAndCounted() {
    HttpResponse<String> page =
        caller.get(
            "/api/now/table/sys_properties?sysparm_limit=5&sysparm_offset=5&sysparm_query=ORDERBYname");

    assertThat(page.headers().firstValue("X-Total-Count")).hasValue("13");
    String link = page.headers().firstValue("Link").orElseThrow();
    assertThat(link)
        .contains("sysparm_offset=0>;rel=\"first\"")
        .contains("sysparm_offset=0>;rel=\"prev\"")
        .contains("sysparm_offset=10>;rel=\"next\"")
        .contains("sysparm_offset=10>;rel=\"last\"")
        .contains("sysparm_query=ORDERBYname");
    assertThat(
            caller
                .get("/api/now/table/sys_properties?sysparm_no_count=true")
                .headers()
                .firstValue("X-Total-Count"))
        .isEmpty();
  }

  @Test
  void hiddenRowsMakeAPageShortThoughMoreExist() {
    simulator.tables().hideFirst("awa_queue", 2);

    HttpResponse<String> page = caller.get("/api/now/table/awa_queue?sysparm_limit=2");
    assertThat(page.body()).isEqualTo("{\"result\":[]}");
    assertThat(page.headers().firstValue("X-Total-Count")).hasValue("3");
  }

  @Test
  void onDemandTheNextPageAloneIsShort() {
    simulator.faults().arm(FaultKind.PAGE_SHORT);

    assertThat(caller.rows("awa_queue", "")).hasSize(2);
    assertThat(caller.rows("awa_queue", "")).hasSize(3);
  }

  @Test
  void anUnreadableTableIs403AndSoAreViewsOverIt() {
    simulator.misconfigure(Misconfiguration.CAPACITY_UNREADABLE);

    assertThat(caller.get("/api/now/table/awa_agent_presence").statusCode()).isEqualTo(200);
    assertThat(caller.get("/api/now/table/awa_agent_capacity").statusCode()).isEqualTo(403);
    HttpResponse<String> view = caller.get("/api/now/table/awa_agent_presence_capacity");
    assertThat(view.statusCode()).isEqualTo(403);
    assertThat(new JsonObject(view.body()).getString("status")).isEqualTo("failure");
  }

  @Test
  void tablesAndRecordsThatDoNotExistAre404() {
    assertThat(caller.get("/api/now/table/nothing").statusCode()).isEqualTo(404);
    assertThat(caller.get("/api/now/table/awa_queue/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void recordsAreCreatedChangedAndDeletedButViewsAreReadOnly() {
    HttpResponse<String> created =
        caller.send(
            "POST",
            "/api/now/table/interaction",
            new JsonObject().put("type", "chat").put("made_up", "x"));
    assertThat(created.statusCode()).isEqualTo(201);
    String id = new JsonObject(created.body()).getJsonObject("result").getString("sys_id");
    String path = "/api/now/table/interaction/" + id;
    caller.send("PATCH", path, new JsonObject().put("work_notes", "a note"));
    assertThat(
            new JsonObject(caller.get(path).body()).getJsonObject("result").getString("work_notes"))
        .isEqualTo("a note");
    assertThat(caller.send("DELETE", path, null).statusCode()).isEqualTo(204);
    assertThat(caller.get(path).statusCode()).isEqualTo(404);
    assertThat(
            caller
                .send("POST", "/api/now/table/awa_agent_presence_capacity", new JsonObject())
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void secretsDoNotComeOut() {
    assertThat(caller.get("/api/now/table/token_verification").body())
        .contains("\"token\":\"********\"")
        .doesNotContain("simulated-token");
  }

  @Test
  void overTheRateLimit429NamesRuleAndTime() {
    simulator.misconfigure(Misconfiguration.TABLES_RATE_LIMITED);
    String rule = simulator.tables().idOf("sys_rate_limit_rules", "Table API");
    HttpResponse<String> last = null;
    for (int i = 0; i < 6; i++) {
      last = caller.get("/api/now/table/awa_queue");
    }

    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("X-RateLimit-Rule")).hasValue(rule);
    assertThat(last.headers().firstValue("X-RateLimit-Limit")).hasValue("5");
    assertThat(last.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 3600L);
    assertThat(last.headers().firstValueAsLong("X-RateLimit-Reset").orElseThrow())
        .isGreaterThan(System.currentTimeMillis() / 1000);
    assertThat(last.body()).contains("Rate limit exceeded");
  }

  @ParameterizedTest
  @EnumSource(Misconfiguration.class)
  void everyMisconfigurationChangesTheInstanceAndIsUndone(Misconfiguration wrong) {
    String before = everything();
    simulator.misconfigure(wrong);
    assertThat(everything()).isNotEqualTo(before);
    simulator.reset();
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void calledWithoutAnAccountItIs401() {
    assertThat(caller.authorization(null).get("/api/now/table/awa_queue").statusCode())
        .isEqualTo(401);
    assertThat(
            caller
                .authorization(Caller.basic("baton.service", "wrong"))
                .get("/api/now/table/awa_queue")
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void oauthGivesTheSameTokenWithTheLifeItHasLeft() {
    JsonObject first = grant("grant_type", "client_credentials");
    JsonObject second = grant("grant_type", "client_credentials");

    assertThat(second.getString("access_token")).isEqualTo(first.getString("access_token"));
    assertThat(second.getInteger("expires_in")).isLessThanOrEqualTo(1800);
    Caller bearer = caller.authorization("Bearer " + first.getString("access_token"));
    assertThat(bearer.get("/api/now/table/awa_queue").statusCode()).isEqualTo(200);
    simulator.faults().arm(Fault.once(FaultKind.TOKEN_EXPIRED).at("table"));
    assertThat(bearer.get("/api/now/table/awa_queue").statusCode()).isEqualTo(401);
    assertThat(grant("grant_type", "client_credentials").getString("access_token"))
        .isNotEqualTo(first.getString("access_token"));
  }

  @Test
  void oauthKnowsPasswordAndRefreshGrantsAndTakesFormsOnly() {
    JsonObject password =
        grant(
            "grant_type",
            "password",
            "username",
            "baton.service",
            "password",
            "simulated-password");
    assertThat(password.getString("token_type")).isEqualTo("Bearer");
    JsonObject again =
        grant("grant_type", "refresh_token", "refresh_token", password.getString("refresh_token"));
    assertThat(again.getString("access_token")).isNotEmpty();
    assertThat(again.containsKey("refresh_token")).isFalse();
    assertThat(
            caller
                .form("/oauth_token.do", "grant_type", "password", "client_id", "simulated-client")
                .statusCode())
        .isEqualTo(401);
    assertThat(
            caller
                .send("POST", "/oauth_token.do", new JsonObject().put("grant_type", "password"))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void faultsAreOrderedOverHttpAndCleared() {
    JsonObject order =
        new JsonObject().put("fault", "throttled").put("call", "table").put("retryAfter", 7);
    assertThat(caller.send("POST", "/simulator/faults", order).statusCode()).isEqualTo(200);

    HttpResponse<String> answer = caller.get("/api/now/table/awa_queue");
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
    caller.send("POST", "/simulator/faults", new JsonObject().put("fault", "queue-missing"));
    assertThat(caller.rows("awa_queue", "")).isEmpty();
    caller.send("DELETE", "/simulator/faults", null);
    assertThat(caller.rows("awa_queue", "")).hasSize(3);
    HttpResponse<String> wrong =
        caller.send("POST", "/simulator/faults", new JsonObject().put("fault", "nonsense"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("BTN-4750");
  }

  private JsonObject grant(String... more) {
    String[] all = new String[more.length + 4];
    System.arraycopy(
        new String[] {"client_id", "simulated-client", "client_secret", "simulated-client-secret"},
        0,
        all,
        0,
        4);
    System.arraycopy(more, 0, all, 4, more.length);
    HttpResponse<String> answer = caller.form("/oauth_token.do", all);
    assertThat(answer.statusCode()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private static String names(String table, String query) {
    return caller.rows(table, query).stream()
        .map(row -> ((JsonObject) row).getString("name"))
        .collect(Collectors.joining(","));
  }

  /** All records but their times, and what may not be read. */
  private static String everything() {
    Tables tables = simulator.tables();
    return tables.names().stream()
        .map(
            table ->
                table
                    + tables.denied(table)
                    + tables.find(table, "").stream()
                        .map(
                            row -> {
                              row.keySet().removeIf(column -> column.endsWith("_on"));
                              return row.toString();
                            })
                        .toList())
        .collect(Collectors.joining("\n"));
  }
}
