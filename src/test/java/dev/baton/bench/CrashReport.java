package dev.baton.bench;

import dev.baton.bench.CrashConversation.Partner;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.http.HubChat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What both ends wrote and read, held against each other.
 *
 * @param repeats messages that the hub was sent again and dropped by their id
 */
record CrashReport(int kills, long seed, int repeats, List<Ledger.Tally> tallies) {
  private static final Pattern CUSTOMER = Pattern.compile("c(\\d+)-\\d+");
  private static final Pattern AGENT = Pattern.compile("a(\\d+)-\\d+");
  private static final Pattern ANSWER = Pattern.compile("Reply \\d+: you said \"c(\\d+)-\\d+\"\\.");

  static CrashReport of(
      int kills, long seed, List<CrashConversation> conversations, CopilotSimulator bot) {
    List<List<String>> heard = new ArrayList<>();
    List<List<String>> said = new ArrayList<>();
    for (String id : bot.conversations()) {
      heard.add(bot.received(id).stream().map(a -> a.path("text").asText()).toList());
      said.add(
          bot.stream(id).stream()
              .filter(a -> a.path("from").path("role").asText().equals("bot"))
              .map(a -> a.path("text").asText())
              .toList());
    }
    Ledger toAgent = new Ledger("customer -> agent");
    Ledger toBot = new Ledger("customer -> bot");
    Ledger toBoth = new Ledger("customer -> bot or agent");
    Ledger fromAgent = new Ledger("agent -> customer");
    Ledger fromBot = new Ledger("bot -> customer");
    Ledger echo = new Ledger("customer -> own stream");
    Ledger stream = new Ledger("ids of the stream");
    Map<String, List<String>> answers = new TreeMap<>();
    said.forEach(
        texts ->
            byWriter(texts, ANSWER)
                .forEach(
                    (who, lines) ->
                        answers.computeIfAbsent(who, w -> new ArrayList<>()).addAll(lines)));
    int repeats = 0;
    for (CrashConversation c : conversations) {
      String who = Integer.toString(c.number());
      List<HubChat> chats = c.chats();
      repeats += chats.stream().mapToInt(HubChat::repeats).sum();
      Ledger ledger =
          Map.of(Partner.AGENT, toAgent, Partner.BOT, toBot, Partner.BOTH, toBoth).get(c.partner());
      ledger.written(who, c.customerWrote());
      for (HubChat chat : chats) {
        ledger.read(who, of(who, chat.texts(), CUSTOMER));
      }
      heard.forEach(texts -> ledger.read(who, of(who, texts, CUSTOMER)));
      fromAgent.written(who, c.agentWrote());
      fromAgent.read(who, of(who, c.read(), AGENT));
      echo.written(who, c.customerWrote());
      echo.read(who, of(who, c.read(), CUSTOMER));
      if (c.partner() == Partner.BOT) {
        fromBot.written(who, answers.getOrDefault(who, List.of()));
        fromBot.read(who, of(who, c.read(), ANSWER));
      }
      stream.written(who, expectedIds(c.id(), c.ids().size()));
      stream.read(who, c.ids());
    }
    return new CrashReport(
        kills,
        seed,
        repeats,
        List.of(
            toAgent.tally(),
            fromAgent.tally(),
            toBot.tally(),
            fromBot.tally(),
            toBoth.tally(),
            echo.tally(),
            stream.tally()));
  }

  private static List<String> expectedIds(String conversation, int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(String.format(Locale.ROOT, "%s|%07d", conversation, i));
    }
    return ids;
  }

  private static List<String> of(String who, List<String> texts, Pattern pattern) {
    return byWriter(texts, pattern).getOrDefault(who, List.of());
  }

  private static Map<String, List<String>> byWriter(List<String> texts, Pattern pattern) {
    Map<String, List<String>> lines = new TreeMap<>();
    for (String text : texts) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.matches()) {
        lines.computeIfAbsent(matcher.group(1), w -> new ArrayList<>()).add(text);
      }
    }
    return lines;
  }

  boolean isClean() {
    return tallies.stream().allMatch(Ledger.Tally::isClean);
  }

  /** As people read it. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "kills %d, seed %d, repeats dropped by the hub %d%n%-26s %8s %6s %8s %10s %9s%n",
            kills,
            seed,
            repeats,
            "direction",
            "lines",
            "lost",
            "doubled",
            "reordered",
            "invented"));
    for (Ledger.Tally t : tallies) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-26s %8d %6d %8d %10d %9d%n",
              t.direction(),
              t.lines(),
              t.lost(),
              t.doubled(),
              t.reordered(),
              t.invented()));
      t.examples().stream().limit(10).forEach(e -> table.append("    ").append(e).append('\n'));
    }
    return table.append(isClean() ? "CLEAN" : "NOT CLEAN").toString();
  }
}
