package dev.baton.hub.servicenow.doctor;

import dev.baton.configuration.Settings;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.Level;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tables in memory, filled as on an instance where everything is set up well. */
final class FakeInstance implements TableApi {
  static final String CHAT = "27f675e3739713004a905ee515f6a7c3";
  static final String OURS = "https://baton.example.com/hubs/it/events";
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final Map<String, List<Map<String, String>>> tables = new HashMap<>();
  private final Map<String, TableProblem> problems = new HashMap<>();
  final List<String> queries = new ArrayList<>();

  private Target.MessageAuth messageAuth = Target.MessageAuth.TOKEN;
  private boolean oauth;
  private boolean uploads;
  private String queue;
  private String customer;
  private String callbackUser = "servicenow";
  private List<String> bots = List.of("support");

  FakeInstance() {
    properties();
    application("4.0.5");
    callbacks();
    messageAuth();
    channel();
    routing();
    agent("a1", "3");
    agent("a2", "2");
    for (String empty :
        List.of(
            "interaction",
            "awa_work_item",
            "sys_cs_ca_message",
            "syslog",
            "sys_rate_limit_rules",
            "sn_va_as_service_outbound_configuration",
            "http_connection",
            "provider_user_map",
            "hash_message_verification")) {
      tables.put(empty, new ArrayList<>());
    }
    add(
        "sys_user",
        "sys_id",
        "c1",
        "email",
        "pat@example.org",
        "active",
        "true",
        "locked_out",
        "0");
  }

  private void properties() {
    add("sys_properties", "name", ChannelChecks.EXCLUDED, "value", "");
  }

  void application(String version) {
    add(
        "sys_store_app",
        "scope",
        "sn_va_as_service",
        "name",
        "VA API",
        "version",
        version,
        "active",
        "true");
    add("sys_ws_operation", "name", "BOT Integration", "active", "true");
  }

  private void callbacks() {
    add(
        "sys_rest_message",
        "sys_id",
        "m1",
        "name",
        "VA Bot to Bot",
        "rest_endpoint",
        OURS,
        "basic_auth_profile",
        "p1");
    add(
        "sys_rest_message_fn",
        "rest_message",
        "m1",
        "function_name",
        "postMessage",
        "rest_endpoint",
        OURS);
    add("sys_auth_profile_basic", "sys_id", "p1", "username", "servicenow");
  }

  private void messageAuth() {
    add("token_verification", "sys_id", "t1", "name", "Baton token");
    add(
        "message_auth",
        "sys_id",
        "ma1",
        "name",
        "Baton auth",
        "inbound_message_verification",
        "t1");
    add(
        "sys_cs_provider_application",
        "sys_id",
        "pa1",
        "name",
        "VA Bot to Bot Provider Application",
        "inbound_id",
        "VA_B2B",
        "message_auth",
        "ma1",
        "trusted_media_domains",
        "example.com");
  }

  private void channel() {
    add(
        "sys_cs_channel",
        "name",
        "Bot to Bot",
        "synchronous",
        "false",
        "support_typing_indicator",
        "true");
    add(
        "sys_cs_custom_adapter_property",
        "provider_application",
        "pa1",
        "name",
        "third_party_chat",
        "value",
        "true");
    add(
        "sys_cs_provider",
        "name",
        "VA Bot to Bot Provider",
        "automatic_link_enabled",
        "true",
        "link_account_enabled",
        "true",
        "automatic_link_action",
        "link",
        "maintain_message_ordering",
        "true");
  }

  private void routing() {
    add(
        "awa_queue",
        "sys_id",
        "q1",
        "name",
        "IT Chat",
        "active",
        "true",
        "service_channel",
        CHAT,
        "schedule",
        "");
    add("awa_eligibility_pool", "queue", "q1", "groups", "g1", "assignment_rule", "r1");
    add("awa_assignment_rule", "sys_id", "r1", "name", "Most capacity", "active", "true");
  }

  private void agent(String id, String capacity) {
    add("sys_user_grmember", "group", "g1", "user", id);
    add("sys_user_has_role", "user", id, "role.name", "awa_agent");
    add("awa_agent_presence", "agent", id, "current_presence_state.name", "Available");
    add(
        "awa_agent_capacity",
        "user",
        id,
        "channel",
        CHAT,
        "workload",
        "0",
        "applied_max_capacity",
        capacity);
    add(
        "awa_agent_presence_capacity",
        "ap_agent",
        id,
        "ac_user",
        id,
        "ac_channel",
        CHAT,
        "ac_workload",
        "0",
        "ac_applied_max_capacity",
        capacity,
        "aca_service_channel",
        CHAT,
        "aca_available",
        "true");
  }

