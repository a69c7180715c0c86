package dev.baton.journal;

import dev.baton.conversation.Decider;
import java.time.Clock;
import java.util.List;

/** What an append needs of the journal around it. */
interface Core {
  Decider decider();

  Clock clock();

  Lanes lanes();

  Timers timers();

  List<JournalListener> listeners();

  /** A repeat was dropped. */
  void repeated();

  /** Whether Baton must call this type of channel for each activity. */
  boolean isPushed(String channel);
}
