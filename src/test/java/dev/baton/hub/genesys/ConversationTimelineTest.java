package dev.baton.hub.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTimelineTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode conversation = JSON.createObjectNode();

  /** Times are seconds; -1 for none. */
  private ObjectNode leg(String purpose, int connected, int ended, String disconnect) {
    ObjectNode leg = conversation.withArray("participants").addObject();
    int number = conversation.path("participants").size();
    leg.put("id", "p" + number).put("purpose", purpose).put("name", "name-" + number);
    leg.put("state", ended >= 0 ? "disconnected" : connected >= 0 ? "connected" : "alerting");
    if (connected >= 0) {
      leg.put("connectedTime", time(connected));
    }
    if (ended >= 0) {
      leg.put("endTime", time(ended)).put("disconnectType", disconnect);
    }
    return leg;
  }

  private static String time(int second) {
    return "2026-03-04T10:%02d:%02d.000Z".formatted(second / 60, second % 60);
  }

  private ConversationTimeline read() {
    return ConversationTimeline.of(conversation, "batonReason");
  }

  private List<String> ids() {
    return read().events().stream().map(ConversationTimeline.Event::id).toList();
  }

  @Test
  void aCustomerInTheQueueWaits() {
    leg("customer", 0, -1, null);
    leg("workflow", 0, 1, "transfer");
    leg("acd", 1, -1, null);
    assertThat(ids()).containsExactly("queued:p3");
    assertThat(read().isOver()).isFalse();
    assertThat(read().agent()).isNull();
  }

  @Test
  void anAgentWhoIsAlertedHasNotAccepted() {
    leg("customer", 0, -1, null);
    leg("acd", 1, -1, null);
    leg("agent", -1, -1, null);
    assertThat(ids()).containsExactly("queued:p2");
    assertThat(read().isMoving()).isTrue();
  }

  @Test
  void anAgentWhoDoesNotAnswerWasNeverThere() {
    leg("customer", 0, -1, null);
    leg("acd", 1, -1, null);
    leg("agent", -1, 9, "transfer.noanswer");
    assertThat(ids()).containsExactly("queued:p2");
    assertThat(read().isOver()).isFalse();
  }

  @Test
  void anAgentWhoAcceptsIsNamed() {
    leg("customer", 0, -1, null);
    leg("acd", 1, 5, "transfer");
    leg("agent", 5, -1, null).putObject("user").put("id", "u-1");
    assertThat(ids()).containsExactly("queued:p2", "accepted:p3");
    assertThat(read().events().get(1).body().toString()).contains("u-1", "name-3");
    assertThat(read().agent()).isEqualTo(new ConversationTimeline.Agent("u-1", "name-3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transfer",
        "transfer.conference",
        "transfer.consult",
        "transfer.forward",
        "transfer.noanswer",
        "transfer.notavailable",
        "transfer.donotdisturb",
        "TRANSFER",
        "CONFERENCE_TRANSFER",
        "CONSULT_TRANSFER",
        "FORWARD_TRANSFER",
        "NO_ANSWER_TRANSFER",
        "NOT_AVAILABLE_TRANSFER",
        "DND_TRANSFER"
      })
  void aTransferIsNotTheEnd(String disconnect) {
    leg("customer", 0, -1, null);
    leg("agent", 5, 20, disconnect);
    assertThat(read().isOver()).isFalse();
    assertThat(ids()).containsExactly("accepted:p2", "transferring:p2");
    assertThat(read().isMoving()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "client, AGENT",
    "CLIENT, AGENT",
    "endpoint, AGENT",
    "peer, SYSTEM",
    "system, SYSTEM",
    "timeout, SYSTEM",
    "error, SYSTEM",
    "spam, SYSTEM",
    "other, SYSTEM",
    "unknown, SYSTEM",
    "transport.failure, SYSTEM"
  })
  void anAgentWhoDisconnectsIsTheEndWithItsReason(String disconnect, String by) {
    leg("customer", 0, 20, "peer");
    leg("agent", 5, 20, disconnect);
    ConversationTimeline.Event end = read().events().get(1);
    assertThat(end.id()).isEqualTo("ended:p1");
    assertThat(end.body()).containsEntry("type", "ended").containsEntry("by", by);
    assertThat(end.body().get("reason").toString()).isEqualToIgnoringCase(disconnect);
  }

  @Test
  void withAThreadingWindowTheEndIsKnownByTheAgentAlone() {
    leg("customer", 0, -1, null);
    leg("agent", 5, 20, "client");
    assertThat(read().isOver()).isTrue();
  }

  @Test
  void aTransferToAQueueLeavesTheCustomerWaiting() {
    leg("customer", 0, -1, null);
    leg("agent", 5, 20, "transfer");
    leg("acd", 20, -1, null).putObject("queue").put("name", "Billing");
    assertThat(ids()).containsExactly("accepted:p2", "transferring:p2", "left:p2", "queued:p3");
    assertThat(read().events().get(1).body()).containsEntry("to", "Billing");
    assertThat(read().isOver()).isFalse();
  }

  @Test
  void aHandOverFromAgentToAgentAnnouncesTheSecond() {
    leg("customer", 0, -1, null);
    leg("agent", 5, 20, "transfer");
    leg("agent", 20, -1, null);
    assertThat(ids()).containsExactly("accepted:p2", "accepted:p3");
    assertThat(read().agent().name()).isEqualTo("name-3");
  }

  @Test
  void anAgentWhoComesLaterComesAfterTheTransfer() {
    leg("customer", 0, -1, null);
    leg("agent", 5, 20, "transfer");
    leg("acd", 20, 30, "transfer");
    leg("agent", 30, -1, null);
    assertThat(ids()).containsExactly("accepted:p2", "transferring:p2", "queued:p3", "accepted:p4");
  }

  @Test
  void whatHappenedInAGapIsAllThereInOrder() {
    leg("customer", 0, 60, "peer");
    leg("acd", 1, 5, "transfer");
    leg("agent", 5, 20, "transfer");
    leg("acd", 20, 30, "transfer");
    leg("agent", 30, 60, "client");
    assertThat(ids())
        .containsExactly(
            "queued:p2", "accepted:p3", "transferring:p3", "queued:p4", "accepted:p5", "ended:p1");
  }

  @Test
  void aFlowThatTurnsTheCustomerAwaySaysWhy() {
    leg("customer", 0, 2, "system").putObject("attributes").put("batonReason", "closed");
    leg("workflow", 0, 2, "system");
    assertThat(read().events()).hasSize(1);
    assertThat(read().events().get(0).body())
        .containsEntry("type", "rejected")
        .containsEntry("reason", "CLOSED");
  }

  @Test
  void aCustomerWhoNoAgentTookWasRejectedForWantOfOne() {
    leg("customer", 0, 2, "system");
    leg("acd", 0, 2, "system");
    assertThat(read().events().get(1).body()).containsEntry("reason", "NO_AGENT");
  }

  @Test
  void aFlowThatHasNotBegunIsNoEnd() {
    leg("customer", 0, -1, null);
    assertThat(read().isOver()).isFalse();
    assertThat(read().isMoving()).isTrue();
    assertThat(read().customer()).isEqualTo("p1");
  }

  @Test
  void missingMembersAreNoFault() {
    conversation.withArray("participants").addObject();
    assertThat(read().events()).isEmpty();
    assertThat(ConversationTimeline.of(JSON.createObjectNode(), "x").isOver()).isFalse();
  }
}
