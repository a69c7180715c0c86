package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Whether a chat finds its way to a group: BTN-2302. A chat needs an active queue of the chat
 * channel, an assignment eligibility of that queue with a rule, and a group in it.
 */
final class RoutingChecks {
  private RoutingChecks() {}

  /** The chat queues in question: active, and the configured one if one is configured. */
  static Rows inQuestion(Target target, Rows queues) {
    return queues.where(
        row ->
            !row.isFalse("active")
                && (target.queue() == null
                    || target.queue().equals(row.get("sys_id"))
                    || target.queue().equalsIgnoreCase(row.get("name"))));
  }

  /**
   * @param queues all queues of the chat channel
   */
  static Finding queue(Target target, Rows queues) {
    Finding.About about = Symptom.CLOSED_AT_ONCE.about(target, "chat queue");
    if (!queues.readable()) {
      return queues.unseen(about, "Advanced Work Assignment > Queues");
    }
    Rows wanted = inQuestion(target, queues);
    if (!wanted.isEmpty()) {
      return about.ok(String.join(", ", wanted.values("name")));
    }
    String none = target.queue() == null ? "" : " named " + target.queue();
    return about.fail(
        queues.isEmpty()
            ? "the chat channel has no queue" + none
            : "no active queue" + none + " among: " + String.join(", ", queues.values("name")),
        "without a queue ServiceNow closes the interaction as soon as it is created",
        "create or activate a queue of the Chat service channel, with a condition that matches");
  }

  /**
   * @param pools assignment eligibilities of the queues
   */
  static Finding pool(Target target, Rows queues, Rows pools) {
    Finding.About about = Symptom.CLOSED_AT_ONCE.about(target, "eligibility pool");
    if (!pools.readable()) {
      return pools.unseen(about, "Assignment eligibility on the queue's form");
    }
    Set<String> bare = new TreeSet<>();
    for (Rows.Row queue : queues.all()) {
      boolean groups =
          pools.all().stream()
              .anyMatch(
                  pool -> pool.get("queue").equals(queue.get("sys_id")) && !pool.isEmpty("groups"));
      if (!groups) {
        bare.add(queue.get("name"));
      }
    }
    if (bare.isEmpty()) {
      return about.ok("every queue has a group");
    }
    String seen = "no group is eligible for: " + String.join(", ", bare);
    String cause = "the queue has no assignment eligibility, or one without a group";
    String remedy = "add an assignment eligibility with the agents' group to the queue";
    return bare.size() == queues.all().size()
        ? about.fail(seen, cause, remedy)
        : about.warn(seen, cause, remedy);
  }

  /**
   * @param rules active assignment rules
   */
  static Finding rule(Target target, Rows pools, Rows rules) {
    Finding.About about = Symptom.CLOSED_AT_ONCE.about(target, "assignment rule");
    String remedy = "choose an active assignment rule in the queue's assignment eligibility";
    if (!rules.readable()) {
      return rules.unseen(about, remedy);
    }
    if (rules.isEmpty()) {
      return about.fail("there is no active one", "all were deleted or deactivated", remedy);
    }
    Set<String> active = rules.values("sys_id");
    Rows named = pools.where(row -> row.has("assignment_rule"));
    boolean without =
        named.all().stream().anyMatch(row -> !active.contains(row.get("assignment_rule")));
    return without
        ? about.fail(
            "an assignment eligibility has none that is active",
            "nobody decides who gets the work item, so it stays in the queue",
            remedy)
        : about.ok(String.join(", ", rules.values("name")));
  }

  /** Groups of a pool: a list of sys_ids. */
  static Set<String> groups(Rows pools) {
    return list(pools, row -> row.get("groups"));
  }

  private static Set<String> list(Rows rows, Function<Rows.Row, String> column) {
    List<String> all = new ArrayList<>();
    rows.all().forEach(row -> all.addAll(List.of(column.apply(row).split("\\s*,\\s*"))));
    Set<String> set = new TreeSet<>(all);
    set.remove("");
    return set;
  }

  /**
   * @param interactions the newest chats, of the examined customer if there is one
   */
  static Finding interactions(Target target, Rows interactions) {
    Finding.About about = Symptom.CLOSED_AT_ONCE.about(target, "latest chats");
    if (!interactions.readable()) {
      return interactions.unseen(about, "interaction list: closed ones with an empty queue");
    }
    if (interactions.isEmpty()) {
      return about.ok("there are none yet");
    }
    long lost =
        interactions.all().stream()
            .filter(row -> row.isFalse("active") && row.has("queue") && row.isEmpty("queue"))
            .filter(row -> row.isEmpty("assigned_to"))
            .count();
    String seen = lost + " of " + interactions.all().size() + " ended without a queue";
    if (lost == 0) {
      return about.ok(seen);
    }
    boolean newest =
        interactions.all().get(0).isFalse("active") && interactions.all().get(0).isEmpty("queue");
    String cause = "no queue's condition matched, or the customer left before";
    String remedy = "open such an interaction and compare it with the conditions of the queues";
    return newest && target.customer() != null
        ? about.fail(seen + ", the newest too", cause, remedy)
        : about.warn(seen, cause, remedy);
  }
}
