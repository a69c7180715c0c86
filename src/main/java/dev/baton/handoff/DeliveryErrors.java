package dev.baton.handoff;

import dev.baton.directline.DirectLineConversationLostException;
import dev.baton.directline.DirectLineException;
import dev.baton.directline.DirectLineRetryException;
import dev.baton.directline.DirectLineUncertainException;
import dev.baton.journal.DeliveryException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;

/**
 * Turns what went wrong in a route into what a lane understands. Used by {@code routes/bot} and
 * {@code routes/handoff}.
 */
public final class DeliveryErrors {

  /**
   * What a bot's Direct Line answered: wait as it asks, try again after a doubt, or give up. A
   * conversation lost once more is started anew by the next attempt.
   *
   * @param caught the failure itself: what Camel binds as the exception may be the loss of the
   *     conversation that came before, which it adds as suppressed
   */
  public void bot(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception caught, @Variable("bot") String bot) {
    DirectLineException e = directLine(caught);
    if (e instanceof DirectLineUncertainException
        || e instanceof DirectLineConversationLostException) {
      throw e;
    }
    if (e instanceof DirectLineRetryException retry) {
      throw retry.getRetryAfter() == null
          ? retry
          : DeliveryException.retryAfter(retry.getMessage(), retry.getRetryAfter());
    }
    if (e.getStatus() == 401 || e.getStatus() == 403) {
      // Not the message's fault: a secret that is being changed must not cost what is said now.
      throw new DirectLineRetryException(
          "BTN-5002 Bot "
              + bot
              + " refuses the credential; check baton.bots."
              + bot
              + ".secret or .token-endpoint: "
              + e.getMessage(),
          e.getStatus(),
          e.getCode(),
          null,
          e);
    }
    throw DeliveryException.permanent(e.getMessage(), e);
  }

  /** Lets the lane try again. */
  public void again(Exception failure) throws Exception {
    throw failure;
  }

  /**
   * Remembers why a hub did not open while the next one is tried: variable {@code failure} when
   * trying again may help, else variable {@code reason}.
   */
  public void note(Exchange exchange) {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (caught instanceof DeliveryException e && e.isNotYet()) {
      throw e; // this hub's turn comes; the next one is no better for it
    }
    if (caught instanceof DeliveryException e && e.isPermanent()) {
      exchange.setVariable("reason", "REFUSED");
    } else {
      exchange.setVariable("failure", caught);
    }
  }

  private static DirectLineException directLine(Throwable failure) {
    return failure instanceof DirectLineException e ? e : directLine(failure.getCause());
  }
}
