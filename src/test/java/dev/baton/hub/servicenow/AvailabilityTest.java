package dev.baton.hub.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.hub.servicenow.Instance.Answer;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
  private static final String VIEW = "awa_agent_presence_capacity";
  private static final String CHAT = ServiceNowConfig.CHAT_CHANNEL;
  private static Instance instance;

  @BeforeAll
  static void start() {
    instance = new Instance();
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  @BeforeEach
  void healthy() {
    instance.healthy();
  }

  @Test
  void offAsksNothing() {
    assertThat(ask(Map.of("availability", "off"))).isEqualTo("UNKNOWN");
    assertThat(instance.calls).isEmpty();
  }

  @Test
  void plainIsContentWithAnyAgentWhoIsOnline() {
    instance.table(VIEW, agent("a", "other-channel", "true", "3", "3"));
    assertThat(ask(Map.of("availability", "plain"))).isEqualTo("AVAILABLE");
    assertThat(instance.calls.get(0).query()).contains("aca_available=true").doesNotContain(CHAT);
  }

  @Test
  void byChannelCountsOnlyAgentsOfTheChannel() {
    instance.table(
        VIEW, agent("a", "other-channel", "true", "0", "3"), agent("b", CHAT, "false", "0", "3"));
    assertThat(ask(Map.of("availability", "channel"))).isEqualTo("UNAVAILABLE NO_AGENT");
    instance.table(VIEW, agent("b", CHAT, "true", "3", "3"));
    assertThat(ask(Map.of("availability", "channel"))).isEqualTo("AVAILABLE");
  }

  @Test
  void capacityComparesWorkloadsAndIsTheDefault() {
    try (Logged logged = new Logged()) {
      instance.table(VIEW, agent("a", CHAT, "true", "3", "3"), agent("b", CHAT, "true", "2", "2"));
      assertThat(ask(Map.of())).isEqualTo("UNAVAILABLE NO_AGENT");
      assertThat(logged.of("BTN-2301").get(0)).contains("2 online, all of them full");
    }
    instance.table(VIEW, agent("a", CHAT, "true", "3", "3"), agent("b", CHAT, "true", "10", "12"));
    assertThat(ask(Map.of())).isEqualTo("AVAILABLE");
  }

  @Test
  void groupCountsOnlyAgentsWhoMayTakeTheQueue() {
    instance.table(VIEW, agent("a", CHAT, "true", "0", "3"));
    instance.table("awa_eligibility_pool", Map.of("queue", "q1", "groups", "g1,g2"));
    instance.table("sys_user_grmember", Map.of("user", "b", "group", "g2"));
    Map<String, String> byGroup = Map.of("availability", "group", "queue", "q1");
    assertThat(ask(byGroup)).isEqualTo("UNAVAILABLE NO_AGENT");
    instance.table("sys_user_grmember", Map.of("user", "a", "group", "g2"));
    assertThat(ask(byGroup)).isEqualTo("AVAILABLE");
    instance.answer("/api/now/table/sys_user_grmember", Answer.json(403, "{}"));
    assertThat(ask(byGroup)).isEqualTo("UNKNOWN");
  }

  @Test
  void forbiddenOrEmptyMeansThatNobodyKnows() {
    try (Logged logged = new Logged()) {
      instance.answer(
          "/api/now/table/" + VIEW, Answer.json(403, "{\"error\":{\"message\":\"ACL\"}}"));
      assertThat(ask(Map.of())).isEqualTo("UNKNOWN");
      instance.table(VIEW);
      assertThat(ask(Map.of())).isEqualTo("UNKNOWN");
      assertThat(logged.of("BTN-2308")).hasSize(2);
    }
  }

  @Test
  void anInstanceThatIsAsleepOrFailsMeansThatNobodyKnows() {
    instance.answer("/api/now/table/" + VIEW, new Answer(200, "text/html", "<html>", Map.of()));
    assertThat(ask(Map.of())).isEqualTo("UNKNOWN");
    instance.answer("/api/now/table/" + VIEW, Answer.json(500, "{}"));
    assertThat(ask(Map.of())).isEqualTo("UNKNOWN");
    instance.answer("/api/now/table/" + VIEW, Answer.json(429, "{}").with("Retry-After", "9"));
    assertThat(ask(Map.of())).isEqualTo("UNKNOWN");
  }

  @Test
  void theQueuesScheduleTellsThatItIsClosed() {
    instance.table(VIEW, agent("a", CHAT, "true", "0", "3"));
    instance.table("awa_queue", Map.of("sys_id", "q1", "active", "true", "schedule", "s1"));
    instance.table("cmn_schedule", Map.of("sys_id", "s1", "time_zone", "Europe/Berlin"));
    instance.table("cmn_schedule_span", span("20260101T090000", "20260101T170000", "weekdays", ""));
    Map<String, String> keys = Map.of("queue", "q1", "queue-schedule", "true");
    // A Monday in March: Berlin is an hour ahead of UTC.
    assertThat(ask(keys, "2026-03-02T07:59:00Z")).isEqualTo("UNAVAILABLE CLOSED");
    assertThat(ask(keys, "2026-03-02T08:01:00Z")).isEqualTo("AVAILABLE");
    assertThat(ask(keys, "2026-03-02T16:01:00Z")).isEqualTo("UNAVAILABLE CLOSED");
    assertThat(ask(keys, "2026-03-07T10:00:00Z")).isEqualTo("UNAVAILABLE CLOSED");
    instance.table("awa_queue", Map.of("sys_id", "q1", "active", "false", "schedule", ""));
    assertThat(ask(keys, "2026-03-02T10:00:00Z")).isEqualTo("UNAVAILABLE CLOSED");
  }

  @Test
  void aScheduleThatIsNotUnderstoodClosesNothing() {
    instance.table(VIEW, agent("a", CHAT, "true", "0", "3"));
    instance.table("awa_queue", Map.of("sys_id", "q1", "active", "true", "schedule", "s1"));
    instance.table("cmn_schedule_span", span("20260101T090000", "20260101T170000", "yearly", ""));
    assertThat(ask(Map.of("queue", "q1", "queue-schedule", "true"), "2026-03-07T10:00:00Z"))
        .isEqualTo("AVAILABLE");
  }

  @Test
  void aWeeklySpanHoldsOnItsDaysAndMayGoOverMidnight() {
    instance.table(VIEW, agent("a", CHAT, "true", "0", "3"));
    instance.table("awa_queue", Map.of("sys_id", "q1", "active", "true", "schedule", "s1"));
    instance.table(
        "cmn_schedule_span", span("20260105T220000Z", "20260106T020000Z", "weekly", "13"));
    Map<String, String> keys = Map.of("queue", "q1", "queue-schedule", "true");
    assertThat(ask(keys, "2026-03-02T23:00:00Z")).isEqualTo("AVAILABLE");
    assertThat(ask(keys, "2026-03-03T01:00:00Z")).isEqualTo("AVAILABLE");
    assertThat(ask(keys, "2026-03-03T23:00:00Z")).isEqualTo("UNAVAILABLE CLOSED");
    assertThat(ask(keys, "2026-03-04T23:00:00Z")).isEqualTo("AVAILABLE");
  }

  private static Map<String, String> agent(
      String user, String channel, String available, String load, String capacity) {
    return Map.of(
        "ap_agent", user,
        "ac_channel", channel,
        "aca_available", available,
        "ac_workload", load,
        "ac_applied_max_capacity", capacity);
  }

  private static Map<String, String> span(String start, String end, String repeat, String days) {
    return Map.of(
        "schedule", "s1",
        "start_date_time", start,
        "end_date_time", end,
        "repeat_type", repeat,
        "days_of_week", days,
        "repeat_count", "1");
  }

  private static String ask(Map<String, String> keys) {
    return ask(keys, "2026-03-02T10:00:00Z");
  }

  private static String ask(Map<String, String> keys, String at) {
    Map<String, String> all = new HashMap<>(keys);
    all.put("url", instance.url());
    all.put("username", "svc");
    all.put("password", "pw");
    Clock clock = Clock.fixed(Instant.parse(at), ZoneOffset.UTC);
    HttpClient client = HttpClient.newHttpClient();
    TableClient tables =
        new TableClient(
            new InstanceClient(client, new Credentials(new OAuthTokens(client, clock))));
    Map<String, Object> answer =
        new Availability(tables, new QueueSchedule(tables, clock))
            .ask(new ServiceNowConfig("it", TestProperties.of(all)));
    return answer.get("state") + (answer.containsKey("reason") ? " " + answer.get("reason") : "");
  }
}
