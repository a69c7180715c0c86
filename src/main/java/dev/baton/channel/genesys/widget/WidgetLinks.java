package dev.baton.channel.genesys.widget;

import dev.baton.channel.genesys.widget.WidgetProblem.Kind;
import dev.baton.configuration.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links that open the widget for one handoff of one bot until they expire. The signature is the
 * URL-safe Base64 of an HMAC-SHA256 over bot, handoff and time of expiry.
 */
final class WidgetLinks {
  static final String HANDOFF = "handoff";
  static final String EXPIRES = "expires";
  static final String SIGNATURE = "signature";
  private static final String ALGORITHM = "HmacSHA256";

  private final Clock clock;

  WidgetLinks(Clock clock) {
    this.clock = clock;
  }

  /**
   * What a link says.
   *
   * @param expires seconds since 1970, as in the link
   */
  record Link(String handoff, String expires, String signature) {

    /** Reads a link out of its parameters, each of which may be null. */
    static Link of(String handoff, String expires, String signature) {
      return new Link(text(handoff), text(expires), text(signature));
    }

    private static String text(String value) {
      return value == null ? "" : value;
    }

    /** {@code handoff=…&expires=…&signature=…}. */
    String query() {
      return HANDOFF
          + "="
          + URLEncoder.encode(handoff, StandardCharsets.UTF_8)
          + "&"
          + EXPIRES
          + "="
          + expires
          + "&"
          + SIGNATURE
          + "="
          + signature;
    }

    Instant end() {
      return Instant.ofEpochSecond(Long.parseLong(expires));
    }
  }

  Link sign(WidgetSettings widget, String handoff) {
    String expires = Long.toString(clock.instant().plus(widget.linkLife()).getEpochSecond());
    return new Link(
        handoff, expires, encode(mac(widget.keys().get(0), widget.bot(), handoff, expires)));
  }

  /**
   * @throws WidgetProblem when there is no link, its signature does not fit, or it has expired
   */
  void verify(WidgetSettings widget, Link link) {
    verifySignature(widget, link);
    try {
      if (!clock.instant().isBefore(link.end())) {
        throw new WidgetProblem(
            Kind.EXPIRED, "The link to this widget has expired. Open the interaction again.");
      }
    } catch (NumberFormatException | DateTimeException e) {
      throw wrongSignature();
    }
  }

  /**
   * The same whether or not the link has expired.
   *
   * @throws WidgetProblem when there is no link or its signature does not fit
   */
  void verifySignature(WidgetSettings widget, Link link) {
    if (link.handoff().isEmpty() || link.signature().isEmpty()) {
      throw new WidgetProblem(
          Kind.NO_LINK,
          "This page needs the link that came with the handoff, or an agent who signs in.");
    }
    byte[] given = decode(link.signature());
    boolean fits = false;
    for (Secret key : widget.keys()) {
      // Every key is compared, so that the time tells nothing.
      fits |= MessageDigest.isEqual(mac(key, widget.bot(), link.handoff(), link.expires()), given);
    }
    if (!fits) {
      throw wrongSignature();
    }
  }

  private static WidgetProblem wrongSignature() {
    return new WidgetProblem(
        Kind.WRONG_SIGNATURE, "The link was not made for this widget, or it was changed.");
  }

  private static byte[] mac(Secret key, String bot, String handoff, String expires) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      // No part can hold the separator: a bot's name and a time are plain words.
      String signed = String.join("\n", List.of(bot, expires, handoff));
      return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + ALGORITHM, e);
    }
  }

  private static String encode(byte[] mac) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  private static byte[] decode(String signature) {
    try {
      return Base64.getUrlDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
