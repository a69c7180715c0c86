package dev.baton.directline;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copilot Studio's token endpoint and the regional settings beside it. */
final class TokenEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);

  /** A token, and the Direct Line root that serves it. */
  record Entry(Grant grant, String root) {}

  private final Transport transport;
  private final String url;
  private final String defaultRoot;
  private final AtomicReference<String> region = new AtomicReference<>();

  TokenEndpoint(Transport transport, String url, String defaultRoot) {
    this.transport = transport;
    this.url = url;
    this.defaultRoot = defaultRoot;
  }

  Future<Entry> fetch() {
    return transport
        .send(HttpMethod.GET, url, null, null, null)
        .compose(
            answer -> {
              if (!answer.ok()) {
                return Future.failedFuture(refused(answer));
              }
              Grant grant = Grant.of(answer.body(), Instant.now());
              if (grant.token() == null) {
                return Future.failedFuture(
                    new DirectLineException(
                        "The token endpoint answered without a token. Is tokenEndpoint the URL that"
                            + " Copilot Studio shows?",
                        answer.status(),
                        null,
                        null));
              }
              return rootFor(grant.token()).map(root -> new Entry(grant, root));
            });
  }

  private static DirectLineException refused(Answer answer) {
    DirectLineException failure = answer.failure("Getting a token from the token endpoint");
    if (failure instanceof DirectLineConversationLostException) {
      // No conversation exists yet, so none can be lost.
      return new DirectLineException(
          failure.getMessage(), failure.getStatus(), failure.getCode(), failure);
    }
    return failure;
  }

  /** The region's root; gateways that do not know their region leave it to the token's claims. */
  private Future<String> rootFor(String token) {
    String known = region.get();
    if (known != null) {
      return Future.succeededFuture(known);
    }
    String settings = settingsUrl(URI.create(url));
    return transport
        .send(HttpMethod.GET, settings, null, null, null)
        .map(answer -> answer.ok() ? regional(answer.body()) : null)
        .otherwise(
            e -> {
              LOG.debug("No regional settings at {}", settings, e);
              return null;
            })
        .map(
            found -> {
              if (found != null) {
                region.set(found);
                return found;
              }
              return claimedRoot(token);
            });
  }

  private String claimedRoot(String token) {
    Map<String, Object> claims = Grant.claims(token);
    for (String name : new String[] {"aud", "iss"}) {
      String claim = Json.text(claims, name);
      if (usable(claim)) {
        return root(claim);
      }
    }
    return defaultRoot;
  }

  private String regional(Map<String, Object> settings) {
    String directline = Json.text(Json.child(settings, "channelUrlsById"), "directline");
    return usable(directline) ? root(directline) : null;
  }

  /** The token is sent there: never from an encrypted to an unencrypted place. */
  private boolean usable(String candidate) {
    return candidate != null
        && (candidate.startsWith("https://")
            || (candidate.startsWith("http://") && url.startsWith("http://")));
  }

  static String settingsUrl(URI endpoint) {
    String version = "2022-03-01-preview";
    if (endpoint.getRawQuery() != null) {
      for (String part : endpoint.getRawQuery().split("&", -1)) {
        if (part.startsWith("api-version=")) {
          version = part.substring("api-version=".length());
        }
      }
    }
    return endpoint.getScheme()
        + "://"
        + endpoint.getRawAuthority()
        + "/powervirtualagents/regionalchannelsettings?api-version="
        + version;
  }

  /** A root ends without slash and without the API's path. */
  static String root(String address) {
    String root = address.strip();
    while (root.endsWith("/")) {
      root = root.substring(0, root.length() - 1);
    }
    return root.endsWith("/v3/directline")
        ? root.substring(0, root.length() - "/v3/directline".length())
        : root;
  }
}
