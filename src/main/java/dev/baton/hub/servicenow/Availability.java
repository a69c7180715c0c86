package dev.baton.hub.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.hub.servicenow.ServiceNowConfig.AvailabilityCheck;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whether an agent could take a conversation now. What cannot be read, or is empty, means that
 * nobody knows: the table shows no rows to an account without the right to see them. Source: view
 * {@code awa_agent_presence_capacity}, one row for each agent and channel.
 */
final class Availability {
  private static final Logger LOG = LoggerFactory.getLogger(Availability.class);
  private static final String VIEW = "awa_agent_presence_capacity";
  private static final String FIELDS =
      "ap_agent,ac_user,ac_channel,aca_service_channel,aca_available,ac_workload,"
          + "ac_applied_max_capacity";
  private static final Map<String, Object> UNKNOWN = Map.of("state", "UNKNOWN");

  private final TableClient tables;
  private final QueueSchedule schedule;

  Availability(TableClient tables, QueueSchedule schedule) {
    this.tables = tables;
    this.schedule = schedule;
  }

  /** The answer of the hub's {@code availability}. Blocks, never throws. */
  Map<String, Object> ask(ServiceNowConfig config) {
    if (config.availability() == AvailabilityCheck.OFF) {
      return UNKNOWN;
    }
    try {
      if (schedule.closed(config)) {
        return Map.of("state", "UNAVAILABLE", "reason", "CLOSED");
      }
      return agents(config);
    } catch (IOException e) {
      LOG.warn("Hub {}: whether agents are there is not known: {}", config.hub(), e.getMessage());
      return UNKNOWN;
    }
  }

  private Map<String, Object> agents(ServiceNowConfig config) throws IOException {
    TableClient.Answer online =
        read(config, "aca_available=true", this::available, Integer.MAX_VALUE);
    List<JsonNode> rows = online.rows();
    if (rows.isEmpty()) {
      // Who is shown that there are agents at all can tell that none of them is available.
      TableClient.Answer any = online.isRead() ? read(config, "", row -> true, 1) : online;
      return any.rows().isEmpty() ? unknown(config, any) : nobody(config, "nobody is online");
    }
    if (config.availability() == AvailabilityCheck.GROUP) {
      Set<String> members = members(config);
      if (members.isEmpty()) {
        return UNKNOWN;
      }
      rows = rows.stream().filter(row -> members.contains(agent(row))).toList();
      if (rows.isEmpty()) {
        return nobody(config, "nobody of the queue's groups is online");
      }
    }
    boolean load =
        config.availability() == AvailabilityCheck.CAPACITY
            || config.availability() == AvailabilityCheck.GROUP;
    if (load && rows.stream().allMatch(Availability::full)) {
      return nobody(config, rows.size() + " online, all of them full");
    }
    return Map.of("state", "AVAILABLE");
  }

  private TableClient.Answer read(
      ServiceNowConfig config, String query, Predicate<JsonNode> wanted, int enough)
      throws IOException {
    boolean plain = config.availability() == AvailabilityCheck.PLAIN;
    String channel = "ac_channel=" + TableQuery.value(config.channel());
    String whole = plain ? query : query.isEmpty() ? channel : query + "^" + channel;
    Predicate<JsonNode> ofChannel = row -> plain || ofChannel(row, config.channel());
    return tables.read(
        config, TableQuery.all(VIEW, whole, FIELDS).enough(enough), ofChannel.and(wanted));
  }

  private boolean available(JsonNode row) {
    return "true".equalsIgnoreCase(TableClient.text(row, "aca_available"));
  }

  private static Map<String, Object> unknown(ServiceNowConfig config, TableClient.Answer answer) {
    LOG.warn(
        "BTN-2308 Hub {}: {} shows nothing to this account ({}), so whether agents are there is"
            + " not known",
        config.hub(),
        VIEW,
        answer.isRead() ? "no rows" : answer.detail());
    return UNKNOWN;
  }

  private static Map<String, Object> nobody(ServiceNowConfig config, String why) {
    LOG.info("BTN-2301 Hub {}: {}", config.hub(), why);
    return Map.of("state", "UNAVAILABLE", "reason", "NO_AGENT");
  }

  private static boolean ofChannel(JsonNode row, String channel) {
    String own = TableClient.text(row, "ac_channel");
    return channel.equals(own.isEmpty() ? TableClient.text(row, "aca_service_channel") : own);
  }

  private static boolean full(JsonNode row) {
    BigDecimal capacity = number(row, "ac_applied_max_capacity");
    BigDecimal load = number(row, "ac_workload");
    return capacity != null && load != null && load.compareTo(capacity) >= 0;
  }

  private static BigDecimal number(JsonNode row, String field) {
    try {
      return new BigDecimal(TableClient.text(row, field).strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String agent(JsonNode row) {
    String agent = TableClient.text(row, "ap_agent");
    return agent.isEmpty() ? TableClient.text(row, "ac_user") : agent;
  }

  /** Who is in a group of the queue's eligibility pool; empty when that cannot be read. */
  private Set<String> members(ServiceNowConfig config) throws IOException {
    Set<String> groups = new HashSet<>(config.list("groups"));
    if (groups.isEmpty() && config.isSet("queue")) {
      String queue = config.text("queue");
      TableClient.Answer pools =
          tables.read(
              config,
              TableQuery.all(
                  "awa_eligibility_pool", "queue=" + TableQuery.value(queue), "queue,groups"),
              row -> TableClient.text(row, "queue").equals(queue));
      pools.rows().forEach(row -> groups.addAll(split(TableClient.text(row, "groups"))));
    }
    Set<String> members = new HashSet<>();
    if (!groups.isEmpty()) {
      TableClient.Answer found =
          tables.read(
              config,
              TableQuery.all(
                  "sys_user_grmember", "groupIN" + String.join(",", groups), "user,group"),
              row -> groups.contains(TableClient.text(row, "group")));
      found.rows().forEach(row -> members.add(TableClient.text(row, "user")));
    }
    if (members.isEmpty()) {
      LOG.warn("BTN-2308 Hub {}: the members of the queue's groups cannot be read", config.hub());
    }
    return members;
  }

  private static List<String> split(String list) {
    return Arrays.stream(list.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
