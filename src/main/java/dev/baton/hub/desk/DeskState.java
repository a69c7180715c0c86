package dev.baton.hub.desk;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Owner;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a conversation stands at the desk. */
enum DeskState {
  WAITING,
  ACTIVE,
  ENDED;

  /** The name in the API. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<DeskState> named(String id) {
    for (DeskState state : values()) {
      if (state.id().equals(id)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /** Empty when the conversation's latest handoff did not come to one of these desks. */
  static Optional<DeskState> of(Conversation conversation, Set<String> desks) {
    Handoff handoff = conversation.handoff();
    if (handoff == null || handoff.hub() == null || !desks.contains(handoff.hub())) {
      return Optional.empty();
    }
    if (!handoff.isOpen()) {
      return Optional.of(ENDED);
    }
    if (conversation.owner() == Owner.AGENT && handoff.phase() == Handoff.Phase.ACCEPTED) {
      return Optional.of(ACTIVE);
    }
    return conversation.owner() == Owner.PENDING && handoff.phase() == Handoff.Phase.QUEUED
        ? Optional.of(WAITING)
        : Optional.empty();
  }
}
