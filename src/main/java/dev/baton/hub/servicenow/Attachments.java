package dev.baton.hub.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.activity.SafeText;
import dev.baton.hub.Fields;
import dev.baton.journal.DeliveryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The customer's files: by URL, which ServiceNow fetches itself, or uploaded to it first. Source:
 * "Virtual Agent API", attachments; {@code POST /api/now/cccif/media/upload}.
 */
final class Attachments {
  private static final Logger LOG = LoggerFactory.getLogger(Attachments.class);
  private static final int MAX_FILE = 25 * 1024 * 1024;
  private static final Duration FETCH = Duration.ofSeconds(20);

  private final HttpClient client;
  private final InstanceClient instance;
  private final Predicate<String> mayBeFetched;
  private final Set<String> hosts = ConcurrentHashMap.newKeySet();

  /**
   * @param mayBeFetched whether Baton may call a URL that came in a message
   */
  Attachments(HttpClient client, InstanceClient instance, Predicate<String> mayBeFetched) {
    this.client = client;
    this.instance = instance;
    this.mayBeFetched = mayBeFetched;
  }

  /** {@code message.attachment} for each file. Cards are no files. May block. */
  List<Map<String, Object>> of(ServiceNowConfig config, Session session, Object given)
      throws IOException {
    List<Map<String, Object>> files = new ArrayList<>();
    if (!(given instanceof List<?> list)) {
      return files;
    }
    for (Object one : list) {
      Fields file = Fields.of(one);
      String url = file.text("contentUrl");
      if (url == null) {
        continue;
      }
      boolean upload = url.startsWith("data:") || "upload".equals(config.text("attachments"));
      Map<String, Object> attachment = new LinkedHashMap<>();
      String type = type(file.text("contentType"));
      String name = name(file.text("name"));
      attachment.put("url", upload ? upload(config, session, url, type, name) : url);
      attachment.put("contentType", type);
      attachment.put("fileName", name);
      files.add(attachment);
      if (!upload) {
        hint(config, url);
      }
    }
    return files;
  }

  private static String type(String type) {
    return type == null || !type.matches("[\\w.+-]+/[\\w.+-]+(;.*)?")
        ? "application/octet-stream"
        : type;
  }

  private static String name(String name) {
    String clean =
        name == null ? "" : SafeText.clean(name).replaceAll("[\\r\\n\"\\\\/]", "_").strip();
    return clean.isEmpty() ? "file" : clean;
  }

  /** A host that ServiceNow does not trust fails without a word. */
  private void hint(ServiceNowConfig config, String url) {
    String host = URI.create(url.replaceAll("[?#].*", "").replace(' ', '_')).getHost();
    if (hosts.size() < 100 && hosts.add(config.hub() + " " + host)) {
      LOG.info(
          "BTN-2318 Hub {}: files are fetched by ServiceNow from {}; if they vanish, add that host"
              + " to the Trusted media domains, or set attachments=upload",
          config.hub(),
          host);
    }
  }

  private String upload(
      ServiceNowConfig config, Session session, String url, String type, String name)
      throws IOException {
    byte[] content = url.startsWith("data:") ? inline(url) : fetch(url);
    String boundary = "baton-" + UUID.randomUUID();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    field(body, boundary, "user_id", session.userId);
    if (config.isSet("provider-application")) {
      field(body, boundary, "provider_application_id", config.text("provider-application"));
    }
    text(body, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"");
    text(body, name + "\"\r\nContent-Type: " + type + "\r\n\r\n");
    body.write(content);
    text(body, "\r\n--" + boundary + "--\r\n");
    HttpResponse<byte[]> answer =
        instance.post(
            config,
            URI.create(config.url() + "/api/now/cccif/media/upload"),
            "multipart/form-data; boundary=" + boundary,
            body.toByteArray());
    JsonNode result = InstanceClient.json(answer).path("result");
    String media = result.path("mediaUrl").asText("");
    if (answer.statusCode() / 100 == 2 && !media.isEmpty()) {
      return media;
    }
    String why =
        "BTN-2352 Hub " + config.hub() + ": upload of a file answered " + answer.statusCode();
    if (answer.statusCode() / 100 == 4
        && answer.statusCode() != 401
        && answer.statusCode() != 429) {
      throw DeliveryException.permanent(
          why + "; the account needs a role of glide.attachment.role", null);
    }
    throw new IOException(why);
  }

  private static void field(ByteArrayOutputStream body, String boundary, String name, String value)
      throws IOException {
    text(
        body,
        "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n");
    text(body, value + "\r\n");
  }

  private static void text(ByteArrayOutputStream body, String text) throws IOException {
    body.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] inline(String url) {
    int comma = url.indexOf(',');
    try {
      if (comma > 0 && url.substring(0, comma).endsWith(";base64")) {
        return Base64.getMimeDecoder().decode(url.substring(comma + 1));
      }
    } catch (IllegalArgumentException e) {
      throw DeliveryException.permanent("BTN-2352 A file is not valid base64", e);
    }
    throw DeliveryException.permanent("BTN-2352 A file is not base64", null);
  }

  private byte[] fetch(String url) throws IOException {
    if (!mayBeFetched.test(url)) {
      throw DeliveryException.permanent("BTN-2352 A file's address must not be called", null);
    }
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(FETCH).GET().build();
      HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream content = answer.body()) {
        byte[] bytes = content.readNBytes(MAX_FILE + 1);
        if (answer.statusCode() != 200 || bytes.length > MAX_FILE) {
          throw DeliveryException.permanent(
              "BTN-2352 A file cannot be read (" + answer.statusCode() + ") or is too large", null);
        }
        return bytes;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IllegalArgumentException e) {
      throw DeliveryException.permanent("BTN-2352 A file's address is none", e);
    }
  }
}
