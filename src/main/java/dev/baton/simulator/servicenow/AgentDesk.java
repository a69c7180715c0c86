package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What agents do. A chat is named by its interaction, its conversation, its {@code clientSessionId}
 * or its user (the newest of him); an agent or a queue by name or {@code sys_id}. What an agent may
 * not do fails with {@link SimulatorException}.
 */
public final class AgentDesk {
  private final Tables tables;
  private final Conversations conversations;
  private final Routing routing;
  private final LiveAgent live;
  private final Outbox outbox;
  private final Faults faults;
  private final Streams streams;
  private final String instance;

  AgentDesk(
      Tables tables,
      Conversations conversations,
      Routing routing,
      LiveAgent live,
      Outbox outbox,
      Faults faults,
      Streams streams,
      String instance) {
    this.tables = tables;
    this.conversations = conversations;
    this.routing = routing;
    this.live = live;
    this.outbox = outbox;
    this.faults = faults;
    this.streams = streams;
    this.instance = instance;
  }

  /** Every conversation since the start, oldest first. */
  public List<VaChat> chats() {
    return conversations.all();
  }

  /** A conversation, by any of its names. */
  public VaChat chat(String chat) {
    return conversations.find(chat);
  }

  /** Those that wait for an agent, oldest first. */
  public List<VaChat> waiting() {
    return chats().stream().filter(chat -> chat.state() == VaChat.State.QUEUED).toList();
  }

  /** Sets an agent available for chats, or away. */
  public void available(String agent, boolean available) {
    synchronized (conversations) {
      String user = user(agent);
      String state = tables.idOf("awa_presence_state", available ? "Available" : "Offline");
      tables.set("awa_agent_presence", "agent=" + user, "current_presence_state", state);
      tables.set(
          "awa_agent_channel_availability",
          "agent=" + user,
          "available",
          String.valueOf(available));
      conversations.changed();
    }
  }

  /** How many chats an agent may have at once. */
  public void capacity(String agent, int chats) {
    tables.set(
        "awa_agent_capacity", "user=" + user(agent), "applied_max_capacity", String.valueOf(chats));
  }

  /** The first agent who may takes the chat. */
  public void accept(String chat) {
    VaChat there = chat(chat);
    String agent =
        routing.present(there.queueId).stream()
            .filter(user -> routing.hindrance(there, user).isEmpty())
            .findFirst()
            .orElseThrow(() -> refused("No agent may take chat " + chat));
    accept(chat, agent);
  }

  /** An agent takes a waiting chat. */
  public void accept(String chat, String agent) {
    synchronized (conversations) {
      VaChat there = in(chat, VaChat.State.QUEUED);
      String user = user(agent);
      Optional<String> hindrance = routing.hindrance(there, user);
      if (hindrance.isPresent()) {
        throw refused(hindrance.get());
      }
      live.connected(there, user);
      outbox.say(
          there,
          Items.noLongerWaiting(),
          Items.action("SubscribeToChatPresence"),
          Items.action("SwitchToLiveAgent"),
          Items.system(live.say(there, "entered", firstName(user))));
      conversations.changed();
    }
  }

  /** The agent writes a line; returns its {@code messageId}. */
  public String say(String chat, String text) {
    JsonObject item = Items.text(text);
    String id = Tables.newId();
    item.put("messageId", id);
    synchronized (conversations) {
      VaChat there = in(chat, VaChat.State.CONNECTED);
      if (faults.strikes(FaultKind.TYPING_BESIDE_TEXT, there.userId)) {
        send(chat, Items.action("EndTypingIndicator"), item);
      } else {
        send(chat, item);
      }
    }
    return id;
  }

  /** Sends body items as the agent: {@code agentInfo} is added to those that show something. */
  public void send(String chat, JsonObject... items) {
    synchronized (conversations) {
      VaChat there = in(chat, VaChat.State.CONNECTED);
      for (JsonObject item : items) {
        if (!"ActionMsg".equals(item.getString("uiType"))) {
          item.put("agentInfo", agentInfo(there.agentId));
        }
      }
      outbox.say(there, items);
      conversations.changed();
    }
  }

  /** Sends body items as they are, whatever state the chat is in. */
  public void raw(String chat, JsonObject flags, JsonObject... items) {
    synchronized (conversations) {
      outbox.flagged(chat(chat), flags, items);
    }
  }

  /** One of the rich controls, as {@code controls.json} names them. */
  public void control(String chat, String name) {
    send(chat, Items.control(name, instance));
  }

