package dev.baton.simulator.genesys;

import java.util.Arrays;
import java.util.Locale;

/** Why a participant's leg ended, in the spelling of conversations and in that of events. */
public enum DisconnectType {
  CLIENT("client"),
  PEER("peer"),
  ENDPOINT("endpoint"),
  SYSTEM("system"),
  TIMEOUT("other"),
  ERROR("error"),
  SPAM("spam"),
  OTHER("other"),
  UNKNOWN("other"),
  TRANSPORT_FAILURE("transport.failure"),
  DND_ENDPOINT("endpoint.donotdisturb"),
  TRANSFER("transfer"),
  CONFERENCE_TRANSFER("transfer.conference"),
  CONSULT_TRANSFER("transfer.consult"),
  FORWARD_TRANSFER("transfer.forward"),
  NO_ANSWER_TRANSFER("transfer.noanswer"),
  NOT_AVAILABLE_TRANSFER("transfer.notavailable"),
  DND_TRANSFER("transfer.donotdisturb");

  private final String ofParticipant;

  DisconnectType(String ofParticipant) {
    this.ofParticipant = ofParticipant;
  }

  /** As in {@code participants[].disconnectType}; in events it is {@link #name()}. */
  String ofParticipant() {
    return ofParticipant;
  }

  /** Whether the conversation goes on elsewhere. */
  public boolean isTransfer() {
    return name().contains("TRANSFER");
  }

  /**
   * @throws GenesysSimulatorException when there is none of that name
   */
  static DisconnectType of(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new GenesysSimulatorException(
          "BTN-4785",
          "There is no disconnectType '%s'; there are %s"
              .formatted(name, Arrays.toString(values())),
          e);
    }
  }
}
