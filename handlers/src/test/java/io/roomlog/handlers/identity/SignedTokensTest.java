package io.roomlog.handlers.identity;

import static io.roomlog.handlers.identity.ScriptedIssuer.AUDIENCE;
import static io.roomlog.handlers.identity.ScriptedIssuer.EC;
import static io.roomlog.handlers.identity.ScriptedIssuer.NAME;
import static io.roomlog.handlers.identity.ScriptedIssuer.RSA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.roomlog.core.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that were made by nobody, by somebody else, or for something else. */
class SignedTokensTest {

  private final ManualClock clock = new ManualClock();
  private final ScriptedIssuer issuer = new ScriptedIssuer(clock);
  private final Tokens tokens = issuer.tokens();

  @AfterEach
  void close() {
    issuer.close();
  }

  private String refusal(String token) {
    TokenRefused refused = catchThrowableOfType(TokenRefused.class, () -> tokens.verify(token));
    assertThat(refused).as("it was taken").isNotNull();
    return refused.reason();
  }

  private Instant inAnHour() {
    return clock.instant().plus(Duration.ofHours(1));
  }

  @Test
  void aTokenSignedWithRs256OrEs256LetsItsSubjectIn() throws Exception {
    Subject ann = new Subject("ann", "Ann", Rights.ALL, false, inAnHour().plus(Claims.CLOCK_SKEW));
    JWTClaimsSet claims = issuer.ann().build();
    assertThat(tokens.verify(ScriptedIssuer.signed(claims, RSA, ScriptedIssuer.header(RSA))))
        .isEqualTo(ann);
    assertThat(tokens.verify(ScriptedIssuer.signed(claims, EC, ScriptedIssuer.header(EC))))
        .isEqualTo(ann);
  }

  @Test
  void aTokenThatNamesNoKeyIsTriedWithAll() throws Exception {
    JWSHeader header = new JWSHeader(JWSAlgorithm.RS256);
    assertThat(tokens.verify(ScriptedIssuer.signed(issuer.ann().build(), RSA, header)).sender())
        .isEqualTo("ann");
  }

  @Test
  void anAccessTokenByItsTypeIsTakenAndAnotherTypeIsNot() throws Exception {
    assertThat(tokens.verify(typed("at+jwt")).sender()).isEqualTo("ann");
    assertThat(tokens.verify(typed("JWT")).sender()).isEqualTo("ann");
    assertThat(refusal(typed("logout+jwt"))).contains("typ");
  }

