package dev.baton.operations.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A report for people: grouped by subject, one line per check, and at the end what to do first. */
public final class ReportText {
  private static final String INDENT = " ".repeat(18);
  private static final int WIDTH = 110;

  private final boolean colour;

  /**
   * @param colour whether the reader is a terminal that shows ANSI colours
   */
  public ReportText(boolean colour) {
    this.colour = colour;
  }

  public List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    String subject = null;
    for (Finding finding : report.findings()) {
      if (finding.level() == Level.PASSIVE) {
        continue;
      }
      if (!finding.subject().equals(subject)) {
        subject = finding.subject();
        if (!lines.isEmpty()) {
          lines.add("");
        }
        lines.add(paint("1", subject));
      }
      add(lines, finding);
    }
    passive(report, lines);
    lines.add("");
    lines.addAll(last(report));
    return lines;
  }

  private void add(List<String> lines, Finding finding) {
    String level = String.format("%-4s", finding.word());
    String head = paint(code(finding.level()), level) + "  " + finding.code() + "  ";
    lines.addAll(wrapped("  " + head, finding.check() + ": " + finding.seen()));
    if (!finding.cause().isEmpty()) {
      lines.addAll(wrapped(INDENT, "cause:  " + finding.cause()));
    }
    if (!finding.remedy().isEmpty()) {
      lines.addAll(wrapped(INDENT, "remedy: " + finding.remedy()));
    }
  }

  private void passive(Report report, List<String> lines) {
    List<Finding> passive =
        report.findings().stream().filter(f -> f.level() == Level.PASSIVE).toList();
    if (passive.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(paint("1", "Not to be seen from here"));
    for (Finding finding : passive) {
      String head = "  " + paint("2", "--  ") + "  " + finding.code() + "  ";
      lines.addAll(wrapped(head, finding.check() + ": " + finding.seen()));
      if (!finding.remedy().isEmpty()) {
        lines.addAll(wrapped(INDENT, "remedy: " + finding.remedy()));
      }
    }
  }

  private List<String> last(Report report) {
    String counts =
        String.format(
            "%d ok, %d warn, %d fail.",
            report.count(Level.OK), report.count(Level.WARN), report.count(Level.FAIL));
    Optional<Finding> first = first(report, Level.FAIL).or(() -> first(report, Level.WARN));
    if (first.isEmpty()) {
      return List.of(counts + " Nothing to do.");
    }
    Finding finding = first.get();
    return wrapped("", counts + " Do this first (" + finding.code() + "): " + finding.remedy());
  }

  private static Optional<Finding> first(Report report, Level level) {
    return report.findings().stream()
        .filter(finding -> finding.level() == level && !finding.remedy().isEmpty())
        .findFirst();
  }

  /** Later lines are indented like the text of the first. */
  private static List<String> wrapped(String head, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(head);
    String indent = head.isEmpty() ? "" : INDENT + (head.equals(INDENT) ? " ".repeat(8) : "");
    int length = head.isEmpty() ? 0 : INDENT.length();
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      if (!empty && length + word.length() + 1 > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        length = indent.length();
        empty = true;
      }
      if (!empty) {
        line.append(' ');
        length++;
      }
      line.append(word);
      length += word.length();
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  private String paint(String ansi, String text) {
    return colour ? "\u001b[" + ansi + "m" + text + "\u001b[0m" : text;
  }

  private static String code(Level level) {
    return switch (level) {
      case OK -> "32";
      case WARN -> "33";
      case FAIL -> "31;1";
      case PASSIVE -> "2";
    };
  }
}