  FakeInstance add(String table, String... pairs) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      row.put(pairs[i], pairs[i + 1]);
    }
    tables.computeIfAbsent(table, unused -> new ArrayList<>()).add(row);
    return this;
  }

  /** In every row. */
  FakeInstance set(String table, String column, String value) {
    tables.get(table).forEach(row -> row.put(column, value));
    return this;
  }

  FakeInstance drop(String table, String column) {
    tables.get(table).forEach(row -> row.remove(column));
    return this;
  }

  FakeInstance empty(String table) {
    tables.get(table).clear();
    return this;
  }

  FakeInstance property(String name, String value) {
    return add("sys_properties", "name", name, "value", value);
  }

  FakeInstance problem(String table, TableProblem.Kind kind, String message) {
    problems.put(table, new TableProblem(kind, message));
    return this;
  }

  FakeInstance forbidden(String... names) {
    for (String name : names) {
      problem(name, TableProblem.Kind.FORBIDDEN, "HTTP 403");
    }
    return this;
  }

  FakeInstance version(String version) {
    return set("sys_store_app", "version", version);
  }

  /** As from application 4.1 on. */
  FakeInstance connection(String url) {
    version("4.1.2");
    add(
        "sn_va_as_service_outbound_configuration",
        "name",
        "conf",
        "provider_application",
        "pa1",
        "rest_connection",
        "al1");
    return add(
        "http_connection",
        "name",
        "Bot Connection",
        "connection_alias",
        "al1",
        "connection_url",
        url,
        "credential",
        "p1",
        "active",
        "true");
  }

  FakeInstance batonHas(Target.MessageAuth auth) {
    messageAuth = auth;
    return this;
  }

  FakeInstance oauth() {
    oauth = true;
    return this;
  }

  FakeInstance uploads() {
    uploads = true;
    return this;
  }

  FakeInstance onlyQueue(String name) {
    queue = name;
    return this;
  }

  FakeInstance customer(String email) {
    customer = email;
    return this;
  }

  FakeInstance noBotHandsOff() {
    bots = List.of();
    return this;
  }

  FakeInstance callbackUser(String user) {
    callbackUser = user;
    return this;
  }

  List<Finding> examine() {
    Map<String, String> configuration = new TreeMap<>();
    configuration.put("baton.hubs.it.type", "routes");
    configuration.put("baton.hubs.it.url", "https://instance.example.com");
    configuration.put("baton.hubs.other.type", "desk");
    configuration.put("baton.desk.open", "true");
    configuration.put("baton.bots.support.secret", "s3cr3t-1");
    configuration.put("baton.bots.support.hubs", bots.isEmpty() ? "other" : "it");
    Target target =
        new Target(
            "it",
            URI.create("https://instance.example.com"),
            "baton.service",
            oauth,
            messageAuth,
            List.of(URI.create(OURS)),
            true,
            CHAT,
            queue,
            null,
            uploads,
            "baton.example.com",
            customer);
    return new Examination(target, new Tables(this), Settings.of(configuration), callbackUser, NOW)
        .run();
  }

  /** The worst finding with this code. */
  Finding finding(Symptom symptom) {
    return examine().stream()
        .filter(finding -> finding.code().equals(symptom.code()))
        .max((a, b) -> rank(a.level()) - rank(b.level()))
        .orElseThrow();
  }

  private static int rank(Level level) {
    return List.of(Level.OK, Level.PASSIVE, Level.WARN, Level.FAIL).indexOf(level);
  }

  @Override
  public List<Map<String, String>> rows(String table, String query, List<String> fields, int limit)
      throws TableProblem {
    queries.add(table + "?" + query);
    if (problems.containsKey(table)) {
      throw problems.get(table);
    }
    List<Map<String, String>> all = tables.get(table);
    if (all == null) {
      throw new TableProblem(TableProblem.Kind.NO_TABLE, "there is no table " + table + " here");
    }
    // Like ServiceNow when it does not understand a condition: everything comes, as far as asked.
    List<Map<String, String>> rows = new ArrayList<>();
    Set<String> wanted = new TreeSet<>(fields);
    for (Map<String, String> row : all) {
      Map<String, String> copy = new LinkedHashMap<>(row);
      copy.keySet().retainAll(wanted);
      rows.add(copy);
    }
    return rows;
  }
}
