package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /fault <kind> [times]}, typed by a user into the chat; arms it for that conversation. */
final class FaultCommand {
  private FaultCommand() {}

  static boolean isMeantBy(JsonNode activity) {
    String text = activity.path("text").asText().strip();
    return activity.path("type").asText().equals("message")
        && (text.equals("/fault") || text.startsWith("/fault "));
  }

  /** Carries the command out and tells what was done. */
  static String run(JsonNode activity, Faults faults, String conversation) {
    String[] words = activity.path("text").asText().strip().split("\\s+", -1);
    if (words.length < 2 || words[1].equals("help")) {
      return "Faults: `/fault <kind> [times]`, `/fault clear`.\n\n"
          + Stream.of(FaultKind.values()).map(FaultCommand::line).collect(Collectors.joining("\n"));
    }
    if (words[1].equals("clear")) {
      faults.clear();
      return "All faults are disarmed.";
    }
    try {
      FaultKind kind = FaultKind.of(words[1]);
      int times = words.length > 2 ? Integer.parseInt(words[2]) : 1;
      faults.arm(Fault.once(kind).in(conversation).times(times));
      return "Armed, %s: %s.".formatted(times == 1 ? "once" : times + " times", kind.description());
    } catch (NumberFormatException e) {
      return "How often? Write a number: `/fault %s 3`, not %s."
          .formatted(words[1], Arrays.toString(Arrays.copyOfRange(words, 2, words.length)));
    } catch (SimulatorException e) {
      return e.getMessage() + ".";
    }
  }

  private static String line(FaultKind kind) {
    String aliases = kind.aliases().isEmpty() ? "" : " (" + String.join(", ", kind.aliases()) + ")";
    return "- `%s`%s: %s".formatted(kind.id(), aliases, kind.description());
  }
}
