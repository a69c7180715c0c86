package dev.baton.directline;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * What the service answered.
 *
 * @param retryAfter the header of that name, or null
 * @param requestId {@code x-ms-request-id}, which the vendor's support asks for, or null
 * @param body the JSON object; empty when there was none
 */
record Answer(int status, String retryAfter, String requestId, Map<String, Object> body) {

  boolean ok() {
    return status >= 200 && status < 300;
  }

  String errorCode() {
    return Json.text(Json.child(body, "error"), "code");
  }

  /**
   * Perhaps for want of a better token: services that have changed their keys, or forgotten the
   * conversation, do not all say {@code TokenExpired}.
   */
  boolean refusesCredential() {
    return status == 401 || status == 403;
  }

  boolean tokenExpired() {
    return status == 403 && "TokenExpired".equalsIgnoreCase(errorCode());
  }

  /** How long to wait by {@code Retry-After}, in seconds or as a date; null when not said. */
  Duration wait(Instant now) {
    if (retryAfter == null) {
      return null;
    }
    String value = retryAfter.strip();
    try {
      return Duration.ofSeconds(Math.max(0, Long.parseLong(value)));
    } catch (NumberFormatException notSeconds) {
      try {
        Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        return at.isBefore(now) ? Duration.ZERO : Duration.between(now, at);
      } catch (DateTimeParseException notADate) {
        return null;
      }
    }
  }

  /** Why this is not a success, as the exception that tells what to do. */
  DirectLineException failure(String what) {
    String code = errorCode();
    String message = Json.text(Json.child(body, "error"), "message");
    StringBuilder text = new StringBuilder(what).append(" failed: HTTP ").append(status);
    if (code != null) {
      text.append(' ').append(code);
    }
    if (message != null) {
      text.append(" (").append(message).append(')');
    }
    if (requestId != null) {
      text.append(", request ").append(requestId);
    }
    if (status == 404 || tokenExpired()) {
      return new DirectLineConversationLostException(text.toString(), status, code, null);
    }
    if (status == 408 || status == 412 || status == 429 || status >= 500) {
      return new DirectLineRetryException(text.toString(), status, code, wait(Instant.now()), null);
    }
    return new DirectLineException(text.toString(), status, code, null);
  }
}
