package dev.baton.directline.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes and checks the tokens of the Direct Line service: JWTs signed with HMAC-SHA256, each good
 * for one conversation of one bot, for one purpose, until it expires. Nothing is stored: any node
 * that has the keys accepts them.
 */
public final class DirectLineTokens {
  private static final String ISSUER = "baton";
  private static final String TOKEN = "directline";
  private static final String STREAM = "directline-stream";
  private static final int MIN_KEY_BYTES = 32;

  private final Map<String, byte[]> keys = new LinkedHashMap<>();
  private final String signingKey;
  private final Clock clock;

  /**
   * @param keys secret keys of at least 32 bytes. The first signs, every one is accepted: to change
   *     keys put the new one in front and remove the old one after the longest token life
   * @throws IllegalArgumentException when there is no key or one is too short
   */
  public DirectLineTokens(List<byte[]> keys, Clock clock) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("No key to sign Direct Line tokens with");
    }
    for (byte[] key : keys) {
      if (key.length < MIN_KEY_BYTES) {
        throw new IllegalArgumentException(
            "A key for Direct Line tokens needs at least " + MIN_KEY_BYTES + " bytes");
      }
      this.keys.put(keyId(key), key.clone());
    }
    this.signingKey = this.keys.keySet().iterator().next();
    this.clock = clock;
  }

  /**
   * A token for a new conversation, for pages of Baton's own that have checked who asks.
   *
   * @param bot configured name of the bot
   * @param user user id that the token is bound to
   */
  public String forNewConversation(String bot, String user, Duration life) {
    return issue(new Scope(bot, Ids.random(), user), life);
  }

  String issue(Scope scope, Duration life) {
    return sign(scope, TOKEN, life);
  }

  /** The {@code t} of a {@code streamUrl}: it opens the stream and nothing else. */
  String issueForStream(Scope scope, Duration life) {
    return sign(scope, STREAM, life);
  }

  static boolean looksLikeToken(String credential) {
    return credential.startsWith("ey") && credential.chars().filter(c -> c == '.').count() == 2;
  }

  /**
   * @throws DirectLineException 403 {@code TokenExpired} or {@code BadArgument}
   */
  Scope verify(String token) {
    return verify(token, TOKEN);
  }

  /**
   * @throws DirectLineException 403 {@code TokenExpired} or {@code BadArgument}
   */
  Scope verifyForStream(String token) {
    return verify(token, STREAM);
  }

  private String sign(Scope scope, String purpose, Duration life) {
    Date now = Date.from(clock.instant());
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(purpose)
            .issueTime(now)
            .expirationTime(Date.from(clock.instant().plus(life)))
            .claim("bot", scope.bot())
            .claim("conv", scope.conversation());
    if (scope.user() != null) {
      claims.claim("user", scope.user());
    }
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(signingKey).build();
    SignedJWT jwt = new SignedJWT(header, claims.build());
    try {
      jwt.sign(new MACSigner(keys.get(signingKey)));
    } catch (JOSEException e) {
      throw new IllegalStateException("Cannot sign a Direct Line token", e);
    }
    return jwt.serialize();
  }

  private Scope verify(String token, String purpose) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      byte[] key = keys.get(jwt.getHeader().getKeyID());
      if (key == null
          || !JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
          || !jwt.verify(new MACVerifier(key))) {
        throw Problem.BAD_CREDENTIAL.with("The token was not issued here. Get a new one.");
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      if (!ISSUER.equals(claims.getIssuer()) || !claims.getAudience().contains(purpose)) {
        throw Problem.BAD_CREDENTIAL.with("The token is not meant for this call.");
      }
      if (!clock.instant().isBefore(claims.getExpirationTime().toInstant())) {
        throw Problem.TOKEN_EXPIRED.with(
            "The token has expired. Get a new one, or reconnect with the secret.");
      }
      return new Scope(
          claims.getStringClaim("bot"),
          claims.getStringClaim("conv"),
          claims.getStringClaim("user"));
    } catch (ParseException | JOSEException e) {
      throw Problem.BAD_CREDENTIAL.with("The token cannot be read. Get a new one.");
    }
  }

  private static String keyId(byte[] key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
