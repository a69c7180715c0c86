package dev.baton.hub.desk;

import dev.baton.conversation.Agent;
import dev.baton.hub.desk.DeskAccess.User;
import dev.baton.hub.desk.DeskProblem.Kind;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Lets agents in: open on loopback, by session cookie, or by HTTP Basic. */
final class DeskGate {
  static final String COOKIE = "baton-desk";
  private static final int MAX_REMEMBERED = 1_000;
  private static final int ATTEMPTS_PER_USER = 5;
  private static final int ATTEMPTS_PER_ADDRESS = 20;
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final DeskAccess access;
  private final WorkerExecutor passwordWorkers;
  private final Clock clock;
  private final DeskSessions sessions;
  private final LoginLimiter byUser = new LoginLimiter(ATTEMPTS_PER_USER, WINDOW);
  private final LoginLimiter byAddress = new LoginLimiter(ATTEMPTS_PER_ADDRESS, WINDOW);
  private final Map<String, String> hashes = new HashMap<>();
  private final String salt = UUID.randomUUID().toString();

  /** Digests of credentials that were right, so that Basic does not cost a bcrypt per request. */
  private final Map<String, Boolean> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  DeskGate(DeskAccess access, WorkerExecutor passwordWorkers, Clock clock) {
    this.access = access;
    this.passwordWorkers = passwordWorkers;
    this.clock = clock;
    this.sessions = new DeskSessions(access.sessionSecret(), access.sessionLife(), clock);
    access.users().forEach((user, agent) -> hashes.put(user, agent.passwordHash()));
  }

  /** Refuses what may not even try: a closed desk, strangers to an open one, foreign pages. */
  void checkOrigin(HttpServerRequest request, boolean writes) {
    switch (access.mode()) {
      case CLOSED ->
          throw new DeskProblem(
              Kind.CLOSED,
              "No agents are configured. Add baton.desk.agents.<user>.password with a hash made by"
                  + " ./baton hash-password, or set baton.desk.open=true to try the desk on this"
                  + " machine.");
      case OPEN -> {
        if (!SameOrigin.isLocal(request)) {
          throw new DeskProblem(
              Kind.LOOPBACK_ONLY,
              "Without users the desk answers only direct requests from this machine, addressed to"
                  + " localhost. Configure users to open it to others.");
        }
      }
      case USERS -> {}
    }
    if (writes && SameOrigin.isForeign(request, access.publicUrl())) {
      throw new DeskProblem(
          Kind.CROSS_ORIGIN,
          "The request came from a page of another origin. If a proxy changes the Host header, set"
              + " baton.public-url to the address that browsers use.");
    }
  }

  /**
   * Who asks.
   *
   * @return the logged-in agent; empty in open mode, where requests name their agent; fails with a
   *     {@link DeskProblem} when nobody is logged in
   */
  Future<Optional<Agent>> identify(HttpServerRequest request, boolean writes) {
    if (access.mode() == DeskAccess.Mode.OPEN) {
      return Future.succeededFuture(Optional.empty());
    }
    Cookie cookie = request.getCookie(COOKIE);
    Optional<String> user =
        cookie == null ? Optional.empty() : sessions.user(cookie.getValue(), hashes);
    if (user.isPresent()) {
      if (writes && !SameOrigin.isConfirmed(request, access.publicUrl())) {
        return Future.failedFuture(
            new DeskProblem(
                Kind.CROSS_ORIGIN,
                "A write with a session cookie needs an Origin header. Clients that are not"
                    + " browsers use HTTP Basic instead."));
      }
      return Future.succeededFuture(user.map(this::agent));
    }
    String[] credentials = basic(request.getHeader("Authorization"));
    if (credentials == null) {
      return Future.failedFuture(
          new DeskProblem(
              Kind.NOT_LOGGED_IN,
              "Log in on the page /desk or with POST /desk/api/login, or send HTTP Basic"
                  + " credentials."));
    }
    return verify(credentials[0], credentials[1], request).map(Optional::of);
  }

  /** Checks a password, slowly and not too often; fails with a {@link DeskProblem}. */
  Future<Agent> verify(String user, String password, HttpServerRequest request) {
    String digest = digest(user, password);
    synchronized (remembered) {
      if (remembered.containsKey(digest)) {
        return Future.succeededFuture(agent(user));
      }
    }
    String address = request.remoteAddress().hostAddress();
    // Keyed by both, so that a stranger elsewhere cannot lock an agent out.
    String pair = address + ' ' + user;
    long wait =
        Math.max(
            byUser.waitSeconds(pair, clock.instant()),
            byAddress.waitSeconds(address, clock.instant()));
    if (wait > 0) {
      return Future.failedFuture(
          new DeskProblem(
              Kind.TOO_MANY_ATTEMPTS, "Try again in " + wait + " seconds.", wait, null));
    }
    byUser.attempt(pair, clock.instant());
    byAddress.attempt(address, clock.instant());
    return passwordWorkers
        .executeBlocking(() -> DeskPasswords.matches(password, hashes.get(user)), false)
        .map(
            matches -> {
              if (!matches) {
                throw new DeskProblem(
                    Kind.WRONG_CREDENTIALS, "The user name or the password is wrong.");
              }
              byUser.succeeded(pair);
              byAddress.succeeded(address);
              synchronized (remembered) {
                remembered.put(digest, Boolean.TRUE);
              }
              return agent(user);
            });
  }

  /** The cookie of a new session. */
  Cookie open(String user, HttpServerRequest request) {
    return cookie(sessions.issue(user, hashes.get(user)), request)
        .setMaxAge(sessions.life().toSeconds());
  }

  /** Ends the request's session, if it has one; the cookie that makes the browser forget it. */
  Cookie close(HttpServerRequest request) {
    Cookie present = request.getCookie(COOKIE);
    if (present != null) {
      sessions.logout(present.getValue());
    }
    return cookie("", request).setMaxAge(0);
  }

  DeskAccess.Mode mode() {
    return access.mode();
  }

  private Cookie cookie(String value, HttpServerRequest request) {
    URI url = access.publicUrl();
    boolean secure =
        request.isSSL()
            || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))
            || (url != null && "https".equalsIgnoreCase(url.getScheme()));
    return Cookie.cookie(COOKIE, value)
        .setPath("/desk")
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(secure);
  }

  private Agent agent(String user) {
    User known = access.users().get(user);
    return new Agent(user, known.name());
  }

  private String digest(String user, String password) {
    String all = salt + '\0' + user + '\0' + password;
    return HexFormat.of().formatHex(DeskSessions.sha256(all.getBytes(StandardCharsets.UTF_8)));
  }

  private static String[] basic(String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith("basic ")) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(6).trim());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? null : new String[] {pair.substring(0, colon), pair.substring(colon + 1)};
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
