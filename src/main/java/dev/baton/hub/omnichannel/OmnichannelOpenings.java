package dev.baton.hub.omnichannel;

import dev.baton.journal.DocumentStore;
import org.apache.camel.Variable;

/**
 * Bean {@code omnichannelOpenings}: remembers which handoffs were sent, so that an answer {@code
 * isNew: false} can be told: the echo of our own first try, or an older conversation of the same
 * customer, whose representative has not seen the summary yet.
 */
public final class OmnichannelOpenings {
  private static final String KIND = "omnichannel-opening";

  private final DocumentStore documents;

  OmnichannelOpenings(DocumentStore documents) {
    this.documents = documents;
  }

  /**
   * To be asked before the request is sent.
   *
   * @return whether this handoff has never been sent before; durable when it returns
   */
  public boolean isFirst(
      @Variable("handoffId") String handoffId, @Variable("conversation") String conversation) {
    if (documents.get(KIND, handoffId).isPresent()) {
      return false;
    }
    documents.put(KIND, handoffId, conversation, "{}").join();
    return true;
  }
}
