package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The agents of the queues: BTN-2308 and BTN-2323. */
final class AgentChecks {
  static final String ROLE = "awa_agent";

  private AgentChecks() {}

  /**
   * @param pools assignment eligibilities of the queues
   * @param members of the groups in them
   */
  static Finding group(Target target, Rows pools, Rows members) {
    Finding.About about = Symptom.NO_AGENTS.about(target, "agents' group");
    if (!pools.readable()) {
      return pools.unseen(about, "the group in the queue's assignment eligibility");
    }
    if (!members.readable()) {
      return members.unseen(about, "the members of the group in the assignment eligibility");
    }
    if (RoutingChecks.groups(pools).isEmpty()) {
      return about.fail(
          "no group is eligible", "see the eligibility pool", "add a group to the queue's pool");
    }
    int people = members.values("user").size();
    return people == 0
        ? about.fail(
            "the eligible groups have no members",
            "agents were not added to the group",
            "add the agents to the group")
        : about.ok(people + (people == 1 ? " member" : " members"));
  }

  /**
   * @param roles rows of sys_user_has_role for the members with the agent's role
   */
  static Finding role(Target target, Rows members, Rows roles) {
    Finding.About about = Symptom.CANNOT_ACCEPT.about(target, "agents' role");
    if (!roles.readable()) {
      return roles.unseen(about, "every agent needs the role " + ROLE);
    }
    Set<String> without = members.values("user");
    int all = without.size();
    without.removeAll(roles.values("user"));
    if (without.isEmpty()) {
      return about.ok(all == 0 ? "nobody to have " + ROLE : "all members have " + ROLE);
    }
    String seen = without.size() + " of " + all + " members do not have " + ROLE;
    String cause = "without the role an agent sees no inbox and cannot accept";
    String remedy = "give the group the role " + ROLE;
    return without.size() == all
        ? about.fail(seen, cause, remedy)
        : about.warn(seen, cause, remedy);
  }

  /**
   * @param capacities rows of the members for the chat channel
   */
  static Finding capacity(Target target, Rows members, Rows capacities) {
    Finding.About about = Symptom.CANNOT_ACCEPT.about(target, "agents' capacity");
    if (!capacities.readable()) {
      return capacities.unseen(about, "capacity of the agents for the service channel Chat");
    }
    Set<String> people = members.values("user");
    Rows own = capacities.where(row -> people.contains(row.get("user")));
    if (own.isEmpty()) {
      return about.ok("no agent has an entry yet; the channel's preset holds");
    }
    Rows none =
        own.where(
            row -> row.has("applied_max_capacity") && row.number("applied_max_capacity") <= 0);
    if (none.isEmpty()) {
      return about.ok("every agent may take chats");
    }
    String seen = none.all().size() + " of " + own.all().size() + " agents have capacity 0";
    String cause = "an agent without capacity for the channel is never offered a chat";
    String remedy = "raise the capacity of the agent, or of the service channel";
    return none.all().size() == own.all().size()
        ? about.fail(seen, cause, remedy)
        : about.warn(seen, cause, remedy);
  }

  /**
   * What the agents say about themselves; BTN-2301.
   *
   * @param presences rows of awa_agent_presence
   */
  static Finding presence(Target target, Rows members, Rows presences) {
    Finding.About about = Symptom.NO_AGENTS.about(target, "agents' presence");
    if (!presences.readable()) {
      return presences.unseen(about, "the agents' presence in Advanced Work Assignment");
    }
    Set<String> people = members.values("user");
    Rows own = presences.where(row -> people.contains(row.get("agent")));
    if (people.isEmpty()) {
      return about.ok("nobody to be present");
    }
    if (own.isEmpty()) {
      return about.warn(
          "none of the " + people.size() + " members has ever set one",
          "agents go online in the workspace; being logged in is not enough",
          "let an agent open the workspace's inbox and choose Available");
    }
    Map<String, Long> states =
        own.all().stream()
            .collect(
                Collectors.groupingBy(AgentChecks::state, TreeMap::new, Collectors.counting()));
    return about.ok(
        states.entrySet().stream()
            .map(state -> state.getKey() + ": " + state.getValue())
            .collect(Collectors.joining(", ")));
  }

  private static String state(Rows.Row row) {
    String name = row.get("current_presence_state.name");
    return name.isBlank() ? "unnamed state" : name;
  }

  /**
   * Whether the customer who is examined is one of the agents.
   *
   * @param accounts users by e-mail
   */
  static Finding requester(Target target, Rows members, Rows accounts) {
    Finding.About about = Symptom.CANNOT_ACCEPT.about(target, "customer is not an agent");
    Set<String> both = new TreeSet<>(accounts.values("sys_id"));
    both.retainAll(members.values("user"));
    return both.isEmpty()
        ? about.ok(
            target.customer() == null
                ? "not examined; --user names a customer"
                : target.customer() + " is not in the agents' group")
        : about.warn(
            target.customer() + " is in the agents' group",
            "nobody can accept a chat with oneself",
            "test with a customer who is not an agent");
  }

  /**
   * BTN-2308.
   *
   * @param view the view over presence, capacity and channel availability
   * @param presence one of its tables
   * @param capacity the other
   */
  static Finding rights(Target target, Rows view, Rows presence, Rows capacity) {
    Finding.About about = Symptom.AVAILABILITY_FORBIDDEN.about(target, "right to see availability");
    if (view.readable() && !view.isEmpty()) {
      return about.ok("readable");
    }
    Set<String> refused = new TreeSet<>();
    for (Rows rows : new Rows[] {presence, capacity, view}) {
      if (!rows.readable()) {
        refused.add(rows.table());
      }
    }
    if (refused.isEmpty()) {
      return presence.isEmpty()
          ? about.warn(
              "the view and its tables are empty",
              "no agent has ever been present, or access rules hide the rows",
              "let an agent log in once; else give the service account the roles for it")
          : about.ok("readable");
    }
    String seen = "not readable: " + String.join(", ", refused);
    String cause =
        "the service account has no role that allows it; a 403 means unknown, not nobody";
    String remedy = "let it read awa_agent_presence and awa_agent_capacity";
    return target.availability()
        ? about.fail(seen, cause, remedy + ", or set " + target.option("availability") + "=off")
        : about.warn(seen, cause, remedy);
  }
}
