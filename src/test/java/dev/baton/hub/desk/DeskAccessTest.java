package dev.baton.hub.desk;

import static dev.baton.hub.desk.DeskApiTest.assertProblem;
import static dev.baton.hub.desk.DeskFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.baton.configuration.Settings;
import dev.baton.hub.desk.DeskAccess.Mode;
import dev.baton.hub.desk.DeskAccess.User;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeskAccessTest {
  private static final String ALL = "/desk/api/conversations";
  private static final String HASH = cheapHash("s3cret");

  private DeskFixture desk;

  @AfterEach
  void stop() {
    if (desk != null) {
      desk.close();
    }
  }

  @Test
  void aDeskWithoutUsersIsClosedAndSaysWhatToDo() {
    start(DeskAccess.of(Settings.of(Map.of()).desk(), null));

    HttpResponse<String> response = desk.get(ALL);

    assertProblem(response, 403, "BTN-3003");
    assertThat(response.body()).contains("baton.desk.agents", "hash-password");
  }

  @Test
  void usersComeFromTheConfiguration() {
    Settings settings =
        Settings.of(
            Map.of(
                "baton.desk.agents.grace.password",
                HASH,
                "baton.desk.agents.grace.name",
                "Grace Hopper"));

    DeskAccess access = DeskAccess.of(settings.desk(), null);

    assertThat(access.mode()).isEqualTo(Mode.USERS);
    assertThat(access.users()).containsExactly(Map.entry("grace", new User("Grace Hopper", HASH)));
    assertThat(access.toString()).contains("grace").doesNotContain(HASH);
    assertThat(DeskAccess.of(Settings.of(Map.of("baton.desk.open", "true")).desk(), null).mode())
        .isEqualTo(Mode.OPEN);
  }

  @Test
  void anOpenDeskAnswersThisMachineOnly() {
    start(DeskAccess.open());

    assertThat(desk.get(ALL).statusCode()).isEqualTo(200);
    assertProblem(desk.get(ALL, "X-Forwarded-For", "203.0.113.9"), 403, "BTN-3004");
    assertThat(json(desk.get("/desk/api/me")).path("mode").asText()).isEqualTo("open");
  }

  @Test
  void anOpenDeskIsNotReachedByAForeignName() throws Exception {
    start(DeskAccess.open());

    assertThat(rawStatus("Host: rebound.example")).isEqualTo(403);
    assertThat(rawStatus("Host: localhost:" + desk.server.actualPort())).isEqualTo(200);
    assertThat(rawStatus("Host: [::1]:8080")).isEqualTo(200);
  }

  @Test
  void pagesOfOtherOriginsMayNotWrite() {
    start(DeskAccess.open());
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    String accept = ALL + "/c1/accept";
    String grace = "{\"agent\":{\"id\":\"a-1\",\"name\":\"Grace\"}}";

    assertProblem(desk.post(accept, grace, "Origin", "https://evil.example"), 403, "BTN-3005");
    assertProblem(desk.post(accept, grace, "Origin", "null"), 403, "BTN-3005");
    assertProblem(desk.post(accept, grace, "Sec-Fetch-Site", "cross-site"), 403, "BTN-3005");
    assertProblem(desk.post(accept, grace, "Sec-Fetch-Site", "same-site"), 403, "BTN-3005");
    assertThat(desk.events.raised).isEmpty();
    assertThat(desk.post(accept, grace, "Origin", desk.at("").toString()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void usersLogInWithACookieThatScriptsCannotRead() {
    start(users(null));
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    assertProblem(desk.get("/desk/api/me"), 401, "BTN-3001");

    HttpResponse<String> login = login("s3cret");

    assertThat(login.statusCode()).isEqualTo(200);
    assertThat(json(login).path("agent").path("name").asText()).isEqualTo("Grace Hopper");
    String header = login.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(header)
        .contains("HTTPOnly", "SameSite=Strict", "Path=/desk")
        .doesNotContain("Secure");
    String cookie = header.substring(0, header.indexOf(';'));
    assertThat(json(desk.get("/desk/api/me", "Cookie", cookie)).path("agent").path("id").asText())
        .isEqualTo("grace");
    assertProblem(desk.post(ALL + "/c1/accept", null, "Cookie", cookie), 403, "BTN-3005");
    String origin = desk.at("").toString();
    HttpResponse<String> accepted =
        desk.post(
            ALL + "/c1/accept",
            "{\"agent\":{\"id\":\"someone-else\"}}",
            "Cookie",
            cookie,
            "Origin",
            origin);
    assertThat(json(accepted).path("agent").path("id").asText()).isEqualTo("grace");

    HttpResponse<String> logout =
        desk.post("/desk/api/logout", null, "Cookie", cookie, "Origin", origin);
    assertThat(logout.statusCode()).isEqualTo(204);
    assertProblem(desk.get("/desk/api/me", "Cookie", cookie), 401, "BTN-3001");
  }

  @Test
  void theCookieIsSecureWhenThePublicUrlIs() {
    start(users(URI.create("https://desk.example.com")));

    HttpResponse<String> login =
        desk.post(
            "/desk/api/login",
            "{\"user\":\"grace\",\"password\":\"s3cret\"}",
            "Origin",
            "https://desk.example.com");

    assertThat(login.statusCode()).isEqualTo(200);
    assertThat(login.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
  }

  @Test
  void aForgedOrForeignCookieIsRefused() {
    start(users(null));
    String other =
        new DeskSessions(null, Duration.ofHours(1), Clock.systemUTC()).issue("grace", HASH);

    assertProblem(desk.get(ALL, "Cookie", "baton-desk=" + other), 401, "BTN-3001");
    assertProblem(desk.get(ALL, "Cookie", "baton-desk=x.y.z"), 401, "BTN-3001");
  }

  @Test
  void programsUseBasicAuthentication() {
    start(users(null));
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));

    HttpResponse<String> anonymous = desk.get(ALL);
    assertThat(anonymous.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Basic");
    assertThat(desk.get(ALL, "Sec-Fetch-Mode", "cors").headers().firstValue("WWW-Authenticate"))
        .as("browsers would open a dialog of their own")
        .isEmpty();
    assertThat(desk.get(ALL, "Authorization", basic("grace", "s3cret")).statusCode())
        .isEqualTo(200);
    assertThat(
            desk.post(ALL + "/c1/accept", null, "Authorization", basic("grace", "s3cret"))
                .statusCode())
        .isEqualTo(200);
    assertProblem(desk.get(ALL, "Authorization", basic("grace", "wrong")), 401, "BTN-3002");
    assertProblem(desk.get(ALL, "Authorization", basic("eve", "s3cret")), 401, "BTN-3002");
    assertProblem(desk.get(ALL, "Authorization", "Basic ?"), 401, "BTN-3001");
  }

  @Test
  void anotherUserMayNotWriteInTheConversation() {
    start(users(null));
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    desk.post(ALL + "/c1/accept", null, "Authorization", basic("grace", "s3cret"));

    String linus = basic("linus", "pengu1n");
    assertProblem(
        desk.post(ALL + "/c1/messages", "{\"text\":\"x\"}", "Authorization", linus),
        409,
        "BTN-3012");
    assertProblem(desk.post(ALL + "/c1/end", null, "Authorization", linus), 409, "BTN-3012");
  }

  @Test
  void guessingPasswordsIsSlowedDown() {
    start(users(null));
    for (int i = 0; i < 5; i++) {
      assertProblem(login("guess" + i), 401, "BTN-3002");
    }

    HttpResponse<String> sixth = login("s3cret");

    assertProblem(sixth, 429, "BTN-3006");
    assertThat(Integer.parseInt(sixth.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 900);
    assertThat(desk.get(ALL, "Authorization", basic("linus", "pengu1n")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void passwordsAreHashedWithinBcryptsLimits() {
    String hash = DeskPasswords.hash("s3cret".toCharArray());
    assertThat(hash).startsWith("$2a$12$");
    assertThat(DeskPasswords.isHash(hash)).isTrue();
    assertThat(DeskPasswords.isHash(DeskPasswords.NOBODY)).isTrue();
    assertThat(DeskPasswords.matches("s3cret", hash)).isTrue();
    assertThat(DeskPasswords.matches("s3cret", null)).isFalse();
    assertThat(DeskPasswords.matches("s3cret".repeat(13), HASH)).isFalse();
    assertThat(DeskPasswords.isHash("s3cret")).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> DeskPasswords.hash(new char[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeskPasswords.hash("ä".repeat(37).toCharArray()));
  }

  /** Costs no time, unlike those that people shall use. */
  private static String cheapHash(String password) {
    return BCrypt.withDefaults().hashToString(4, password.toCharArray());
  }

  private void start(DeskAccess access) {
    desk = new DeskFixture(access, DeskFixture.hub("desk"));
  }

  private static DeskAccess users(URI publicUrl) {
    return new DeskAccess(
        Mode.USERS,
        Map.of(
            "grace",
            new User("Grace Hopper", HASH),
            "linus",
            new User("Linus", cheapHash("pengu1n"))),
        null,
        Duration.ofHours(1),
        publicUrl);
  }

  private HttpResponse<String> login(String password) {
    return desk.post(
        "/desk/api/login",
        "{\"user\":\"grace\",\"password\":\"%s\"}".formatted(password),
        "Origin",
        desk.at("").toString());
  }

  /** Java's client does not let a test choose the Host header. */
  private int rawStatus(String host) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", desk.server.actualPort())) {
      socket.setSoTimeout(10_000);
      String request = "GET " + ALL + " HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  private static String basic(String user, String password) {
    String pair = user + ':' + password;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
