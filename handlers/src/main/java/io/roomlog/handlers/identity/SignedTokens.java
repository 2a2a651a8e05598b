package io.roomlog.handlers.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;

/**
 * JSON Web Tokens (RFC 7519) that one issuer has signed with RS256 or ES256 for one audience. The
 * algorithm is fixed here and the key is the issuer's (RFC 8725, sections 3.1 and 3.2): a token can
 * choose neither. Issuer, audience, {@code exp} and {@code sub} must be there.
 */
public final class SignedTokens implements Tokens {

  /** The longest token that is looked at, in characters. */
  public static final int LENGTH_MAX = 8_192;

  private static final String MALFORMED = "the token is not a signed JWT in its compact form";

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  private final JWTProcessor<SecurityContext> processor;

  /**
   * Takes tokens of an issuer.
   *
   * @param issuer the claim {@code iss}, to the character
   * @param audience must be among the claim {@code aud}
   * @param keys the issuer's
   * @param clock what {@code exp} and {@code nbf} are held against
   */
  public SignedTokens(
      String issuer, String audience, JWKSource<SecurityContext> keys, InstantSource clock) {
    DefaultJWTProcessor<SecurityContext> strict = new DefaultJWTProcessor<>();
    strict.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    strict.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    strict.setJWTClaimsSetVerifier(new Verifier(issuer, audience, clock));
    this.processor = strict;
  }

  private static final class Verifier extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final InstantSource clock;

    Verifier(String issuer, String audience, InstantSource clock) {
      super(
          Set.of(audience),
          new JWTClaimsSet.Builder().issuer(issuer).build(),
          Set.of("sub", "exp"),
          Set.of());
      this.clock = clock;
      setMaxClockSkew((int) Claims.CLOCK_SKEW.toSeconds());
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }

  @Override
  public Subject verify(String token) throws TokenRefused {
    if (token.length() > LENGTH_MAX) {
      throw new TokenRefused(
          "the token has %d characters; the limit is %d".formatted(token.length(), LENGTH_MAX));
    }
    JWTClaimsSet claims = genuine(token);
    return Claims.read(claims.getClaims(), claims.getExpirationTime().toInstant());
  }

  private static SignedJWT parsed(String token) throws TokenRefused {
    try {
      return SignedJWT.parse(token);
    } catch (ParseException | RuntimeException malformed) {
      // The library has no exception of its own for all that strangers send, e.g. a null header.
      throw new TokenRefused(MALFORMED);
    }
  }

  private JWTClaimsSet genuine(String token) throws TokenRefused {
    SignedJWT parsed = parsed(token);
    try {
      return processor.process(parsed, null);
    } catch (IllegalArgumentException malformed) {
      throw new TokenRefused(MALFORMED);
    } catch (BadJOSEException refused) {
      throw new TokenRefused(String.valueOf(refused.getMessage()));
    } catch (JOSEException e) {
      throw new KeysUnavailable(e);
    }
  }
}
