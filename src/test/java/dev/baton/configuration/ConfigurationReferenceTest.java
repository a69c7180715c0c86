package dev.baton.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
  private static final Path PAGE = Path.of("docs", "configuration.md");
  private static final Path DEFAULTS =
      Path.of("src", "main", "resources", "application.properties");
  private static final boolean WRITE = Boolean.getBoolean("baton.reference.write");

  @Test
  void thePageIsWhatTheCodeGenerates() throws IOException {
    if (WRITE) {
      Files.writeString(PAGE, ConfigurationReference.page());
    }
    assertThat(PAGE)
        .as("docs/configuration.md; its first lines say how to write it anew")
        .hasContent(ConfigurationReference.page());
  }

  @Test
  void applicationPropertiesHoldsEveryDefaultOfTheCatalogue() throws IOException {
    String generated = ConfigurationReference.defaults();
    String file = Files.readString(DEFAULTS);
    String before = file.substring(0, file.indexOf(ConfigurationReference.BEGIN));
    String after =
        file.substring(file.indexOf(ConfigurationReference.END))
            .substring(ConfigurationReference.END.length() + 1);
    if (WRITE) {
      Files.writeString(DEFAULTS, before + generated + after);
    }
    assertThat(DEFAULTS).hasContent(before + generated + after);
  }

  @Test
  void everyPropertyHasALineOfComment() throws IOException {
    String previous = "";
    for (String line : Files.readAllLines(DEFAULTS)) {
      if (line.matches("[a-z][A-Za-z.-]+=.*")) {
        assertThat(previous).as("comment above " + line).startsWith("# ");
      }
      previous = line;
    }
  }

  @Test
  void everyOptionIsDeclaredOnce() {
    assertThat(Options.all()).extracting(Option::name).doesNotHaveDuplicates();
  }

  @Test
  void everyDefaultIsValid() {
    for (Option option : Options.all()) {
      if (option.preset() != null && !option.preset().contains("{{")) {
        assertThat(option.type().parse(option.preset())).as(option.name()).isNotNull();
      }
    }
  }
}
