package dev.baton.simulator.servicenow;

import java.util.Locale;
import java.util.stream.Stream;

/** What can be made to go wrong on the wire. Each was seen, or is to be expected, of the vendor. */
public enum FaultKind {
  SLOW("the answer comes late, see delay"),
  ASLEEP("the instance sleeps: an HTML page with 200"),
  THROTTLED("429 with Retry-After and the rate rule's headers; the call did nothing"),
  SERVER_ERROR("500; the call did nothing"),
  UNAVAILABLE("503; the call did nothing"),
  UNAUTHORIZED("401; the call did nothing"),
  MFA_REQUIRED("401 with X-MFA_TOKEN: invalid"),
  FORBIDDEN("403; the call did nothing"),
  NOT_FOUND("404; the call did nothing"),
  DISABLED("405; the call did nothing"),
  CONNECTION_RESET("the connection breaks after the call was carried out"),
  TOKEN_EXPIRED("every access token is void from now on"),
  NOT_QUEUED("200 with status failure: Failed to add request to queue"),
  SILENCE("200 {\"status\":\"success\"}, and nothing else ever happens"),
  CALLBACK_FIRST("callbacks arrive before the call is answered, see delay"),
  CALLBACK_LOST("a callback is not sent"),
  CALLBACK_TWICE("a callback is sent twice, with the same messageId"),
  CALLBACK_LATE("a callback is sent late, see delay; later ones overtake it"),
  CALLBACK_DISORDER("a callback changes places with the next"),
  CALLBACK_OTHER_SESSION("a callback carries a clientSessionId that nobody knows"),
  CALLBACK_OCTET_STREAM("a callback's Content-Type is application/octet-stream"),
  CALLBACK_BARE_ITEM("a callback's body is an object, not an array"),
  CALLBACK_UNAUTHENTICATED("a callback carries a wrong password"),
  CALLBACK_NOT_JSON("a callback's body is not JSON"),
  TYPING_BESIDE_TEXT("an agent's line carries an end of typing before the text"),
  OTHER_SPELLING("action types end in ActionMsg"),
  TEXTS_AS_VALUES("numbers and booleans of a callback are texts"),
  NO_MESSAGE_ID("items carry no messageId and the envelope no interactionId"),
  NO_HANDOVER("a request for an agent is answered with the topic picker and score 0"),
  CLOSED_AT_ONCE("the interaction is created and closed at once, with an empty queue"),
  TAKE_CONTROL("the bot gives up with takeControl at the next message"),
  STREAM_DISORDER("chunks of a stream arrive in the wrong order"),
  PAGE_SHORT("the Table API's next list lacks its first row, which access rules hide");

  private final String description;

  FaultKind(String description) {
    this.description = description;
  }

  /** Name over HTTP, for example {@code callback-lost}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One line for people. */
  public String description() {
    return description;
  }

  static FaultKind of(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return Stream.of(values())
        .filter(kind -> kind.id().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new SimulatorException(
                    "BTN-4750",
                    "There is no fault '%s'; GET /simulator/faults lists them".formatted(name)));
  }
}
