package dev.baton.operations.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.configuration.BotSettings;
import dev.baton.configuration.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Examines one bot: its configuration, its token and, when asked for, a conversation. */
final class BotDoctor {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BotSettings bot;
  private final Settings settings;
  private final Wishes wishes;
  private final String subject;
  private final String prefix;
  private final HttpAsk http = new HttpAsk();
  private final List<Finding> findings = new ArrayList<>();

  BotDoctor(BotSettings bot, Settings settings, Wishes wishes) {
    this.bot = bot;
    this.settings = settings;
    this.wishes = wishes;
    this.subject = "bot " + bot.name();
    this.prefix = "baton.bots." + bot.name() + ".";
  }

  List<Finding> examine() {
    token();
    findings.add(BotConfigurationChecks.canvas(bot, settings));
    findings.add(BotConfigurationChecks.hubs(bot, settings));
    findings.add(BotConfigurationChecks.handoffEvents(bot));
    return findings;
  }

  private void token() {
    Finding.About about = new Finding.About("BTN-4502", subject, "token");
    boolean fromEndpoint = bot.tokenEndpoint() != null;
    URI uri = fromEndpoint ? bot.tokenEndpoint() : directLine("/tokens/generate");
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (fromEndpoint) {
      request.GET();
    } else {
      request
          .header("Authorization", "Bearer " + bot.secret().reveal())
          .POST(HttpRequest.BodyPublishers.noBody());
    }
    try {
      HttpResponse<String> answer = http.ask(request);
      String token = answer.statusCode() == 200 ? token(answer.body()) : null;
      if (token == null) {
        findings.add(refused(about, answer.statusCode(), fromEndpoint));
      } else {
        findings.add(about.ok("the bot gives one"));
      }
      clock(answer);
      if (token != null) {
        findings.add(stream(token));
      }
    } catch (JsonProcessingException e) {
      findings.add(
          about.fail(
              "the answer is something other than JSON",
              "the URL leads to a page or a proxy",
              "correct " + prefix + (fromEndpoint ? "token-endpoint" : "url")));
    } catch (IOException e) {
      findings.add(
          about.fail(
              HttpAsk.why(uri),
              "wrong URL, or a firewall or proxy between here and there",
              "correct " + prefix + (fromEndpoint ? "token-endpoint" : "url") + " or the network"));
    }
  }

  private static String token(String body) throws JsonProcessingException {
    return JSON.readTree(body).path("token").asText(null);
  }

  private Finding refused(Finding.About about, int status, boolean fromEndpoint) {
    String key = prefix + (fromEndpoint ? "token-endpoint" : "secret");
    if (status == 401 || status == 403) {
      return about.fail(
          "none is given (HTTP " + status + ")",
          "the secret is wrong, was regenerated, or belongs to another bot or region",
          "copy it again from the bot's web channel security to " + key);
    }
    return about.fail(
        "none is given (HTTP " + status + ")",
        "the URL is not that of Direct Line",
        "check " + prefix + (fromEndpoint ? "token-endpoint" : "url"));
  }

  private void clock(HttpResponse<String> answer) {
    answer
        .headers()
        .firstValue("Date")
        .flatMap(date -> ClockCheck.look(subject, date, Instant.now()))
        .ifPresent(findings::add);
  }

  private Finding stream(String token) {
    Finding.About about = new Finding.About("BTN-4504", subject, "conversation");
    if (!wishes.endToEnd()) {
      return about.ok("not tried, because that starts one; --end-to-end does");
    }
    return new BotConversation(http, bot, about).start(directLine("/conversations"), token);
  }

  private URI directLine(String path) {
    return URI.create(bot.url().toString().replaceAll("/+$", "") + bot.apiPath() + path);
  }
}
