package dev.baton.directline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
  private static final byte[] IMAGE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

  @TempDir Path folder;
  private Service service;
  private Service.Reply start;

  @BeforeEach
  void startService() {
    service = new Service(folder, config -> config.maxUpload(10_000), router -> {});
    start = service.start();
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  private Service.Reply upload(byte[] body, String query, String... headers) {
    return service.send(
        "POST",
        start.text("token"),
        path() + "/upload" + query,
        BodyPublishers.ofByteArray(body),
        headers);
  }

  private String path() {
    return "/conversations/" + start.text("conversationId");
  }

  private JsonNode activity(String id) {
    for (JsonNode activity :
        service.get(start.text("token"), path() + "/activities").body().path("activities")) {
      if (activity.path("id").asText().equals(id)) {
        return activity;
      }
    }
    throw new AssertionError("No activity " + id);
  }

  private HttpResponse<byte[]> download(String url) throws Exception {
    return service.client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
  }

  private static byte[] multipart(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void oneFileBecomesAMessageAndIsServedSafely() throws Exception {
    var reply =
        upload(
            IMAGE,
            "?userId=ada",
            "Content-Type",
            "image/png",
            "Content-Disposition",
            "name=\"file\"; filename=\"../../a \\\"b\\\".png\"");
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    Schemas.assertConforms("ResourceResponse", reply.body());
    JsonNode activity = activity(reply.text("id"));
    assertThat(activity.path("type").asText()).isEqualTo("message");
    assertThat(activity.at("/from/id").asText()).isEqualTo("ada");
    JsonNode attachment = activity.at("/attachments/0");
    assertThat(attachment.path("name").asText()).isEqualTo("a \"b\".png");
    assertThat(attachment.path("contentType").asText()).isEqualTo("image/png");

    HttpResponse<byte[]> file = download(attachment.path("contentUrl").asText());
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).isEqualTo(IMAGE);
    assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(file.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename*=UTF-8''a%20%22b%22.png");
  }

  @Test
  void severalFilesGoWithTheActivityOfTheirCarrier() throws Exception {
    byte[] body =
        multipart(
            """
            ----DD4E5147
            Content-Type: text/plain; charset=utf-8
            Content-Disposition: form-data; name="file"; filename="grüße.txt"

            --one--
            ----DD4E5147
            Content-Type: application/vnd.microsoft.activity

            {"type":"message","from":{"id":"ada"},"text":"see files","channelData":{"k":1},
             "attachments":[{"contentType":"text/plain","name":"grüße.txt","thumbnailUrl":""}]}
            ----DD4E5147
            Content-Type: text/plain
            Content-Disposition: form-data; name="file2"; filename=two.txt


            ----DD4E5147--
            """);
    var reply =
        upload(body, "?userId=ada", "Content-Type", "multipart/form-data; boundary=--DD4E5147");
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    JsonNode activity = activity(reply.text("id"));
    assertThat(activity.path("text").asText()).isEqualTo("see files");
    assertThat(activity.at("/channelData/k").asInt()).isEqualTo(1);
    assertThat(activity.path("attachments").findValuesAsText("name"))
        .containsExactly("grüße.txt", "two.txt");
    assertThat(download(activity.at("/attachments/0/contentUrl").asText()).body())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("--one--");
    assertThat(download(activity.at("/attachments/1/contentUrl").asText()).body()).isEmpty();
  }

  @Test
  void aBrokenMultipartIs400() {
    String type = "multipart/form-data; boundary=b";
    for (String body :
        new String[] {
          "", "--b", "--b\n\nx", "--b\nContent-Type: text/plain\n\nx", "x\n--b--", "--b--"
        }) {
      var reply = upload(multipart(body), "?userId=ada", "Content-Type", type);
      assertThat(reply.status()).as(body).isEqualTo(400);
      assertThat(reply.text("code")).isEqualTo("BTN-1005");
    }
    assertThat(upload(IMAGE, "?userId=ada", "Content-Type", "multipart/form-data").status())
        .isEqualTo(400);
  }

  @Test
  void typesThatAreNotListedAre415() {
    for (String type : new String[] {"text/html", "image/svg+xml", "application/x-msdownload"}) {
      var reply = upload(IMAGE, "?userId=ada", "Content-Type", type);
      assertThat(reply.status()).isEqualTo(415);
      assertThat(reply.text("detail")).contains("image/png");
    }
    assertThat(upload(IMAGE, "?userId=ada").status()).isEqualTo(415);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void tooLargeFilesAre413() {
    var reply = upload(new byte[10_001], "?userId=ada", "Content-Type", "image/png");
    assertThat(reply.status()).isEqualTo(413);
    reply = upload(new byte[5_000_000], "?userId=ada", "Content-Type", "image/png");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.body().at("/error/code").asText()).isEqualTo("MessageSizeTooBig");
  }

  @Test
  void anUploadWithoutUserIs400() {
    var reply = upload(IMAGE, "", "Content-Type", "image/png");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("code")).isEqualTo("BTN-1002");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void filesThatAreNotThereAre404() throws Exception {
    for (String name : new String[] {"nope/x", "..%2f..%2fetc%2fpasswd/x", "%00/x"}) {
      assertThat(download(service.url("/v3/directline/attachments/" + name)).statusCode())
          .as(name)
          .isEqualTo(404);
    }
  }

  @Test
  void filesExpire() throws Exception {
    Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));
    var reply = upload(IMAGE, "?userId=ada", "Content-Type", "image/png");
    String url = activity(reply.text("id")).at("/attachments/0/contentUrl").asText();
    String id = url.split("/", -1)[6];
    AttachmentStore later =
        new AttachmentStore(service.vertx, folder, Duration.ofHours(24), tomorrow);
    AttachmentStore now =
        new AttachmentStore(service.vertx, folder, Duration.ofHours(24), Clock.systemUTC());
    assertThat(Service.await(now.find(id))).isPresent();
    assertThat(Service.await(later.find(id))).isEmpty();
    assertThat(now.deleteExpired()).isZero();
    assertThat(later.deleteExpired()).isEqualTo(2);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