  /** A picture of the agent's, which lies on the instance. */
  public void image(String chat, String path, String description) {
    send(
        chat,
        new JsonObject()
            .put("uiType", "OutputImage")
            .put("group", "DefaultOutputImage")
            .put("value", path)
            .put("altText", description));
  }

  /** The agent begins or stops typing; unseen where the channel does not support it. */
  public void typing(String chat, boolean on) {
    synchronized (conversations) {
      VaChat there = in(chat, VaChat.State.CONNECTED);
      if (tables
          .first("sys_cs_channel", "name=Bot to Bot^support_typing_indicator=true")
          .isPresent()) {
        outbox.say(there, Items.action(on ? "StartTypingIndicator" : "EndTypingIndicator"));
      }
    }
  }

  /** The expected wait as the instance's wait status tells it. */
  public void waitMessage(String chat, String message, String waitTime) {
    synchronized (conversations) {
      outbox.say(in(chat, VaChat.State.QUEUED), Items.waiting(message, waitTime));
    }
  }

  /** A line of the instance's own, for example by a supervisor's joining. */
  public void system(String chat, String message) {
    raw(chat, new JsonObject(), Items.system(message));
  }

  /** The line under the chat's title: translation failed, autopilot began or ended. */
  public void subHeader(String chat, String message) {
    raw(chat, new JsonObject(), Items.action("ChatSubHeader").put("message", message));
  }

  /** The agent lets the bot ask for him: its controls come although he keeps the chat. */
  public void autopilot(String chat, boolean on) {
    synchronized (conversations) {
      VaChat there = in(chat, VaChat.State.CONNECTED);
      there.autopilot = on;
      subHeader(chat, live.say(there, on ? "autopilot-on" : "autopilot-off"));
      if (on) {
        outbox.say(there, Items.control("Picker", instance));
      }
    }
  }

  /** Hands the chat to another agent, who has it at once. */
  public void transferToAgent(String chat, String agent) {
    synchronized (conversations) {
      VaChat there = in(chat, VaChat.State.CONNECTED);
      String user = user(agent);
      Optional<String> hindrance = routing.hindrance(there, user);
      if (hindrance.isPresent()) {
        throw refused(hindrance.get());
      }
      leaves(there, firstName(user));
      live.enqueue(there, there.queueId);
      outbox.say(there, Items.waiting(live.say(there, "waiting"), "1"));
      accept(chat, user);
    }
  }

  /** Hands the chat to a queue, where it waits again. */
  public void transferToQueue(String chat, String queue) {
    synchronized (conversations) {
      VaChat there = in(chat, VaChat.State.CONNECTED);
      String target = find("awa_queue", queue);
      leaves(there, tables.displayOf("awa_queue", target));
      live.enqueue(there, target);
      outbox.say(
          there, Items.waiting(live.say(there, "waiting"), live.say(there, "wait-time", "1")));
      live.waitOn(there, 1);
      live.offer(there);
    }
  }

  private void leaves(VaChat chat, String to) {
    outbox.say(chat, Items.system(live.say(chat, "transferred", firstName(chat.agentId), to)));
    live.released(chat);
  }

  /** The agent ends the chat. */
  public void end(String chat) {
    synchronized (conversations) {
      VaChat there = in(chat, VaChat.State.CONNECTED);
      live.closedByAgent(there, firstName(there.agentId));
    }
  }

  /**
   * A generated answer, piece by piece and then as a whole.
   *
   * @param pause between the pieces
   */
  public void stream(String chat, Duration pause, String... pieces) {
    streams.answer(chat(chat), pause, List.of(pieces));
  }

  private JsonObject agentInfo(String agent) {
    JsonObject info = new JsonObject().put("sentFromAgent", true);
    if (Records.atLeast(tables, "3.14.3")) {
      info.put("agentId", agent);
    }
    return info.put("agentName", firstName(agent))
        .put("agentAvatar", instance + "/" + agent + ".iix?t=small");
  }

  private String firstName(String agent) {
    return tables.get("sys_user", agent).map(user -> user.get("first_name")).orElse("Agent");
  }

  private String user(String agent) {
    return find("sys_user", agent);
  }

  private String find(String table, String name) {
    try {
      return tables.idOf(table, name);
    } catch (NoSuchElementException e) {
      throw new SimulatorException("BTN-4757", e.getMessage(), e);
    }
  }

  private VaChat in(String chat, VaChat.State state) {
    VaChat there = chat(chat);
    if (there.state != state) {
      throw refused("Chat " + chat + " is " + there.state + ", not " + state);
    }
    return there;
  }

  private static SimulatorException refused(String why) {
    return new SimulatorException("BTN-4757", why);
  }
}
