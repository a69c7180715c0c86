package dev.baton.hub.omnichannel;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a lifecycle event of Omnichannel means for a handoff. Names are compared without case; both
 * spellings that the documentation has for the end are known. Source: Microsoft, "Messaging API
 * webhook".
 */
enum Lifecycle {
  /** An agent was chosen, but has not accepted yet. */
  ASSIGNED("AgentAssigned"),
  /** An agent has the conversation. */
  ACCEPTED("AgentAccepted", "AgentJoinedCustomerConversation", "TransferAgentAcceptSession"),
  /** The conversation is moved to another agent or queue. */
  TRANSFERRING("TransferToAgentInitiated", "TransferToQueueInitiated"),
  /** A transfer came to nothing: the conversation stays where it is. */
  TRANSFER_FAILED(
      "TransferAgentRejectSession",
      "TransferAgentTimedOutSession",
      "TransferToAgentFailed",
      "TransferToQueueFailed"),
  /** The agent left. The conversation may wait for the next one; it is not over. */
  AGENT_LEFT("AgentEndSession", "AgentDisconnected", "AgentClosed"),
  /** It is over. */
  ENDED(
      "PrimaryAgentEndConversation",
      "ConversationClose",
      "ConversationClosed",
      "SupervisorForceClosedConversation"),
  /** It is over because the customer went. */
  CUSTOMER_LEFT("CustomerDisconnected", "CustomerDisconnectedAgentWaiting"),
  /** Nobody works now. */
  CLOSED("OutOfOperatingHoursDueToNonWorkingHours", "OutOfOperatingHoursDueToHoliday"),
  /** Agents among themselves: whoever has the conversation keeps it. */
  INTERNAL(
      "ConsultAgentLeftPublicConversation",
      "ConsultAgentInitiated",
      "ConsultAgentFailed",
      "ConsultAgentAcceptSession",
      "ConsultAgentEndSession",
      "ConsultAgentRejectSession",
      "ConsultAgentSessionTimedOut",
      "ConsultAgentRemoved",
      "AgentEndedConsult",
      "AgentStartSecondaryChannel",
      "AgentRaiseSecondaryChannel",
      "AgentEndSecondaryChannel");

  private static final Map<String, Lifecycle> BY_NAME = new HashMap<>();

  /** Samples carry the name in the text, too: {@code EventName: **_AgentAccepted_**}. */
  private static final Pattern IN_TEXT =
      Pattern.compile("(?i)^\\s*EventName:\\s*[*_]*([A-Za-z]+)[*_]*\\s*$");

  private final List<String> names;

  static {
    for (Lifecycle event : values()) {
      event.names.forEach(name -> BY_NAME.put(name.toLowerCase(Locale.ROOT), event));
    }
  }

  Lifecycle(String... names) {
    this.names = List.of(names);
  }

  List<String> names() {
    return names;
  }

  static Optional<Lifecycle> named(String name) {
    return name == null
        ? Optional.empty()
        : Optional.ofNullable(BY_NAME.get(name.strip().toLowerCase(Locale.ROOT)));
  }

  /** The event's name in a text that is made of nothing else; empty for what an agent wrote. */
  static Optional<String> nameIn(String text) {
    if (text == null) {
      return Optional.empty();
    }
    Matcher matcher = IN_TEXT.matcher(text);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
