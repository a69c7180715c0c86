package dev.baton.directline.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.activity.OutboundUrls;
import dev.baton.activity.SafeText;
import dev.baton.activity.Timestamps;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks what a customer posts and makes it trustworthy, before it goes to the backend. */
final class IncomingActivities {
  private static final int MAX_ATTACHMENTS = 32;

  private final OutboundUrls outboundUrls;
  private final WorkerExecutor resolver;
  private final Clock clock;

  IncomingActivities(Vertx vertx, OutboundUrls outboundUrls, Clock clock) {
    this.outboundUrls = outboundUrls;
    this.clock = clock;
    // Names are resolved by blocking calls: few threads, so that slow names only hinder each other.
    this.resolver = vertx.createSharedWorkerExecutor("directline-attachment-hosts", 4);
  }

  /**
   * The activity as the backend gets it: cleaned, sender checked, with what only the service may
   * say about it.
   *
   * @return fails with 400 or 403
   */
  Future<ObjectNode> accept(Scope scope, String conversation, ObjectNode posted) {
    ObjectNode activity = SafeText.clean(posted);
    if (Json.text(activity, "type") == null || !activity.path("type").isTextual()) {
      throw Problem.MISSING_PROPERTY.with("The activity has no 'type', for example \"message\".");
    }
    setSender(scope, activity);
    activity.remove(List.of("id", "recipient", "serviceUrl", "relatesTo"));
    activity.put("channelId", "directline");
    activity.put("timestamp", Timestamps.text(clock.instant()));
    activity.putObject("conversation").put("id", conversation);
    return checkUrls(activity).map(activity);
  }

  private static void setSender(Scope scope, ObjectNode activity) {
    JsonNode given = activity.path("from");
    String claimed = Users.checked(idOf(given));
    if (claimed == null) {
      throw Problem.MISSING_PROPERTY.with("The activity has no 'from.id'. Say who sends it.");
    }
    ObjectNode from = (ObjectNode) given;
    from.put("id", Users.actingAs(scope, claimed));
    if (from.has("role")) {
      // A customer cannot pass for the bot.
      from.put("role", "user");
    }
  }

  private static String idOf(JsonNode from) {
    JsonNode id = from.path("id");
    return id.isTextual() || id.isNumber() ? id.asText() : null;
  }

  private Future<Void> checkUrls(ObjectNode activity) {
    JsonNode attachments = activity.path("attachments");
    if (attachments.isMissingNode() || attachments.isNull()) {
      return Future.succeededFuture();
    }
    if (!attachments.isArray()) {
      throw Problem.BAD_ATTACHMENT.with("'attachments' must be an array.");
    }
    if (attachments.size() > MAX_ATTACHMENTS) {
      throw Problem.BAD_ATTACHMENT.with(
          "More than " + MAX_ATTACHMENTS + " attachments. Send several messages.");
    }
    Set<String> urls = new LinkedHashSet<>();
    for (JsonNode attachment : attachments) {
      if (!attachment.isObject()) {
        throw Problem.BAD_ATTACHMENT.with("Every attachment must be an object.");
      }
      collect(attachment.path("contentUrl"), urls);
      collect(attachment.path("thumbnailUrl"), urls);
    }
    List<Future<Void>> checks = new ArrayList<>();
    for (String url : urls) {
      if (outboundUrls.needsResolution(url)) {
        checks.add(resolver.executeBlocking(() -> check(url), false));
      }
    }
    return Future.all(checks).mapEmpty();
  }

  private static void collect(JsonNode url, Set<String> urls) {
    if (url.isTextual() && !url.textValue().isEmpty()) {
      urls.add(url.textValue());
    } else if (!url.isMissingNode() && !url.isNull() && !url.isTextual()) {
      throw Problem.BAD_ATTACHMENT.with("An attachment's URL must be a string.");
    }
  }

  private Void check(String url) {
    OutboundUrls.Verdict verdict = outboundUrls.check(url);
    if (verdict.result() == OutboundUrls.Result.REFUSED) {
      throw Problem.BAD_ATTACHMENT.with(
          "The URL of an attachment is refused: " + verdict.reason() + ".");
    }
    return null;
  }

  void close() {
    resolver.close();
  }
}
