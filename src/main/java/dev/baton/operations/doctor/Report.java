package dev.baton.operations.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** All findings of one examination, in the order in which they were made. */
public record Report(List<Finding> findings) {

  public Report {
    findings = List.copyOf(findings);
  }

  /** Whether nothing failed; warnings do not count. */
  public boolean good() {
    return findings.stream().noneMatch(Finding::failed);
  }

  public long count(Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }

  /** For scripts; docs/operations.md describes it. */
  public String json() {
    ObjectNode answer = new ObjectMapper().createObjectNode().put("good", good());
    for (Level level : Level.values()) {
      answer.put(level.name().toLowerCase(Locale.ROOT), count(level));
    }
    ArrayNode array = answer.putArray("findings");
    for (Finding finding : findings) {
      array
          .addObject()
          .put("code", finding.code())
          .put("level", finding.word())
          .put("subject", finding.subject())
          .put("check", finding.check())
          .put("seen", finding.seen())
          .put("cause", finding.cause())
          .put("remedy", finding.remedy());
    }
    return answer.toPrettyString();
  }
}
