package dev.baton.simulator.omnichannel;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The keys of a simulated authority, which can change. */
public final class SigningKeys {
  private static final int BITS = 2048;

  private final String issuer;
  private final List<RSAKey> keys = new ArrayList<>();

  SigningKeys(String issuer) {
    this.issuer = issuer;
    rotate();
  }

  /** Signs with a new key from now on; the old ones stay published. */
  public synchronized void rotate() {
    try {
      keys.add(new RSAKeyGenerator(BITS).keyID(UUID.randomUUID().toString()).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java has RSA", e);
    }
  }

  synchronized Map<String, Object> published() {
    return new JWKSet(List.copyOf(keys)).toPublicJWKSet().toJSONObject();
  }

  /** A token by the present key. */
  public synchronized String token(
      String audience, Map<String, String> claims, Instant from, Instant until) {
    return sign(keys.get(keys.size() - 1), issuer, audience, claims, from, until);
  }

  /** A token by a key that nobody has published. */
  public String forged(String audience, Map<String, String> claims, Instant until) {
    try {
      RSAKey own = new RSAKeyGenerator(BITS).keyID(keys.get(0).getKeyID()).generate();
      return sign(own, issuer, audience, claims, until.minusSeconds(3600), until);
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java has RSA", e);
    }
  }

  /** A token that names another issuer. */
  public synchronized String ofIssuer(
      String other, String audience, Map<String, String> claims, Instant until) {
    return sign(
        keys.get(keys.size() - 1), other, audience, claims, until.minusSeconds(3600), until);
  }

  private static String sign(
      RSAKey key,
      String issuer,
      String audience,
      Map<String, String> claims,
      Instant from,
      Instant until) {
    JWTClaimsSet.Builder set =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(audience)
            .notBeforeTime(Date.from(from))
            .expirationTime(Date.from(until));
    claims.forEach(set::claim);
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), set.build());
    try {
      jwt.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("A key that was made here signs", e);
    }
    return jwt.serialize();
  }
}
