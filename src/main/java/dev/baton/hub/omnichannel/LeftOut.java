package dev.baton.hub.omnichannel;

import dev.baton.privacy.Report;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which context entries did not fit: in the log, in the journal, and in the counts. */
final class LeftOut {
  private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);
  private static final String TOLD = "omnichannelLeftOut";

  private LeftOut() {}

  /**
   * @param exchange of the opening; its variable {@code report} is what the journal gets
   * @param names of the entries; those that were told before are not told again
   */
  static void tell(Exchange exchange, String hub, List<String> names) {
    Set<String> told = new HashSet<>();
    if (exchange.getVariable(TOLD) instanceof Set<?> before) {
      before.forEach(name -> told.add(String.valueOf(name)));
    }
    List<String> news = new ArrayList<>(names);
    news.removeIf(name -> !told.add(name));
    if (news.isEmpty()) {
      return;
    }
    exchange.setVariable(TOLD, told);
    LOG.info("Hub {}: context left out, over the limit: {}", hub, news);
    if (exchange.getVariable("report") instanceof Report report) {
      news.forEach(report::leftOut);
    }
  }
}
