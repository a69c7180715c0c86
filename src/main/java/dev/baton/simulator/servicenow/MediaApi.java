package dev.baton.simulator.servicenow;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** {@code POST /api/now/cccif/media/upload} and the addresses that it gives. */
final class MediaApi {
  private final Tables tables;
  private final Media media;
  private final String instance;

  MediaApi(Tables tables, Media media, String instance) {
    this.tables = tables;
    this.media = media;
    this.instance = instance;
  }

  void mount(Router router) {
    router.post("/api/now/cccif/media/upload").handler(this::upload);
    router.get("/api/now/v1/cs/media/:id").handler(this::download);
  }

  private void upload(RoutingContext context) {
    if (!Records.property(tables, "glide.attachment.role", "").isEmpty()) {
      Answers.error(context, 403, "User Not Authorized", "A role is missing for attachments");
      return;
    }
    Optional<FileUpload> file = context.fileUploads().stream().findFirst();
    String user = context.request().getFormAttribute("user_id");
    if (user == null || user.isBlank() || file.isEmpty()) {
      Answers.error(context, 400, "Bad Request", "user_id and file are required");
      return;
    }
    FileUpload upload = file.get();
    context
        .vertx()
        .fileSystem()
        .readFile(upload.uploadedFileName())
        .onSuccess(
            content -> {
              String id =
                  media.store(new Media.Upload(upload.fileName(), upload.contentType(), content));
              Answers.json(
                  context,
                  201,
                  new JsonObject()
                      .put(
                          "result",
                          new JsonObject()
                              .put("mediaUrl", instance + "/api/now/v1/cs/media/" + id)
                              .put("name", upload.fileName())
                              .put("state", "available")
                              .put("attachmentId", id)));
            })
        .onFailure(context::fail);
  }

  private void download(RoutingContext context) {
    Media.Upload upload = media.stored(context.pathParam("id"));
    if (upload == null) {
      Answers.error(context, 404, "No Record found", "No such media");
      return;
    }
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, upload.type())
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Disposition", "attachment")
        .end(upload.content());
  }
}
