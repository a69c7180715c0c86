package dev.baton.hub.servicenow.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.servicenow.InstanceAccess;
import dev.baton.operations.doctor.Finding;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A test message through the whole loop: opens a conversation with the Virtual Agent, waits for its
 * first callback and ends it. Only this shows whether secrets agree and whether callbacks arrive:
 * ServiceNow answers 200 either way.
 */
final class EndToEnd {
  private final Target target;
  private final TestRequest request;
  private final CallbackWatch watch;
  private final Duration patience;

  EndToEnd(Target target, TestRequest request, CallbackWatch watch, Duration patience) {
    this.target = target;
    this.request = request;
    this.watch = watch;
    this.patience = patience;
  }

  List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    try {
      HttpResponse<byte[]> answer = request.send("START_CONVERSATION");
      Finding sent = sent(answer);
      findings.add(sent);
      if (sent.failed()) {
        return findings;
      }
      findings.add(callback());
      findings.add(ended(request.send("END_CONVERSATION").statusCode()));
    } catch (InstanceAccess.NoTokenException e) {
      findings.add(about(Symptom.OAUTH).fail(e.reason(), "no token", "see the line OAuth"));
    } catch (IOException e) {
      findings.add(
          about(Symptom.AUTHENTICATION)
              .fail("the instance breaks the connection", "the network", "try again"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      findings.add(
          about(Symptom.SILENCE)
              .warn("interrupted", "the test was stopped", "the conversation ends by itself"));
    }
    return findings;
  }

  private Finding.About about(Symptom symptom) {
    return symptom.about(target, "test message");
  }

  /** What the immediate answer tells. */
  private Finding sent(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    JsonNode json = json(answer.body());
    if (status / 100 == 2 && json == null) {
      return new Finding.About("BTN-4513", "hub " + target.hub(), "test message")
          .fail(
              "answered with a page instead of JSON",
              "a developer instance that sleeps, or the wrong URL",
              "wake the instance, check " + target.option("url"));
    }
    if (status / 100 == 2) {
      return accepted(json);
    }
    return switch (status) {
      case 401 ->
          about(Symptom.AUTHENTICATION)
              .fail(
                  "HTTP 401 at the transport layer",
                  "the REST resource refuses the service account",
                  "check the roles of the account, and whether it may use REST");
      case 403, 404 ->
          about(Symptom.APPLICATION)
              .fail(
                  "HTTP " + status,
                  status == 404 ? "the application is not installed" : "access control",
                  "install Virtual Agent API, and give the account access to its resource");
      case 405 ->
          about(Symptom.RESOURCE_INACTIVE)
              .fail("HTTP 405", "the REST resource is inactive", "activate BOT Integration");
      case 429 ->
          about(Symptom.RATE_LIMIT)
              .fail("HTTP 429", "a rate rule stops the account", "raise its limit, or wait");
      default ->
          about(Symptom.SILENCE)
              .fail(
                  "HTTP " + status,
                  "the instance did not take the message",
                  "look at its system log");
    };
  }

  private Finding accepted(JsonNode json) {
    if (json.path("status").asText().equalsIgnoreCase("failure")) {
      return about(Symptom.SILENCE)
          .fail(
              "refused: " + Masking.mask(json.path("message").asText("status failure")),
              "the instance could not queue it",
              "look at its system log");
    }
    if (json.path("body").isArray() || json.path("result").path("body").isArray()) {
      return about(Symptom.SYNCHRONOUS)
          .fail(
              "the reply came in the HTTP response",
              "the channel is synchronous",
              "untick Synchronous of sys_cs_channel " + ChannelChecks.CHANNEL);
    }
    return about(Symptom.AUTHENTICATION).ok("accepted by the instance");
  }

  private Finding callback() throws InterruptedException {
    Finding.About about = Symptom.SILENCE.about(target, "first callback");
    long before = System.nanoTime();
    CallbackWatch.Sight sight = watch.await(request.session(), patience);
    long took = Duration.ofNanos(System.nanoTime() - before).toMillis();
    return switch (sight) {
      case ARRIVED -> about.ok("arrived after " + took + " ms at " + watch.where());
      case REFUSED ->
          about.fail(
              "arrived, but without the right user, password or header",
              "the password was not typed in on the instance, or another header is set",
              "type it in again there: it must be " + target.option("callback-password"));
      case NOTHING ->
          about.fail(
              "none within " + patience.toSeconds() + " s at " + watch.where(),
              "message authentication fails after the 200, or the callback cannot reach Baton,"
                  + " or Baton refused it (its log then has BTN-2340)",
              "type the secret of "
                  + target.messageAuth().words()
                  + " in again on the instance, then see sys_cs_ca_message for its deliveries");
    };
  }

  private Finding ended(int status) {
    return status / 100 == 2
        ? about(Symptom.AUTHENTICATION).ok("its conversation was ended again")
        : about(Symptom.AUTHENTICATION)
            .warn(
                "its conversation could not be ended (HTTP " + status + ")",
                "the instance refused the end",
                "nothing: ServiceNow ends it by itself after an hour or two");
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode json = new ObjectMapper().readTree(body);
      return json.isObject() ? json : null;
    } catch (IOException e) {
      return null;
    }
  }
}
