package dev.baton.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Verifies the bearer tokens of one sender: signature by its published keys, issuer, audience and
 * time. Keys are fetched when they are first needed, kept, and fetched again when a token names one
 * that is not known, so that a change of keys needs nothing done. Calls may block.
 */
public final class BearerVerifier {
  private static final Duration METADATA_KEPT = Duration.ofHours(24);
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final int TIMEOUT = 5_000;
  private static final int LARGEST = 512 * 1024;
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512);

  private final URI metadata;
  private final Set<String> issuers;
  private final Set<String> audiences;
  private final Clock clock;
  private final ResourceRetriever http = new DefaultResourceRetriever(TIMEOUT, TIMEOUT, LARGEST);
  private JWKSource<SecurityContext> keys;
  private String announcedIssuer;
  private Instant readAt = Instant.MIN;

  /**
   * @param metadata the sender's OpenID configuration document
   * @param issuers accepted values of {@code iss}; empty accepts the one that the document names
   * @param audiences accepted values of {@code aud}; one of them is enough
   */
  public BearerVerifier(URI metadata, List<String> issuers, List<String> audiences, Clock clock) {
    this.metadata = metadata;
    this.issuers = Set.copyOf(issuers);
    this.audiences = Set.copyOf(audiences);
    this.clock = clock;
  }

  /**
   * The claims of the token in a header {@code Authorization: Bearer …}.
   *
   * @param authorization the header's value, or null
   * @throws TokenRefusedException when it is missing, forged, meant for somebody else or too old
   * @throws KeysUnavailableException when the keys cannot be fetched now
   */
  public Map<String, Object> verify(String authorization) throws TokenRefusedException {
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw new TokenRefusedException("it is missing", null);
    }
    JWKSource<SecurityContext> source = keys();
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    JWTClaimsSet claims;
    try {
      claims = processor.process(authorization.substring(7).strip(), null);
    } catch (KeySourceException e) {
      throw new KeysUnavailableException("the keys at " + host() + " cannot be read", e);
    } catch (BadJOSEException | JOSEException | ParseException e) {
      throw new TokenRefusedException("its signature cannot be verified", e);
    }
    check(claims);
    return claims.getClaims();
  }

  private void check(JWTClaimsSet claims) throws TokenRefusedException {
    Set<String> accepted = issuers.isEmpty() ? Set.of(announcedIssuer) : issuers;
    if (claims.getIssuer() == null || !accepted.contains(claims.getIssuer())) {
      throw new TokenRefusedException("it comes from another issuer", null);
    }
    if (claims.getAudience().stream().noneMatch(audiences::contains)) {
      throw new TokenRefusedException("it is meant for another audience", null);
    }
    Instant now = clock.instant();
    Date until = claims.getExpirationTime();
    if (until == null || until.toInstant().plus(SKEW).isBefore(now)) {
      throw new TokenRefusedException("it has expired", null);
    }
    Date from = claims.getNotBeforeTime();
    if (from != null && from.toInstant().minus(SKEW).isAfter(now)) {
      throw new TokenRefusedException("it is not valid yet", null);
    }
  }

  private synchronized JWKSource<SecurityContext> keys() {
    Instant now = clock.instant();
    if (keys == null || readAt.plus(METADATA_KEPT).isBefore(now)) {
      try {
        Resource document = http.retrieveResource(metadata.toURL());
        Map<String, Object> json = JSONObjectUtils.parse(document.getContent());
        String issuer = JSONObjectUtils.getString(json, "issuer");
        URL jwks = URI.create(JSONObjectUtils.getString(json, "jwks_uri")).toURL();
        keys = JWKSourceBuilder.<SecurityContext>create(jwks, http).retrying(true).build();
        announcedIssuer = issuer == null ? "" : issuer;
        readAt = now;
      } catch (IOException | ParseException | IllegalArgumentException | NullPointerException e) {
        if (keys == null) {
          throw new KeysUnavailableException(host() + " gives no OpenID configuration", e);
        }
        // What was known yesterday is better than nobody getting through.
      }
    }
    return keys;
  }

  private String host() {
    return metadata.getHost();
  }
}
