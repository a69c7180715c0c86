package dev.baton.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.simulator.copilot.Fault;
import dev.baton.simulator.copilot.FaultKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bot's Direct Line service does wrong: the bot hears every message once, the customer
 * sees every answer once.
 */
class BotFaultsTest {
  private static final String POLLING_SECRET = "canvas-secret-of-the-polled-bot";
  private static final int LINES = 6;
  private static RunningBaton baton;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Map<String, String> more = new HashMap<>();
    // The same simulated bot once more, so that both ways of receiving are tried.
    more.put("baton.bots.polled.url", "{{baton.bots.demo.url}}");
    more.put("baton.bots.polled.stream", "polling");
    more.put("baton.bots.polled.secret", "simulated-secret");
    more.put("baton.bots.polled.canvas-secret", POLLING_SECRET);
    more.put("baton.bots.polled.hubs", "acme");
    baton = RunningBaton.start(folder, more);
  }

  @AfterAll
  static void stop() {
    baton.close();
  }

  @AfterEach
  void heal() {
    baton.bot.faults().clear();
  }

  static Stream<Arguments> faults() {
    Stream<Arguments> posts =
        Stream.of(
                FaultKind.BAD_GATEWAY,
                FaultKind.GATEWAY_TIMEOUT,
                FaultKind.NO_BODY,
                FaultKind.THROTTLED,
                FaultKind.UNAVAILABLE,
                FaultKind.TOKEN_EXPIRED,
                FaultKind.CONNECTION_RESET)
            .map(kind -> Arguments.of(kind, "post", "websocket"));
    Stream<Arguments> socket =
        Stream.of(
                FaultKind.SOCKET_DROP,
                FaultKind.HISTORY_REPLAY,
                FaultKind.WATERMARK_RESET,
                FaultKind.NUMERIC_WATERMARK,
                FaultKind.DUPLICATE,
                FaultKind.OUT_OF_ORDER)
            .map(kind -> Arguments.of(kind, null, "websocket"));
    Stream<Arguments> polls =
        Stream.of(
                FaultKind.HISTORY_REPLAY,
                FaultKind.WATERMARK_RESET,
                FaultKind.NUMERIC_WATERMARK,
                FaultKind.DUPLICATE,
                FaultKind.OUT_OF_ORDER,
                FaultKind.THROTTLED,
                FaultKind.SERVER_ERROR,
                FaultKind.TOKEN_EXPIRED,
                FaultKind.CONNECTION_RESET)
            .map(kind -> Arguments.of(kind, "get", "polling"));
    return Stream.of(posts, socket, polls).flatMap(s -> s);
  }

  @ParameterizedTest(name = "{0} at {1}, {2}")
  @MethodSource("faults")
  void nothingIsLostOrDoubled(FaultKind kind, String call, String stream) {
    String secret = stream.equals("polling") ? POLLING_SECRET : RunningBaton.CANVAS_SECRET;
    Customer ada = Customer.start(baton, "u-" + UUID.randomUUID(), secret);
    ada.untilText("I can tell opening hours");
    Fault fault = Fault.once(kind).in(baton.botConversations(ada).get(0));
    baton.bot.faults().arm(call == null ? fault : fault.at(call));
    List<String> lines = IntStream.rangeClosed(1, LINES).mapToObj(i -> "line " + i).toList();

    lines.forEach(ada::say);
    ada.untilText("Reply " + LINES + ":");
    IntStream.rangeClosed(1, LINES).forEach(i -> ada.untilText("Reply " + i + ":"));

    assertThat(baton.botHeard(ada)).isEqualTo(lines);
    List<String> replies =
        ada.textsBy("bot").stream().filter(text -> text.startsWith("Reply")).toList();
    assertThat(replies).hasSize(LINES).doesNotHaveDuplicates();
    ada.sawEverythingOnceInOrder();
  }
}