  private String typed(String type) {
    JWSHeader header =
        new JWSHeader.Builder(ScriptedIssuer.header(RSA)).type(new JOSEObjectType(type)).build();
    return ScriptedIssuer.signed(issuer.ann().build(), RSA, header);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "a.b.c",
        "..",
        "e30.e30.e30",
        "\u0000",
        "not a token at all",
        "eyJhbGciOiJSUzI1NiJ9.e30",
        "eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.AAAA"
      })
  void whatIsNoSignedTokenIsRefused(String text) {
    assertThat(refusal(text)).doesNotContain(text.length() > 3 ? text : "\n");
    assertThat(issuer.fetches()).as("asked for its keys").isZero();
  }

  @Test
  void anUnsignedTokenIsRefused() {
    assertThat(refusal(new PlainJWT(issuer.ann().build()).serialize())).isNotEmpty();
  }

  @Test
  void noneAsAlgorithmIsRefusedHoweverItIsWritten() {
    for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
      String header = base64("{\"alg\":\"" + none + "\"}");
      String claims = base64(issuer.ann().build().toString());
      assertThat(refusal(header + "." + claims + ".")).isNotEmpty();
      assertThat(refusal(header + "." + claims + ".AAAA")).isNotEmpty();
    }
  }

  private static String base64(String text) {
    return Base64URL.encode(text).toString();
  }

  @Test
  void aPublicKeyIsNoSecretToSignWith() throws Exception {
    byte[] publicKey = RSA.toRSAPublicKey().getEncoded();
    for (byte[] secret :
        List.of(
            publicKey,
            RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
            RSA.getModulus().decode())) {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(RSA.getKeyID()).build(),
              issuer.ann().build());
      token.sign(new MACSigner(secret));
      assertThat(refusal(token.serialize())).contains("Another algorithm expected");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "RS512", "PS256"})
  void anotherAlgorithmWithTheRightKeyIsRefused(String algorithm) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(RSA.getKeyID()).build(),
            issuer.ann().build());
    token.sign(new RSASSASigner(RSA));
    assertThat(refusal(token.serialize())).contains("Another algorithm expected");
  }

  @Test
  void theKeyOfOneAlgorithmIsNotTakenForTheOther() {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(RSA.getKeyID()).build();
    String token = ScriptedIssuer.signed(issuer.ann().build(), EC, header);
    assertThat(refusal(token)).contains("no matching key");
  }

  @Test
  void aKeyThatTheTokenBringsWithItIsNotUsed() {
    RSAKey own = ScriptedIssuer.rsa("own");
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("own").jwk(own.toPublicJWK()).build();
    assertThat(refusal(ScriptedIssuer.signed(issuer.ann().build(), own, header)))
        .contains("no matching key");
  }

  @Test
  void anAddressThatTheTokenNamesIsNotAsked() throws Exception {
    try (ScriptedIssuer mallory = new ScriptedIssuer(clock)) {
      RSAKey own = ScriptedIssuer.rsa("own");
      mallory.publishes(own);
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.RS256)
              .keyID("own")
              .jwkURL(mallory.address().toURI())
              .x509CertURL(mallory.address().toURI())
              .build();
      assertThat(refusal(ScriptedIssuer.signed(issuer.ann().build(), own, header)))
          .contains("no matching key");
      assertThat(mallory.fetches()).isZero();
    }
  }

  @Test
  void anotherKeyUnderAKnownIdIsRefused() {
    String token =
        ScriptedIssuer.signed(
            issuer.ann().build(), ScriptedIssuer.rsa(RSA.getKeyID()), ScriptedIssuer.header(RSA));
    assertThat(refusal(token)).contains("Invalid signature");
  }

  @Test
  void changedClaimsUnderAnOldSignatureAreRefused() {
    String[] parts = issuer.token(claims -> claims).split("\\.", -1);
    String changed = base64(issuer.ann().subject("root").build().toString());
    assertThat(refusal(parts[0] + "." + changed + "." + parts[2])).contains("Invalid signature");
    assertThat(refusal(parts[0] + "." + parts[1] + ".")).isNotEmpty();
  }

  @Test
  void anEs256SignatureOfZerosIsRefused() {
    String header = base64("{\"alg\":\"ES256\",\"kid\":\"" + EC.getKeyID() + "\"}");
    String zeros = Base64URL.encode(new byte[64]).toString();
    assertThat(refusal(header + "." + base64(issuer.ann().build().toString()) + "." + zeros))
        .isNotEmpty();
  }

  @Test
  void aShortRsaKeyIsNotUsedThoughTheIssuerPublishesIt() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1_024);
    var pair = generator.generateKeyPair();
    RSAKey weak =
        new RSAKey.Builder((RSAPublicKey) pair.getPublic())
            .privateKey(pair.getPrivate())
            .keyID("weak")
            .build();
    issuer.publishes(weak);
    SignedJWT token = new SignedJWT(ScriptedIssuer.header(weak), issuer.ann().build());
    token.sign(new RSASSASigner(weak, Set.of(AllowWeakRSAKey.getInstance())));
    assertThat(refusal(token.serialize())).contains("no matching key");
  }

  @Test
  void anEncryptedTokenIsRefused() throws Exception {
    EncryptedJWT token =
        new EncryptedJWT(
            new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM),
            issuer.ann().build());
    token.encrypt(new RSAEncrypter(RSA));
    assertThat(refusal(token.serialize())).contains("signed JWT");
  }

  @Test
  void whatTheTokenCallsCriticalAndNobodyKnowsIsRefused() throws Exception {
    String critical = ",\"crit\":[\"hat\"],\"hat\":\"red\"";
    String unencoded = ",\"crit\":[\"b64\"],\"b64\":false";
    for (String extra : List.of(critical, unencoded)) {
      assertThat(refusal(signedByHand(extra))).isNotEmpty();
    }
    assertThat(tokens.verify(signedByHand("")).sender()).isEqualTo("ann");
  }

  /** A token whose header no builder would make. */
  private String signedByHand(String extra) throws Exception {
    String header = base64("{\"alg\":\"RS256\",\"kid\":\"%s\"%s}".formatted(RSA.getKeyID(), extra));
    String input = header + "." + base64(issuer.ann().build().toString());
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(RSA.toPrivateKey());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Base64URL.encode(signature.sign());
  }

  @Test
  void anotherIssuerOrAudienceIsRefused() {
    assertThat(refusal(issuer.token(claims -> claims.issuer(NAME + "/")))).contains("iss");
    assertThat(refusal(issuer.token(claims -> claims.issuer(null)))).contains("iss");
    assertThat(refusal(issuer.token(claims -> claims.audience("another")))).contains("aud");
    assertThat(refusal(issuer.token(claims -> claims.audience((String) null)))).contains("aud");
    assertThat(refusal(issuer.token(claims -> claims.audience(AUDIENCE.toUpperCase(Locale.ROOT)))))
        .contains("aud");
  }

  @Test
  void oneOfSeveralAudiencesIsEnough() throws Exception {
    String token = issuer.token(claims -> claims.audience(List.of("another", AUDIENCE)));
    assertThat(tokens.verify(token).sender()).isEqualTo("ann");
  }

  @Test
  void aTokenWithoutAnEndIsRefused() {
    assertThat(refusal(issuer.token(claims -> claims.expirationTime(null)))).contains("exp");
  }

  @Test
  void aTokenCountsUntilAMinuteAfterItsEnd() throws Exception {
    String token = issuer.token(claims -> claims);
    clock.pass(Duration.ofHours(1).plusSeconds(59));
    assertThat(tokens.verify(token).sender()).isEqualTo("ann");
    clock.pass(Duration.ofSeconds(1));
    assertThat(refusal(token)).contains("Expired");
  }

  @Test
  void aTokenCountsFromAMinuteBeforeItsBeginning() throws Exception {
    Date beginning = Date.from(clock.instant().plusSeconds(61));
    String token = issuer.token(claims -> claims.notBeforeTime(beginning));
    assertThat(refusal(token)).contains("before");
    clock.pass(Duration.ofSeconds(2));
    assertThat(tokens.verify(token).sender()).isEqualTo("ann");
  }

  @Test
  void timesThatAreNoTimesAreRefused() {
    for (Object time : List.of("tomorrow", true, Map.of(), List.of(1))) {
      assertThat(refusal(raw(Map.of("exp", time)))).isNotEmpty();
    }
    assertThat(refusal(raw(Map.of("exp", 1e300)))).isNotEmpty();
    assertThat(refusal(raw(Map.of("exp", Long.MAX_VALUE)))).isNotEmpty();
    assertThat(refusal(raw(Map.of("exp", Long.MAX_VALUE / 1_000)))).isNotEmpty();
    assertThat(refusal(raw(Map.of("exp", -1)))).isNotEmpty();
  }

  /** Signed claims that no builder would make. */
  private String raw(Map<String, Object> more) {
    return signed(JSONObjectUtils.toJSONString(merged(more)));
  }

  private Map<String, Object> merged(Map<String, Object> more) {
    Map<String, Object> claims = new HashMap<>(issuer.ann().build().toJSONObject());
    claims.putAll(more);
    return claims;
  }

  private static String signed(String payload) {
    try {
      JWSObject token = new JWSObject(ScriptedIssuer.header(RSA), new Payload(payload));
      token.sign(new RSASSASigner(RSA));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aClaimThatStandsTwiceIsRefused() {
    String once = issuer.ann().build().toString();
    String twice = once.substring(0, once.length() - 1) + ",\"sub\":\"root\"}";
    assertThat(refusal(signed(twice))).isNotEmpty();
  }

  @Test
  void aTokenNestedWithoutEndIsRefused() {
    String deep = "[".repeat(2_500) + "]".repeat(2_500);
    String once = issuer.ann().build().toString();
    assertThat(refusal(signed(once.substring(0, once.length() - 1) + ",\"x\":" + deep + "}")))
        .isNotEmpty();
    assertThat(refusal(base64("{\"alg\":" + deep + "}") + ".e30.AAAA")).isNotEmpty();
  }

  @Test
  void aTokenOfMoreThan8KilobytesIsNotLookedAt() throws Exception {
    // Base64 makes four characters of three bytes, so that not every length can be had.
    int room = SignedTokens.LENGTH_MAX - padded(0).length();
    int letters = room * 3 / 4 - 4;
    while (padded(letters + 1).length() <= SignedTokens.LENGTH_MAX) {
      letters++;
    }
    assertThat(padded(letters)).hasSizeGreaterThan(SignedTokens.LENGTH_MAX - 4);
    assertThat(tokens.verify(padded(letters)).sender()).isEqualTo("ann");
    assertThat(refusal(padded(letters + 1)))
        .matches("the token has 819[3-6] characters; the limit is 8192");
  }

  private String padded(int letters) {
    return issuer.token(claims -> claims.claim("padding", "x".repeat(letters)));
  }
}
