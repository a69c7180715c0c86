package dev.baton.simulator.omnichannel;

import java.time.Duration;

/**
 * How the simulated Omnichannel behaves.
 *
 * @param port on loopback, 0 for any free one
 * @param webhook base URL of Baton's webhook, {@code <public-url>/hubs/<hub>}; null until it is
 *     told
 * @param webhookTimeout how long a call of the webhook may take; the vendor's is 10 s
 * @param names how lifecycle events are written
 * @param pascal whether keys of the webhook's bodies begin with capitals
 * @param signed whether calls of the webhook carry the tenant's token
 */
public record OmnichannelOptions(
    int port,
    String webhook,
    Duration webhookTimeout,
    Names names,
    boolean pascal,
    boolean signed) {

  /** The forms in which the documentation shows lifecycle events. */
  public enum Names {
    /** {@code type: message} with a name, and the name in the text. */
    MESSAGE,
    /** {@code type: event} with a name. */
    EVENT,
    /** {@code type: message} with the name in the text only. */
    TEXT
  }

  public static OmnichannelOptions defaults() {
    return new OmnichannelOptions(0, null, Duration.ofSeconds(10), Names.MESSAGE, false, true);
  }

  public OmnichannelOptions port(int on) {
    return new OmnichannelOptions(on, webhook, webhookTimeout, names, pascal, signed);
  }

  public OmnichannelOptions webhook(String url) {
    return new OmnichannelOptions(port, url, webhookTimeout, names, pascal, signed);
  }

  public OmnichannelOptions webhookTimeout(Duration limit) {
    return new OmnichannelOptions(port, webhook, limit, names, pascal, signed);
  }

  public OmnichannelOptions names(Names form) {
    return new OmnichannelOptions(port, webhook, webhookTimeout, form, pascal, signed);
  }

  public OmnichannelOptions pascal(boolean capitals) {
    return new OmnichannelOptions(port, webhook, webhookTimeout, names, capitals, signed);
  }

  /** Without a managed identity on the channel, the vendor's calls carry no token. */
  public OmnichannelOptions signed(boolean withToken) {
    return new OmnichannelOptions(port, webhook, webhookTimeout, names, pascal, withToken);
  }
}
