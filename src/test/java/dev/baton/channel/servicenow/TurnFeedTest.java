package dev.baton.channel.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.channel.turn.TurnRules;
import dev.baton.channel.turn.Verdict;
import dev.baton.channel.turn.Verdict.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnFeedTest {
  private static final Instant NOW = Instant.parse("2026-01-15T09:30:10Z");

  private final BotTurns turns = new BotTurns(TurnRules.defaults());

  private TurnFeed feed() {
    return new TurnFeed(TurnRules.defaults(), turns, "c", NOW.plusSeconds(20));
  }

  private static JsonNode own(String id) {
    return json("{'type':'message','id':'%s','from':{'role':'user'},'text':'q'}".formatted(id));
  }

  private static JsonNode said(String replyTo, String time) {
    return json(
        "{'type':'message','id':'%s','from':{'role':'bot'},'text':'a','replyToId':'%s','timestamp':'%s'}"
            .formatted(time, replyTo, time));
  }

  private static JsonNode json(String text) {
    return RelayJson.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  @Test
  void anAnswerThatIsOldByTheServicesOwnClockIsNotWaitedFor() {
    TurnFeed feed = feed();

    feed.read(
        NOW, List.of(own("1"), said("1", "2026-01-15T09:30:05Z")), "Thu, 15 Jan 2026 09:30:09 GMT");

    assertThat(feed.at(NOW)).isEqualTo(new Verdict.Complete(Reason.QUIET));
  }

  @Test
  void aClockThatCannotBeReadOrGoesWrongChangesNothing() {
    for (String date : new String[] {null, "soon", "Thu, 15 Jan 2026 09:30:01 GMT"}) {
      TurnFeed feed = feed();

      feed.read(NOW, List.of(own("1"), said("1", "2026-01-15T09:30:05Z")), date);

      assertThat(feed.at(NOW)).isEqualTo(new Verdict.LookAgain(NOW.plusMillis(800)));
    }
  }

  @Test
  void anAnswerToTheTurnBeforeIsNoAnswerToThisOne() {
    TurnFeed first = feed();
    first.read(NOW, List.of(own("1"), said("1", "2026-01-15T09:30:09Z")), null);
    first.ended(Reason.QUIET, new ActivitySet(null, List.of(), null));
    TurnFeed second = feed();

    second.read(NOW, List.of(said("1", "2026-01-15T09:30:10Z"), own("2")), null);

    assertThat(second.at(NOW)).isEqualTo(new Verdict.LookAgain(NOW.plusSeconds(20)));
    assertThat(turns.habits().pace().gap()).hasSeconds(1);
  }

  @Test
  void whatComesLateIsCompleteWhenItIsReadWithoutANewPost() {
    TurnFeed first = feed();
    first.read(NOW, List.of(own("1"), said("1", "2026-01-15T09:30:09Z")), null);
    first.ended(Reason.QUIET, new ActivitySet(null, List.of(), null));
    TurnFeed again = feed();

    again.read(NOW, List.of(said("1", "2026-01-15T09:30:09.400Z")), null);

    assertThat(again.at(NOW.plusMillis(800))).isEqualTo(new Verdict.Complete(Reason.QUIET));
  }

  @Test
  void aSecondPostBeforeTheAnswerMakesItsAnswerTheTurns() {
    TurnFeed feed = feed();

    feed.read(NOW, Stream.of(own("1"), own("2"), said("1", "2026-01-15T09:30:09Z")).toList(), null);

    assertThat(feed.at(NOW.plusSeconds(10))).isInstanceOf(Verdict.LookAgain.class);
  }
}
