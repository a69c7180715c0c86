package dev.baton.hub;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A simulated vendor, as {@link HubConformance} needs it. */
public interface HubUnderTest extends AutoCloseable {
  /**
   * The hub's keys without the prefix {@code baton.hubs.<name>.}. They limit a message to 200
   * characters.
   */
  Map<String, String> settings();

  /** Where the Baton listens that is used from now on, for a vendor who has one address for all. */
  default void usedBy(String publicUrl) {}

  /** The vendor's side of a handoff, empty while there is none. */
  Optional<Chat> chat(String handoffId);

  /** How many conversations the vendor has for a handoff. */
  long chats(String handoffId);

  void closed(boolean closed);

  /** While down, no call is answered. */
  void down(boolean down);

  /** The next message is answered "not now, in a second". */
  void throttleNextMessage();

  void maxTranscript(int lines);

  /** The next conversation is created, but the answer does not arrive. */
  void loseNextOpenAnswer();

  /** What the vendor does after it created a conversation and before it says so. */
  void beforeOpenAnswer(Consumer<Chat> action);

  /** No faults from now on. */
  void healthy();

  @Override
  void close();

  /** One conversation on the vendor's side. Events return when they were acknowledged. */
  interface Chat {
    List<String> texts();

    List<String> transcript();

    /** How often the vendor was asked to end it. */
    int ends();

    void accept(String agent);

    /** An agent's message, told so many times, with one and the same id. */
    void say(String text, int times);

    void leave(String agent);

    void end();

    /** After the end: a message of the vendor itself. */
    void survey(String text);

    void unknownEvent();

    /** Whether the agent sees that the customer was shown a text; empty without receipts. */
    default Optional<Boolean> shown(String text) {
      return Optional.empty();
    }

    /** A message that somebody else signed. @return the status of the answer */
    int forged(String text);
  }
}
