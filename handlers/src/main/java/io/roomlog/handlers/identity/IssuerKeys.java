package io.roomlog.handlers.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.events.Event;
import java.net.URL;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's public keys (a JWKS, RFC 7517, section 5), fetched when the first token comes and
 * kept in this execution environment.
 *
 * <p>They are fetched again after {@link #KEPT}, which is also how long a key that the issuer has
 * withdrawn is still taken, and at once for a token that names a key that is not among them, but
 * never more than twice in {@link #BETWEEN_FETCHES}: strangers can make up as many key ids as they
 * like. While the issuer does not answer, the keys that were fetched last go on for {@link
 * #KEPT_IN_AN_OUTAGE}.
 */
public final class IssuerKeys implements JWKSource<SecurityContext> {

  /** After that long keys are fetched again. */
  static final Duration KEPT = Duration.ofMinutes(5);

  /** In that long keys are fetched at most twice. */
  static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);

  /** For that long keys go on whose issuer does not answer, counted from their last fetch. */
  static final Duration KEPT_IN_AN_OUTAGE = Duration.ofHours(4);

  /** Shorter RSA keys must not be used (RFC 7518, section 3.3). */
  static final int RSA_BITS_MIN = 2_048;

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
  private static final Duration READ_LIMIT = Duration.ofSeconds(2);
  private static final int BYTES_MAX = 64 * 1024;

  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

  private final JWKSetSource<SecurityContext> source;
  private final InstantSource clock;

  /**
   * Fetches nothing yet.
   *
   * @param address where the issuer publishes its keys
   */
  public IssuerKeys(URL address, InstantSource clock) {
    this.clock = clock;
    this.source =
        ((JWKSetBasedJWKSource<SecurityContext>)
                JWKSourceBuilder.<SecurityContext>create(
                        address,
                        new DefaultResourceRetriever(
                            (int) CONNECT_LIMIT.toMillis(), (int) READ_LIMIT.toMillis(), BYTES_MAX))
                    .cache(KEPT.toMillis(), CONNECT_LIMIT.plus(READ_LIMIT).toMillis())
                    // It would need a thread beside the invocation, which Lambda freezes.
                    .refreshAheadCache(false)
                    .rateLimited(BETWEEN_FETCHES.toMillis())
                    .outageTolerant(KEPT_IN_AN_OUTAGE.toMillis(), IssuerKeys::tell)
                    .build())
            .getJWKSetSource();
  }

  private static void tell(
      Event<OutageTolerantJWKSetSource<SecurityContext>, SecurityContext> event) {
    if (event instanceof OutageTolerantJWKSetSource.OutageEvent<SecurityContext> outage) {
      log.atWarn()
          .addKeyValue("reason", String.valueOf(outage.getException()))
          .addKeyValue("keptForMillis", outage.getRemainingTime())
          .log("issuer_keys_kept_in_an_outage");
    }
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    long now = clock.millis();
    JWKSet known = source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, context);
    List<JWK> found = selected(selector, known);
    return found.isEmpty() ? renewed(selector, known, now, context) : found;
  }

  /** A key that is not there and cannot be looked for now is an unknown one. */
  private List<JWK> renewed(
      JWKSelector selector, JWKSet known, long now, @Nullable SecurityContext context) {
    try {
      JWKSetCacheRefreshEvaluator newer = JWKSetCacheRefreshEvaluator.referenceComparison(known);
      return selected(selector, source.getJWKSet(newer, now, context));
    } catch (KeySourceException e) {
      log.atDebug().addKeyValue("reason", String.valueOf(e)).log("issuer_keys_not_renewed");
      return List.of();
    }
  }

  private static List<JWK> selected(JWKSelector selector, JWKSet keys) {
    return selector.select(keys).stream()
        .filter(key -> !key.getKeyType().equals(KeyType.RSA) || key.size() >= RSA_BITS_MIN)
        .toList();
  }
}
