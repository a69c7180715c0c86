package dev.baton.simulator.servicenow;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files: what customers send is fetched from trusted hosts, everything else fails silently. */
final class Media implements AutoCloseable {
  /** An uploaded file. */
  record Upload(String name, String type, Buffer content) {}

  private final Tables tables;
  private final String instance;
  private final HttpClient client;
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

  Media(Vertx vertx, Tables tables, String instance) {
    this.tables = tables;
    this.instance = instance;
    this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(5000));
  }

  String store(Upload upload) {
    String id = Tables.newId();
    uploads.put(id, upload);
    return id;
  }

  Upload stored(String id) {
    return uploads.get(id);
  }

  /**
   * Fetches an attachment and puts it into the chat.
   *
   * @param attachment an object, or an array of one as the documentation has it
   * @param then what is done when it is there
   */
  void attach(VaChat chat, Object attachment, Runnable then) {
    JsonArray all = attachment instanceof JsonArray array ? array : new JsonArray().add(attachment);
    for (Object one : all) {
      if (one instanceof JsonObject file) {
        fetch(chat, file, then);
      }
    }
  }

  private void fetch(VaChat chat, JsonObject file, Runnable then) {
    String url = file.getString("url", "");
    boolean complete = file.getString("contentType") != null && file.getString("fileName") != null;
    if (!complete || !trusted(chat, url)) {
      Records.log(tables, "Attachment of a host that is not trusted: " + host(url));
      return;
    }
    RequestOptions request = new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(url);
    JsonObject headers = file.getJsonObject("headers", new JsonObject());
    headers.forEach(
        header -> request.putHeader(header.getKey(), String.valueOf(header.getValue())));
    client
        .request(request)
        .compose(call -> call.send())
        .compose(
            answer ->
                answer.statusCode() == 200
                    ? answer.body()
                    : Future.failedFuture("HTTP status " + answer.statusCode()))
        .onComplete(
            content -> {
              if (content.succeeded()) {
                chat.add(
                    new JsonObject()
                        .put("fileName", file.getString("fileName"))
                        .put("contentType", file.getString("contentType"))
                        .put("url", url)
                        .put("size", content.result().length()));
                then.run();
              } else {
                Records.log(tables, "Attachment not fetched: " + content.cause().getMessage());
              }
            });
  }

  /** The instance's own media, or a host of the application's list, subdomains included. */
  private boolean trusted(VaChat chat, String url) {
    if (url.startsWith(instance + "/api/now/")) {
      return true;
    }
    String host = host(url);
    String hosts =
        tables
            .get("sys_cs_provider_application", chat.application)
            .map(row -> row.get("trusted_media_domains"))
            .orElse("");
    return Arrays.stream(hosts.split(",", -1))
        .map(String::strip)
        .anyMatch(
            domain -> !domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)));
  }

  private static String host(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null ? "" : host;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
