package dev.baton.hub.servicenow;

import dev.baton.conversation.Handoff;
import dev.baton.hub.HubRig;
import dev.baton.hub.servicenow.custom.ServiceNowCustomBeans;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.support.PluginHelper;

/** The routes of hub {@code it} of type {@code servicenow-custom}, over real HTTP. */
public final class CustomRig implements AutoCloseable {
  private static final AtomicInteger CONVERSATIONS = new AtomicInteger();
  private static final List<String> BASE =
      List.of("capabilities", "open", "send", "typing", "end", "events", "watch");
  private static final List<String> OWN = List.of("request", "callback", "availability");

  public final HubRig rig;
  private final Logged logged = new Logged();

  /**
   * @param settings the hub's keys
   */
  public CustomRig(Map<String, String> settings) {
    Map<String, String> keys = new HashMap<>(settings);
    keys.putIfAbsent("check-interval", "50ms");
    keys.put("type", "servicenow-custom");
    Map<String, String> properties = new HashMap<>();
    keys.forEach((key, value) -> properties.put("baton.hubs.it." + key, value));
    rig = new HubRig(properties);
    try {
      ServiceNowBeans.bind(
          rig.context,
          Map.of("it", keys.keySet()),
          new ServiceNowBeans.Surroundings(
              new MemorySessions(),
              session -> true,
              url -> true,
              url -> true,
              () -> true,
              Clock.systemUTC()));
      ServiceNowCustomBeans.bind(rig.context);
      for (String file : List.of("hub-servicenow", "hub-servicenow-custom")) {
        PluginHelper.getRoutesLoader(rig.context)
            .loadRoutes(
                PluginHelper.getResourceLoader(rig.context)
                    .resolveResource("classpath:routes/" + file + ".camel.yaml"));
      }
      for (String operation : BASE) {
        add(operation, "hub-servicenow-" + operation);
      }
      for (String operation : OWN) {
        add(operation, "hub-servicenow-custom-" + operation);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(String operation, String template) throws Exception {
    rig.context.addRouteFromTemplate("hub-it-" + operation, template, Map.of("hub", "it"));
  }

  /** Where callbacks go. */
  public String callbackUrl() {
    return rig.url() + "/hubs/it/events";
  }

  /** A conversation that asks for a human. */
  public String conversation() {
    String id = "cc" + CONVERSATIONS.incrementAndGet();
    rig.journal.put(id, null, null, Handoff.Phase.REQUESTED);
    return id;
  }

  public Exchange open(String conversation) {
    Map<String, Object> open = new LinkedHashMap<>();
    open.put("handoffId", conversation + ":1");
    open.put("callbackUrl", callbackUrl());
    open.put("customer", Map.of("id", user(conversation), "email", "ada@example.com"));
    open.put("summary", "VPN drops \u2013 again");
    open.put("transcript", List.of(Map.of("role", "user", "text", "my vpn drops")));
    Exchange answer =
        rig.call(
            "it",
            "open",
            open,
            Map.of("conversation", conversation, "handoffId", conversation + ":1"));
    if (answer.getException() == null
        && answer.getMessage().getBody() instanceof Map<?, ?> map
        && map.containsKey("conversationId")) {
      rig.journal.handedOff(conversation, "it", map.get("conversationId").toString());
    }
    return answer;
  }

  /** The customer of a conversation. */
  public static String user(String conversation) {
    return "ada l\u00f6ve " + conversation;
  }

  /** The hub's id of a conversation. */
  public static String id(String conversation) {
    return conversation + "-1-it";
  }

  public Exchange call(String conversation, String operation, Object body) {
    return rig.call(
        "it",
        operation,
        body,
        Map.of(
            "conversation",
            conversation,
            "handoffId",
            conversation + ":1",
            "hubConversationId",
            id(conversation),
            "deliveryId",
            "d-" + conversation,
            "attempt",
            1));
  }

  public Exchange send(String conversation, String id, String text) {
    return call(conversation, "send", Map.of("id", id, "seq", 1, "text", text));
  }

  /** What was appended for a conversation, in order. */
  public List<HubRig.Append> appended(String conversation) {
    return rig.appended.stream().filter(a -> conversation.equals(a.conversation())).toList();
  }

  public List<String> events(String conversation) {
    return appended(conversation).stream().map(HubRig.Append::event).toList();
  }

  public List<Object> texts(String conversation) {
    return appended(conversation).stream()
        .filter(append -> append.event().equals("hub.message"))
        .map(append -> append.body().get("text"))
        .toList();
  }

  /** Every line that was logged since. */
  public List<String> log() {
    return logged.all();
  }

  @Override
  public void close() {
    logged.close();
    rig.close();
  }
}
