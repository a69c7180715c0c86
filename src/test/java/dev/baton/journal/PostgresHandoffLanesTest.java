package dev.baton.journal;

import dev.baton.conversation.Lane;
import java.util.Set;

class PostgresHandoffLanesTest extends HandoffLanesContract {
  private final String url = PostgresServer.newDatabase();

  @Override
  JournalOptions options() {
    return JournalOptions.url(url)
        .lane(Lane.BOT, QUICK)
        .lane(Lane.HUB, QUICK)
        .pushChannels(Set.of("push"));
  }
}
