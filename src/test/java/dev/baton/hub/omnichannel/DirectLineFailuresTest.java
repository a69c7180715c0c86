package dev.baton.hub.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.baton.directline.DirectLineConversationLostException;
import dev.baton.directline.DirectLineException;
import dev.baton.directline.DirectLineRetryException;
import dev.baton.directline.DirectLineUncertainException;
import dev.baton.hub.MemoryJournal;
import dev.baton.journal.DeliveryException;
import dev.baton.journal.DeliveryException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What a lane is told after Direct Line refused something. */
class DirectLineFailuresTest {
  private final OmnichannelDirectLine bean =
      new OmnichannelDirectLine(List.of(), new MemoryJournal(), null);

  private Throwable failed(DirectLineException caught) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, caught);
    return catchThrowable(() -> bean.failed(exchange, "service"));
  }

  @Test
  void aConversationThatIsLostIsGone() {
    Throwable told =
        failed(new DirectLineConversationLostException("gone", 404, "BadArgument", null));
    assertThat(((DeliveryException) told).reason()).isEqualTo(Reason.GONE);
    assertThat(told).hasMessageContaining("BTN-2460");
  }

  @Test
  void aServiceThatAsksToWaitIsObeyed() {
    Throwable told =
        failed(new DirectLineRetryException("wait", 429, null, Duration.ofSeconds(7), null));
    assertThat(((DeliveryException) told).retryAfter()).isEqualTo(Duration.ofSeconds(7));
    told = failed(new DirectLineRetryException("away", 503, null, null, null));
    assertThat(((DeliveryException) told).retryAfter()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void anUnknownOutcomeIsLookedForByTheNextAttempt() {
    DirectLineException doubt =
        new DirectLineUncertainException("502, and no echo", 502, null, null);
    assertThat(failed(doubt)).isSameAs(doubt);
  }

  @Test
  void aRefusedSecretCostsNoMessage() {
    assertThat(failed(new DirectLineException("Posting: 403", 403, "BadSecret", null)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("BTN-2463")
        .hasMessageContaining("direct-line-secret");
  }

  @Test
  void whatWillNeverBeTakenIsGivenUp() {
    Throwable told = failed(new DirectLineException("Posting: 413", 413, null, null));
    assertThat(((DeliveryException) told).isPermanent()).isTrue();
    assertThat(told).hasMessageContaining("BTN-2464");
  }
}
