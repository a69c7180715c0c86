package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All conversations and their records. One conversation per user and provider application is open.
 * Everything that changes a conversation holds this object's lock.
 */
final class Conversations {
  private final Tables tables;
  private final Map<String, VaChat> open = new HashMap<>();
  private final List<VaChat> all = new ArrayList<>();
  private final List<Runnable> watchers = new ArrayList<>();
  private long changes;
  private int numbers = 1000;

  Conversations(Tables tables) {
    this.tables = tables;
  }

  synchronized Optional<VaChat> open(String userId, String application) {
    return Optional.ofNullable(open.get(application + "|" + userId));
  }

  synchronized List<VaChat> all() {
    return List.copyOf(all);
  }

  /** By interaction, by conversation, or the user's newest. */
  synchronized VaChat find(String id) {
    for (int i = all.size() - 1; i >= 0; i--) {
      VaChat chat = all.get(i);
      if (id.equals(chat.interactionId)
          || id.equals(chat.conversationId)
          || id.equals(chat.userId)
          || id.equals(chat.clientSessionId)) {
        return chat;
      }
    }
    throw new SimulatorException("BTN-4757", "There is no conversation " + id);
  }

  synchronized VaChat begin(String userId, String application, Outbound outbound) {
    open(userId, application).ifPresent(before -> end(before, "closed_complete", "User Ended"));
    VaChat chat = new VaChat(userId, application, outbound);
    open.put(application + "|" + userId, chat);
    all.add(chat);
    return chat;
  }

  /** Writes the conversation's records; the request's fields are known by now. */
  synchronized void record(VaChat chat) {
    String device = chat.clientSessionId == null ? "" : chat.clientSessionId;
    String session =
        tables.insert("sys_cs_session", Map.of("device_id", device, "user", chat.openedFor));
    chat.conversationId =
        tables.insert(
            "sys_cs_conversation",
            Map.of(
                "number",
                "CHAT" + (numbers += 1),
                "session",
                session,
                "state",
                "openConversation",
                "device_type",
                chat.contextVariables.getString("liveagent_deviceType", "")));
    Map<String, String> interaction = new LinkedHashMap<>();
    interaction.put("number", "IMS" + numbers);
    interaction.put("type", "chat");
    interaction.put("channel", "Chat");
    interaction.put("state", "new");
    interaction.put("active", "true");
    interaction.put("virtual_agent", "true");
    interaction.put("agent_chat", "false");
    interaction.put("opened_for", chat.openedFor);
    interaction.put("opened_at", Tables.now());
    interaction.put("channel_metadata_table", "sys_cs_conversation");
    interaction.put("channel_metadata_document", chat.conversationId);
    interaction.put("short_description", chat.contextVariables.getString("short_description", ""));
    if (Records.adapterProperty(tables, "third_party_chat") && Records.atLeast(tables, "4.0")) {
      interaction.put("client_session_id", device);
    }
    chat.interactionId = tables.insert("interaction", interaction);
    changed();
  }

  synchronized void set(VaChat chat, String column, String value) {
    if (chat.interactionId != null && tables.get("interaction", chat.interactionId).isPresent()) {
      tables.put("interaction", chat.interactionId, column, value);
    }
  }

  /**
   * Ends it and closes its records.
   *
   * @param state of the interaction, for example {@code closed_abandoned}
   */
  synchronized void end(VaChat chat, String state, String reason) {
    if (!chat.open()) {
      return;
    }
    chat.state = VaChat.State.ENDED;
    open.remove(chat.application + "|" + chat.userId, chat);
    set(chat, "state", state);
    set(chat, "state_reason", reason);
    set(chat, "active", "false");
    set(chat, "closed_at", Tables.now());
    set(chat, "transcript", transcript(chat));
    if (chat.conversationId != null
        && tables.get("sys_cs_conversation", chat.conversationId).isPresent()) {
      tables.put("sys_cs_conversation", chat.conversationId, "state", "closed");
    }
    workItem(chat, "closed_complete", chat.agentId);
    changed();
  }

  synchronized void workItem(VaChat chat, String state, String agent) {
    if (chat.workItemId != null && tables.get("awa_work_item", chat.workItemId).isPresent()) {
      tables.put("awa_work_item", chat.workItemId, "state", state);
      tables.put("awa_work_item", chat.workItemId, "assigned_to", agent);
    }
  }

  private static String transcript(VaChat chat) {
    StringBuilder text = new StringBuilder();
    for (VaChat.Line line : chat.lines()) {
      text.append(line.name() == null ? line.from() : line.name())
          .append(": ")
          .append(line.text())
          .append('\n');
    }
    return text.toString();
  }

  /** Called after every change that an agent might see. */
  synchronized void changed() {
    changes++;
    List<Runnable> waiting = List.copyOf(watchers);
    watchers.clear();
    waiting.forEach(Runnable::run);
  }

  /** Calls back at the next change after number {@code seen}; at once when there was one. */
  synchronized void afterChange(long seen, Runnable then) {
    if (changes != seen) {
      then.run();
    } else {
      watchers.add(then);
    }
  }

  synchronized void forget(Runnable watcher) {
    watchers.remove(watcher);
  }

  synchronized long changes() {
    return changes;
  }

  synchronized void clear() {
    all.forEach(chat -> chat.state = VaChat.State.ENDED);
    open.clear();
    all.clear();
    changed();
  }

  /** What a request tells of its conversation. */
  static void learn(VaChat chat, JsonObject request) {
    chat.lastRequestId = request.getString("requestId");
    if (request.getString("clientSessionId") != null) {
      chat.clientSessionId = request.getString("clientSessionId");
    }
    if (request.getString("emailId") != null) {
      chat.emailId = request.getString("emailId");
    }
    if (request.getValue("message") instanceof JsonObject message) {
      chat.lastMessage = message.copy();
    }
    if (request.getValue("clientVariables") instanceof JsonObject variables) {
      chat.clientVariables = variables.copy();
    }
    if (request.getValue("contextVariables") instanceof JsonObject variables) {
      chat.contextVariables = chat.contextVariables.copy().mergeIn(variables);
    }
    Object silent = request.getValue("silentMessage");
    if (silent != null) {
      chat.silent = Boolean.parseBoolean(silent.toString());
    }
  }
}
