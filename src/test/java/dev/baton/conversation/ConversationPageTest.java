package dev.baton.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.texts.BundledTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/conversation.md says what the code does. */
class ConversationPageTest {
  private final List<String> page = Files.readAllLines(Path.of("docs/conversation.md"));

  ConversationPageTest() throws IOException {}

  @Test
  void theTransitionsAreThoseThatAreTested() {
    assertThat(page).containsSubsequence(EveryEventTest.TABLE.lines().toList());
    assertThat(page).containsSubsequence(EveryEventTest.ESCALATING.lines().toList());
  }

  @Test
  void everyTextHasItsLine() {
    for (String key : BundledTexts.keys()) {
      assertThat(page).as(key).anyMatch(line -> line.startsWith("| `" + key + "` |"));
    }
  }

  @Test
  void everyTimeoutHasItsLine() {
    for (Timer timer : Timer.values()) {
      String key = timer.name().toLowerCase(Locale.ROOT).replace('_', '-');
      assertThat(page)
          .as(key)
          .anyMatch(line -> line.matches("\\| `" + key + "` \\| \\d+[smh] \\|.*"));
    }
  }
}
