package dev.baton.hub.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleTest {
  @ParameterizedTest
  @CsvSource({
    "AgentAssigned, ASSIGNED",
    "AgentAccepted, ACCEPTED",
    "AgentJoinedCustomerConversation, ACCEPTED",
    "TransferAgentAcceptSession, ACCEPTED",
    "TransferToAgentInitiated, TRANSFERRING",
    "TransferToQueueInitiated, TRANSFERRING",
    "TransferAgentRejectSession, TRANSFER_FAILED",
    "TransferAgentTimedOutSession, TRANSFER_FAILED",
    "TransferToAgentFailed, TRANSFER_FAILED",
    "TransferToQueueFailed, TRANSFER_FAILED",
    "AgentEndSession, AGENT_LEFT",
    "AgentDisconnected, AGENT_LEFT",
    "AgentClosed, AGENT_LEFT",
    "PrimaryAgentEndConversation, ENDED",
    "ConversationClose, ENDED",
    "ConversationClosed, ENDED",
    "SupervisorForceClosedConversation, ENDED",
    "CustomerDisconnected, CUSTOMER_LEFT",
    "CustomerDisconnectedAgentWaiting, CUSTOMER_LEFT",
    "OutOfOperatingHoursDueToNonWorkingHours, CLOSED",
    "OutOfOperatingHoursDueToHoliday, CLOSED",
    "ConsultAgentLeftPublicConversation, INTERNAL",
    "ConsultAgentInitiated, INTERNAL",
    "ConsultAgentFailed, INTERNAL",
    "ConsultAgentAcceptSession, INTERNAL",
    "ConsultAgentEndSession, INTERNAL",
    "ConsultAgentRejectSession, INTERNAL",
    "ConsultAgentSessionTimedOut, INTERNAL",
    "ConsultAgentRemoved, INTERNAL",
    "AgentEndedConsult, INTERNAL",
    "AgentStartSecondaryChannel, INTERNAL",
    "AgentRaiseSecondaryChannel, INTERNAL",
    "AgentEndSecondaryChannel, INTERNAL"
  })
  void everyDocumentedNameIsKnownInAnyCase(String name, Lifecycle meaning) {
    assertThat(Lifecycle.named(name)).contains(meaning);
    assertThat(Lifecycle.named(name.toLowerCase(Locale.ROOT))).contains(meaning);
    assertThat(Lifecycle.named(" " + name.toUpperCase(Locale.ROOT) + " ")).contains(meaning);
    assertThat(Lifecycle.nameIn("EventName: **_" + name + "_**")).contains(name);
  }

  @Test
  void namesThatNobodyKnowsAreNone() {
    assertThat(Lifecycle.named("SomethingNew")).isEmpty();
    assertThat(Lifecycle.named(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The log says EventName: **_AgentAccepted_**",
        "EventName: **_AgentAccepted_** is what I see",
        "AgentAccepted",
        "EventName:"
      })
  void whatAnAgentWritesAboutEventsIsNoEvent(String text) {
    assertThat(Lifecycle.nameIn(text)).isEmpty();
  }
}
