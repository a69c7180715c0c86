package dev.baton.hub.servicenow;

import dev.baton.conversation.Handoff;
import dev.baton.hub.HubRig;
import dev.baton.hub.servicenow.Session.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.support.PluginHelper;

/**
 * The routes of hub {@code it} of type {@code servicenow}, over real HTTP to an {@link Instance}.
 */
final class ServiceNowRig implements AutoCloseable {
  static final String USER = "snow";
  static final String PASSWORD = "callback-pass-1";
  private static final AtomicInteger CONVERSATIONS = new AtomicInteger();
  private static final List<String> OPERATIONS =
      List.of(
          "availability",
          "capabilities",
          "request",
          "open",
          "send",
          "typing",
          "end",
          "events",
          "callback");

  final Instance instance = new Instance();
  final MemorySessions store = new MemorySessions();
  final Ticking clock = new Ticking();
  final HubRig rig;
  private final HttpClient client = HttpClient.newHttpClient();

  ServiceNowRig(Map<String, String> settings) {
    Map<String, String> keys = new HashMap<>();
    keys.put("url", instance.url());
    keys.put("callback-user", USER);
    keys.put("callback-password", "callback-pass-0," + PASSWORD);
    keys.put("timeout", "2s");
    keys.putAll(settings);
    Map<String, String> properties = new HashMap<>();
    keys.forEach((key, value) -> properties.put("baton.hubs.it." + key, value));
    rig = new HubRig(properties);
    try {
      ServiceNowBeans.bind(
          rig.context,
          Map.of("it", keys.keySet()),
          new ServiceNowBeans.Surroundings(
              store,
              session ->
                  rig.journal
                      .find(session.conversation)
                      .filter(c -> c.handoff().isOpen())
                      .isPresent(),
              url -> !url.contains("private"),
              url -> true,
              () -> true,
              clock));
      PluginHelper.getRoutesLoader(rig.context)
          .loadRoutes(
              PluginHelper.getResourceLoader(rig.context)
                  .resolveResource("classpath:routes/hub-servicenow.camel.yaml"));
      for (String operation : OPERATIONS) {
        rig.context.addRouteFromTemplate(
            "hub-it-" + operation, "hub-servicenow-" + operation, Map.of("hub", "it"));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A clock that stands until it is moved. */
  static final class Ticking extends Clock {
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    void passes(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** A conversation that asks for a human, not opened yet. */
  String conversation() {
    String id = "conv" + CONVERSATIONS.incrementAndGet();
    rig.journal.put(id, null, null, Handoff.Phase.REQUESTED);
    return id;
  }

  Map<String, Object> handoff(String conversation) {
    Map<String, Object> open = new LinkedHashMap<>();
    open.put("handoffId", conversation + ":1");
    open.put(
        "customer",
        Map.of("id", "u-" + conversation, "email", "pat@example.org", "locale", "de-AT"));
    open.put("routing", Map.of("skill", "network"));
    open.put("context", Map.of("va_LastTopic", Map.of("value", "VPN", "display", true)));
    open.put("summary", "VPN drops every ten minutes");
    open.put(
        "transcript",
        List.of(
            Map.of("at", "2026-03-02T08:59:00Z", "role", "user", "text", "my vpn drops"),
            Map.of(
                "at",
                "2026-03-02T08:59:05Z",
                "role",
                "bot",
                "name",
                "Robbie",
                "text",
                "A colleague?")));
    return open;
  }

  Exchange open(String conversation) {
    return open(conversation, handoff(conversation));
  }

  Exchange open(String conversation, Map<String, Object> body) {
    Exchange answer =
        rig.call(
            "it",
            "open",
            body,
            Map.of("conversation", conversation, "handoffId", conversation + ":1"));
    if (answer.getException() == null
        && answer.getMessage().getBody() instanceof Map<?, ?> map
        && map.containsKey("conversationId")) {
      rig.journal.handedOff(conversation, "it", map.get("conversationId").toString());
    }
    return answer;
  }

  /** A conversation that is open, and where it stands. */
  String opened(Phase phase) {
    String conversation = conversation();
    Exchange answer = open(conversation);
    if (answer.getException() != null) {
      throw new AssertionError(answer.getException());
    }
    String id = id(conversation);
    if (phase != Phase.REQUESTED) {
      callback(id, "{\"agentChat\":true,\"body\":[]}");
    }
    if (phase == Phase.CONNECTED) {
      callback(
          id,
          "{\"agentChat\":true,\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"SwitchToLiveAgent\","
              + "\"agentInfo\":{\"agentName\":\"Sam\",\"agentId\":\"a1\"}}]}");
    }
    return conversation;
  }

  static String id(String conversation) {
    return conversation + "-1-it";
  }

  Session session(String conversation) {
    return store.find("it", id(conversation)).orElseThrow();
  }

  Exchange call(String conversation, String operation, Object body) {
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

  Exchange send(String conversation, String id, String text) {
    return call(conversation, "send", Map.of("id", id, "seq", 1, "text", text));
  }

  /** Posts a callback of a session. {@code json} is the envelope without the session's id. */
  int callback(String sessionId, String json) {
    return post(
        "/hubs/it/events",
        "{\"requestId\":\"r\",\"clientSessionId\":\"" + sessionId + "\"," + json.substring(1),
        Map.of("Authorization", basic(USER, PASSWORD), "User-Agent", "ServiceNow/1.0"));
  }

  int post(String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(rig.url() + path))
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      return answer.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** What a due moment brings about. */
  void check() {
    rig.context.getRegistry().lookupByNameAndType("serviceNowWatch", Watch.class).check("it");
  }

  /** Names of the events that were appended for a conversation, in order. */
  List<String> events(String conversation) {
    return appended(conversation).stream().map(HubRig.Append::event).toList();
  }

  List<HubRig.Append> appended(String conversation) {
    return rig.appended.stream().filter(a -> conversation.equals(a.conversation())).toList();
  }

  List<Object> texts(String conversation) {
    return appended(conversation).stream()
        .filter(a -> a.event().equals("hub.message"))
        .map(a -> a.body().get("text"))
        .toList();
  }

  @Override
  public void close() {
    rig.close();
    instance.close();
  }
}
