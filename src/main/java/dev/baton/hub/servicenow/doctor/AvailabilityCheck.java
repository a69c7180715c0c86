package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;
import java.util.Set;

/** Whether somebody could take a chat now, and if not, why: BTN-2301. */
final class AvailabilityCheck {
  private AvailabilityCheck() {}

  /**
   * @param view one row per agent and channel
   * @param members of the eligible groups; when unknown, everybody counts
   * @param queues in question
   */
  static Finding look(Target target, Rows view, Rows members, Rows queues) {
    Finding.About about = Symptom.NO_AGENTS.about(target, "available agents");
    if (!view.readable()) {
      return view.unseen(about, "the agents' presence in Advanced Work Assignment");
    }
    Set<String> people = members.values("user");
    Rows own = view.where(row -> people.isEmpty() || people.contains(agent(row)));
    Rows available = own.where(row -> row.isTrue("aca_available"));
    Rows chat = available.where(row -> isChat(target, row));
    long free = chat.all().stream().filter(AvailabilityCheck::hasRoom).count();
    String schedule = hasSchedule(queues) ? "; the queue has a schedule, too" : "";
    if (free > 0) {
      return about.ok(free + " could take a chat now" + schedule);
    }
    if (!chat.isEmpty()) {
      return about.warn(
          chat.all().size() + " online, but full",
          "they work on as many chats as their capacity allows",
          "raise the agents' capacity or add agents");
    }
    if (!available.isEmpty()) {
      return about.warn(
          available.all().size() + " online, but in another channel",
          "their presence state does not include the chat channel",
          "let agents choose a presence state with Chat; check the channel's sys_id in "
              + target.option("channel"));
    }
    return view.where(row -> row.isTrue("aca_available")).isEmpty()
        ? about.warn(
            "nobody is online" + schedule,
            "no agent's presence is Available",
            "let an agent go online in the workspace, then ask again")
        : about.warn(
            "those online are not in the groups of the queue" + schedule,
            "the agents belong to another group than the eligibility pool names",
            "add them to the group, or the group to the pool");
  }

  /** Also BTN-2301: nobody gets work outside a queue's hours. */
  static Finding schedule(Target target, Rows queues) {
    Finding.About about = Symptom.NO_AGENTS.about(target, "queue hours");
    if (!queues.readable()) {
      return queues.unseen(about, "the schedule on the queue's form");
    }
    Rows timed = queues.where(row -> !row.isEmpty("schedule"));
    return about.ok(
        timed.isEmpty()
            ? "none: the queues are always open"
            : "chats outside them are refused: " + String.join(", ", timed.values("name")));
  }

  private static boolean hasSchedule(Rows queues) {
    return queues.all().stream().anyMatch(row -> !row.isEmpty("schedule"));
  }

  private static String agent(Rows.Row row) {
    return row.isEmpty("ap_agent") ? row.get("ac_user") : row.get("ap_agent");
  }

  private static boolean isChat(Target target, Rows.Row row) {
    String channel =
        row.isEmpty("aca_service_channel") ? row.get("ac_channel") : row.get("aca_service_channel");
    return channel.isEmpty() || channel.equals(target.chatChannel());
  }

  private static boolean hasRoom(Rows.Row row) {
    return row.isEmpty("ac_applied_max_capacity")
        || row.number("ac_workload") < row.number("ac_applied_max_capacity");
  }
}
