package dev.baton.directline.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.activity.SafeText;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Uploads, and handing uploaded files out. */
final class UploadOperations {
  private static final String ACTIVITY = "application/vnd.microsoft.activity";
  private static final int MAX_NAME = 200;

  private final DirectLineBackend backend;
  private final IncomingActivities incoming;
  private final ActivityOperations activities;
  private final AttachmentStore store;
  private final PublicUrls urls;
  private final DirectLineServerConfig config;

  UploadOperations(
      DirectLineBackend backend,
      IncomingActivities incoming,
      ActivityOperations activities,
      AttachmentStore store,
      DirectLineServerConfig config) {
    this.backend = backend;
    this.incoming = incoming;
    this.activities = activities;
    this.store = store;
    this.urls = new PublicUrls(config);
    this.config = config;
  }

  Future<Void> upload(Request request) {
    String conversation = request.conversation();
    List<Multipart.Part> files = new ArrayList<>();
    ObjectNode activity = split(request, files);
    String user = request.query("userId");
    if (user != null) {
      JsonNode from = activity.path("from");
      (from instanceof ObjectNode object ? object : activity.putObject("from")).put("id", user);
    }
    requireAcceptable(files);
    return ConversationOperations.requireExists(
            backend, ActivityOperations.scopeOf(request, conversation))
        .compose(v -> incoming.accept(request.scope(), conversation, activity))
        .compose(
            accepted ->
                save(request, files)
                    .compose(
                        stored -> {
                          attach(accepted, stored);
                          return activities.hand(request, conversation, accepted);
                        }));
  }

  /** Puts the files of the request into the list. @return the activity that carries them */
  private ObjectNode split(Request request, List<Multipart.Part> files) {
    String contentType = request.http().getHeader(HttpHeaders.CONTENT_TYPE);
    ObjectNode activity = null;
    if (request.mediaType().equals("multipart/form-data")) {
      for (Multipart.Part part : Multipart.parse(contentType, request.body())) {
        if (!part.mediaType().equals(ACTIVITY)) {
          files.add(part);
        } else if (activity == null) {
          activity = Json.parse(part.content());
        } else {
          throw Problem.BAD_UPLOAD.with("More than one part is an activity.");
        }
      }
    } else {
      String name = Multipart.fileName(request.http().getHeader(HttpHeaders.CONTENT_DISPOSITION));
      files.add(new Multipart.Part(request.mediaType(), name, request.body()));
    }
    return activity == null ? Json.object().put("type", "message") : activity;
  }

  private void requireAcceptable(List<Multipart.Part> files) {
    if (files.isEmpty()) {
      throw Problem.BAD_UPLOAD.with("The upload holds no file.");
    }
    long size = 0;
    for (Multipart.Part file : files) {
      String type = file.mediaType();
      String family = type.replaceFirst("/.*", "/*");
      Set<String> accepted = config.uploadTypes;
      if (!accepted.contains(type) && !accepted.contains(family)) {
        throw Problem.WRONG_TYPE.with(
            "Files of this type are not accepted here. Accepted: "
                + String.join(", ", accepted.stream().sorted().toList())
                + ".");
      }
      size += file.content().length();
    }
    if (size > config.maxUpload) {
      throw Problem.TOO_LARGE.with(
          "The files are larger than " + config.maxUpload + " bytes. Send smaller ones.");
    }
  }

  private Future<List<ObjectNode>> save(Request request, List<Multipart.Part> files) {
    List<Future<ObjectNode>> saved = new ArrayList<>();
    for (Multipart.Part file : files) {
      String name = displayName(file);
      saved.add(
          store
              .save(name, file.mediaType(), file.content())
              .map(
                  id ->
                      Json.object()
                          .put("contentType", file.mediaType())
                          .put("contentUrl", urls.attachmentUrl(request.http(), id, encode(name)))
                          .put("name", name)));
    }
    return Future.all(saved).map(all -> all.list());
  }

  /** Clients describe the files in the activity, by name; what they say beyond that stays. */
  private static void attach(ObjectNode activity, List<ObjectNode> stored) {
    ArrayNode attachments =
        activity.path("attachments") instanceof ArrayNode array
            ? array
            : activity.putArray("attachments");
    for (ObjectNode file : stored) {
      ObjectNode described = null;
      for (JsonNode attachment : attachments) {
        if (described == null
            && attachment instanceof ObjectNode object
            && !object.has("contentUrl")
            && !object.has("content")
            && object.path("name").asText().equals(file.path("name").asText())) {
          described = object;
        }
      }
      if (described == null) {
        attachments.add(file);
      } else {
        described.setAll(file);
      }
    }
  }

  Future<Void> download(RoutingContext ctx) {
    return store
        .find(ctx.pathParam("attachment"))
        .compose(
            found -> {
              if (found.isEmpty()) {
                throw Problem.UNKNOWN_ATTACHMENT.with(
                    "There is no such file. Files are kept for a limited time.");
              }
              AttachmentStore.Stored stored = found.get();
              HttpServerResponse response = ctx.response();
              response
                  .putHeader(HttpHeaders.CONTENT_TYPE, stored.contentType())
                  .putHeader(
                      "Content-Disposition",
                      "attachment; filename*=UTF-8''" + encode(stored.name()))
                  .putHeader("Content-Security-Policy", "default-src 'none'; sandbox")
                  .putHeader("Cross-Origin-Resource-Policy", "cross-origin");
              return response.sendFile(stored.file().toString());
            });
  }

  private static String displayName(Multipart.Part file) {
    String name = SafeText.clean(file.fileName() == null ? "file" : file.fileName());
    name = name.isBlank() ? "file" : name;
    return name.length() <= MAX_NAME ? name : name.substring(name.length() - MAX_NAME);
  }

  private static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
