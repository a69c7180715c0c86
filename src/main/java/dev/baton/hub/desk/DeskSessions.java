package dev.baton.hub.desk;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.baton.configuration.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signed session tokens. Nodes with the same key accept each other's; a changed password ends the
 * user's sessions, a logout ends the session on the node that saw it.
 */
final class DeskSessions {
  private static final String PASSWORD_MARK = "pwm";

  private final byte[] key;
  private final Duration life;
  private final Clock clock;
  private final Map<String, Instant> loggedOut = new ConcurrentHashMap<>();

  /** Without a secret the key is random: sessions then end with the process. */
  DeskSessions(Secret secret, Duration life, Clock clock) {
    this.key = secret == null ? random() : sha256(secret.reveal().getBytes(StandardCharsets.UTF_8));
    this.life = life;
    this.clock = clock;
  }

  Duration life() {
    return life;
  }

  String issue(String user, String passwordHash) {
    Instant now = clock.instant();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder()
                .subject(user)
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(now.plus(life)))
                .claim(PASSWORD_MARK, mark(passwordHash))
                .build());
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("Cannot sign a session", e);
    }
    return token.serialize();
  }

  /** The user of a valid token; {@code hashes} gives the present password hashes by user. */
  Optional<String> user(String token, Map<String, String> hashes) {
    return claims(token)
        .filter(claims -> !loggedOut.containsKey(claims.getJWTID()))
        .filter(
            claims -> {
              String hash = hashes.get(claims.getSubject());
              return hash != null && mark(hash).equals(claims.getClaim(PASSWORD_MARK));
            })
        .map(JWTClaimsSet::getSubject);
  }

  void logout(String token) {
    Instant now = clock.instant();
    loggedOut.values().removeIf(expiry -> expiry.isBefore(now));
    claims(token)
        .ifPresent(
            claims -> loggedOut.put(claims.getJWTID(), claims.getExpirationTime().toInstant()));
  }

  private Optional<JWTClaimsSet> claims(String token) {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      if (!JWSAlgorithm.HS256.equals(signed.getHeader().getAlgorithm())
          || !signed.verify(new MACVerifier(key))) {
        return Optional.empty();
      }
      JWTClaimsSet claims = signed.getJWTClaimsSet();
      boolean alive =
          claims.getExpirationTime() != null
              && clock.instant().isBefore(claims.getExpirationTime().toInstant());
      return alive ? Optional.of(claims) : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  private static String mark(String passwordHash) {
    byte[] digest = sha256(passwordHash.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 16);
  }

  private static byte[] random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
