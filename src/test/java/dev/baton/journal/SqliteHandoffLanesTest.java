package dev.baton.journal;

import dev.baton.conversation.Lane;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class SqliteHandoffLanesTest extends HandoffLanesContract {
  @TempDir Path folder;

  @Override
  JournalOptions options() {
    return JournalOptions.folder(folder)
        .lane(Lane.BOT, QUICK)
        .lane(Lane.HUB, QUICK)
        .pushChannels(Set.of("push"));
  }
}
