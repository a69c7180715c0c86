package dev.baton.simulator.servicenow;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which queue a chat gets into and which agents may take it, as the records say. */
final class Routing {
  private final Tables tables;

  Routing(Tables tables) {
    this.tables = tables;
  }

  /** The queue asked for by {@code LiveAgent_queue}, else the first whose condition holds. */
  Optional<Map<String, String>> queue(VaChat chat) {
    List<Map<String, String>> queues =
        tables.find("awa_queue", "active=true^service_channel.name=Chat^ORDERBYorder");
    String wanted = variable(chat, "queue");
    return queues.stream()
        .filter(queue -> queue.get("sys_id").equals(wanted) || queue.get("name").equals(wanted))
        .findFirst()
        .or(() -> queues.stream().filter(queue -> fits(queue, chat)).findFirst());
  }

  private static boolean fits(Map<String, String> queue, VaChat chat) {
    return EncodedQuery.parse(queue.get("condition"), column -> true)
        .matches(column -> variable(chat, column));
  }

  /** A context variable by its name with or without the prefix, in any case. */
  private static String variable(VaChat chat, String name) {
    return chat.contextVariables.stream()
        .filter(variable -> plain(variable.getKey()).equals(plain(name)))
        .map(variable -> String.valueOf(variable.getValue()))
        .findFirst()
        .orElse("");
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("liveagent_") ? lower.substring(10) : lower;
  }

  /** Whether a pool with a group and an active assignment rule belongs to the queue. */
  boolean staffed(String queue) {
    return !pools(queue).isEmpty();
  }

  private List<Map<String, String>> pools(String queue) {
    return tables.find(
        "awa_eligibility_pool",
        "active=true^queue=" + queue + "^groupsISNOTEMPTY^assignment_rule.active=true");
  }

  /** Whether no span of its schedule shuts the queue; of spans only their type counts here. */
  boolean open(Map<String, String> queue) {
    return tables
        .first("cmn_schedule_span", "type=exclude^schedule=" + queue.get("schedule"))
        .isEmpty();
  }

  /** Agents of the queue's groups who are present and take chats, however many they have. */
  List<String> present(String queue) {
    Set<String> groups =
        pools(queue).stream()
            .flatMap(pool -> Arrays.stream(pool.get("groups").split(",", -1)))
            .collect(Collectors.toSet());
    return tables
        .find(
            "awa_agent_presence_capacity",
            "aca_available=true^ac_channel.name=Chat^ap_current_presence_state.available=true")
        .stream()
        .map(row -> row.get("ac_user"))
        .filter(user -> groups.stream().anyMatch(group -> member(user, group)))
        .toList();
  }

  private boolean member(String user, String group) {
    return tables.first("sys_user_grmember", "user=" + user + "^group=" + group).isPresent();
  }

  /** Why an agent cannot take a chat of the queue; empty when he can. */
  Optional<String> hindrance(VaChat chat, String agent) {
    if (agent.equals(chat.openedFor)) {
      return Optional.of("The requester is the agent, who cannot take his own chat");
    }
    if (tables.first("sys_user_has_role", "user=" + agent + "^role.name=awa_agent").isEmpty()) {
      return Optional.of("The agent lacks the role awa_agent");
    }
    if (!present(chat.queueId).contains(agent)) {
      return Optional.of("The agent is not available for chats of this queue");
    }
    if (free(agent) <= 0) {
      return Optional.of("The agent has no capacity left");
    }
    return Optional.empty();
  }

  int free(String agent) {
    return capacity(agent)
        .map(
            row ->
                Integer.parseInt(row.get("applied_max_capacity"))
                    - Integer.parseInt(row.get("workload")))
        .orElse(0);
  }

  /** Adds to the agent's workload, or takes from it. */
  void load(String agent, int chats) {
    capacity(agent)
        .ifPresent(
            row ->
                tables.put(
                    "awa_agent_capacity",
                    row.get("sys_id"),
                    "workload",
                    String.valueOf(Math.max(0, Integer.parseInt(row.get("workload")) + chats))));
  }

  private Optional<Map<String, String>> capacity(String agent) {
    return tables.first("awa_agent_capacity", "user=" + agent + "^channel.name=Chat");
  }
}
