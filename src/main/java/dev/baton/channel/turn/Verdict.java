package dev.baton.channel.turn;

import java.time.Instant;

/** What {@link TurnDetector} says at a moment. */
public sealed interface Verdict {

  /** The turn is complete: answer now. */
  record Complete(Reason reason) implements Verdict {}

  /** Not yet. Ask again when something happens, at the latest at {@code at}. */
  record LookAgain(Instant at) implements Verdict {}

  /** Why a turn is taken for complete. */
  enum Reason {
    /** The conversation was ended by the bot. */
    ENDED,
    /** The bot asked for a human. */
    HANDOFF,
    /** The last message says that the bot expects input. */
    EXPECTING_INPUT,
    /** The last message offers suggested actions. */
    SUGGESTED_ACTIONS,
    /** The bot has answered the post and is known to send everything before that. */
    POST_ANSWERED,
    /** The bot has been silent for longer than it is between two messages. */
    QUIET,
    /** The upper bound is reached, whatever the bot does. */
    BOUND
  }
}
