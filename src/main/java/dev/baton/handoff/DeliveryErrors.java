package dev.baton.handoff;

import dev.baton.directline.DirectLineException;
import dev.baton.directline.DirectLineRetryException;
import dev.baton.directline.DirectLineUncertainException;
import dev.baton.journal.DeliveryException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;

/**
 * Turns what went wrong in a route into what a lane understands. Used by {@code routes/bot} and
 * {@code routes/handoff}.
 */
public final class DeliveryErrors {

  /** What a bot's Direct Line answered: wait as it asks, try again after a doubt, or give up. */
  public void bot(@ExchangeException DirectLineException e) {
    if (e instanceof DirectLineUncertainException) {
      throw e;
    }
    if (e instanceof DirectLineRetryException retry) {
      throw retry.getRetryAfter() == null
          ? retry
          : DeliveryException.retryAfter(retry.getMessage(), retry.getRetryAfter());
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
    if (caught instanceof DeliveryException e && e.isPermanent()) {
      exchange.setVariable("reason", "REFUSED");
    } else {
      exchange.setVariable("failure", caught);
    }
  }
}
