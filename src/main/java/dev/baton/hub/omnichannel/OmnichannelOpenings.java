package dev.baton.hub.omnichannel;

import dev.baton.journal.DocumentStore;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Bean {@code omnichannelOpenings}: remembers which handoffs were sent, so that an answer {@code
 * isNew: false} can be told: the echo of our own first try, or an older conversation of the same
 * customer, whose representative has not seen the summary yet. That one is posted once, also when
 * the first attempt to do so fails.
 */
public final class OmnichannelOpenings {
  private static final String KIND = "omnichannel-opening";
  private static final String ASKED = "{\"state\":\"asked\"}";
  private static final String OLDER = "{\"state\":\"older\"}";
  private static final String POSTED = "{\"state\":\"posted\"}";

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
    documents.put(KIND, handoffId, conversation, ASKED).join();
    return true;
  }

  /**
   * Whether the representative has to be told what the start message would have told.
   *
   * @param answer of the opening, {@code {conversationId, created}}
   * @param first what {@link #isFirst} said
   */
  public boolean isSummaryDue(
      @Body Map<String, Object> answer,
      @Variable("openFirst") Boolean first,
      @Variable("handoffId") String handoffId,
      @Variable("conversation") String conversation) {
    if (!Boolean.FALSE.equals(answer.get("created"))) {
      return false;
    }
    if (Boolean.TRUE.equals(first)) {
      documents.put(KIND, handoffId, conversation, OLDER).join();
      return true;
    }
    return documents.get(KIND, handoffId).filter(OLDER::equals).isPresent();
  }

  /** It has arrived. */
  public void summaryPosted(
      @Variable("handoffId") String handoffId, @Variable("conversation") String conversation) {
    documents.put(KIND, handoffId, conversation, POSTED).join();
  }
}
