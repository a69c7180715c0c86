package dev.baton.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Baton shows follows Microsoft's schema to the letter, whatever bots and hubs write. */
class StrictActivitiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ObjectNode shown(String activity) throws Exception {
    return Activities.fromBot((ObjectNode) JSON.readTree(activity));
  }

  @Test
  void suggestedActionsAreForEverybodyUnlessTheySayForWhom() throws Exception {
    String actions = "\"actions\":[{\"type\":\"imBack\",\"title\":\"a\",\"value\":\"a\"}]";
    assertThat(shown("{\"suggestedActions\":{" + actions + "}}").at("/suggestedActions/to"))
        .isEmpty();
    assertThat(
            shown("{\"suggestedActions\":{\"to\":[\"u1\"]," + actions + "}}")
                .at("/suggestedActions/to/0")
                .asText())
        .isEqualTo("u1");
    assertThat(
            shown("{\"suggestedActions\":{\"to\":null," + actions + "}}")
                .at("/suggestedActions/to")
                .isArray())
        .isTrue();
    assertThat(
            Activities.question(TextKey.OFFER, "Who?", "en", List.of("a"))
                .at("/suggestedActions/to")
                .isArray())
        .isTrue();
    assertThat(shown("{\"text\":\"hello\"}").has("suggestedActions")).isFalse();
  }

  @Test
  void attachmentsLoseTheirNullsAndKeepTheRest() throws Exception {
    ObjectNode shown =
        shown(
            "{\"attachments\":[{\"contentType\":\"image/png\",\"content\":null,"
                + "\"contentUrl\":\"https://x.example/a\",\"thumbnailUrl\":null}]}");
    assertThat(shown.at("/attachments/0").fieldNames())
        .toIterable()
        .containsExactly("contentType", "contentUrl");
  }
}
