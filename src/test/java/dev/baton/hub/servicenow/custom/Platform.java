package dev.baton.hub.servicenow.custom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The Java side of the stand-ins for ServiceNow: {@code host} in platform.js. */
public class Platform {
  static final String APPLICATION = "a5f8b75b7377001042281188caf60001";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final Map<String, String> properties = new ConcurrentHashMap<>();
  final Map<String, List<Map<String, String>>> tables = new ConcurrentHashMap<>();
  final List<String> logs = new CopyOnWriteArrayList<>();
  final List<String> actions = new CopyOnWriteArrayList<>();
  final Map<String, String> userContext = new ConcurrentHashMap<>();
  final Set<String> closedSchedules = ConcurrentHashMap.newKeySet();

  /** What {@code token_verification} holds; null: message auth checks nothing. */
  volatile String token;

  /** What {@code hash_message_verification} holds. */
  volatile String hashSecret;

  volatile boolean queueWorks = true;

  Platform() {
    table(
        "sys_cs_provider_application",
        Map.of("sys_id", APPLICATION, "inbound_id", "baton", "name", "Baton"));
    tables.put("u_baton_seen", new ArrayList<>());
  }

  final void table(String name, Map<String, String> row) {
    tables.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>()).add(row);
  }

  public String property(String name) {
    return properties.get(name);
  }

  public String guid() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  public String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Key and answer are base64, as in the vendor's GlideCertificateEncryption. */
  public String mac(String key, String algorithm, String data) throws GeneralSecurityException {
    return Base64.getEncoder()
        .encodeToString(mac(algorithm, Base64.getDecoder().decode(key), data));
  }

  private static byte[] mac(String algorithm, byte[] key, String data)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    return mac.doFinal(data.getBytes(StandardCharsets.UTF_8));
  }

  public String sha256(String text) throws GeneralSecurityException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  public void log(String level, String text) {
    logs.add(level + " " + text);
  }

  public boolean inSchedule(String schedule) {
    return !closedSchedules.contains(schedule);
  }

  public boolean hasTable(String table) {
    return tables.containsKey(table);
  }

  public synchronized String rows(String table, String conditions) throws JsonProcessingException {
    return JSON.writeValueAsString(matching(table, conditions));
  }

  private List<Map<String, String>> matching(String table, String conditions)
      throws JsonProcessingException {
    Map<String, String> wanted = JSON.readValue(conditions, new TypeReference<>() {});
    return tables.getOrDefault(table, List.of()).stream()
        .filter(row -> row.entrySet().containsAll(wanted.entrySet()))
        .toList();
  }

  /** The only index is unique: the same row cannot be put in twice. */
  public synchronized String insert(String table, String row) throws JsonProcessingException {
    if (!matching(table, row).isEmpty()) {
      return null;
    }
    tables.get(table).add(JSON.readValue(row, new TypeReference<Map<String, String>>() {}));
    return guid();
  }

  public synchronized void remove(String table, String conditions) throws JsonProcessingException {
    tables.get(table).removeAll(matching(table, conditions));
  }

  public boolean validateMessage(String application, String payload, String headers)
      throws IOException, GeneralSecurityException {
    Map<String, String> given = JSON.readValue(headers, new TypeReference<>() {});
    if (token != null) {
      return token.equals(given.get("token"));
    }
    if (hashSecret != null) {
      byte[] mac = mac("HmacSHA1", hashSecret.getBytes(StandardCharsets.UTF_8), payload);
      return HexFormat.of().formatHex(mac).equals(given.get("x-b2b-signature"));
    }
    return true;
  }

  public boolean enqueue(String application, String payload, String headers, double time) {
    return queueWorks;
  }

  /** One of the conversation's actions was called. */
  public void did(String action, String conversation) {
    actions.add(action + " " + conversation);
  }

  public String userContext(String application, String user, String key) {
    return userContext.get(application + "/" + user + "/" + key);
  }

  public void setUserContext(String application, String user, String key, String value) {
    userContext.put(application + "/" + user + "/" + key, value);
  }

  public int http(String method, String url, String headers, String body, double timeout)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofMillis((long) timeout))
            .method(
                method.toUpperCase(java.util.Locale.ROOT),
                HttpRequest.BodyPublishers.ofString(body));
    Map<String, String> given = JSON.readValue(headers, new TypeReference<>() {});
    given.forEach(request::header);
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }
}
