package io.anemone.orchestrator.scheduler.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.testkit.time.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlurmTokensTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final SettableClock clock = SettableClock.fixed();

    @TempDir
    Path dir = Path.of("");

    @BeforeEach
    void makeKey() throws Exception {
        Files.writeString(dir.resolve("key"), KEY);
    }

    @Test
    void token_isForOneUserSignedAndShortLived() throws Exception {
        // When
        String token = tokens(Duration.ofSeconds(60)).tokenFor("researcher");

        // Then
        long now = clock.instant().getEpochSecond();
        assertThat(claims(token).getClaimsMap()).isEqualTo(Map.of("sun", "researcher", "iat", now, "exp", now + 60));
    }

    @Test
    void token_isUsedForHalfOfItsLife() {
        // Given
        SlurmTokens tokens = tokens(Duration.ofSeconds(60));
        String first = tokens.tokenFor("researcher");

        // Then
        clock.advance(Duration.ofSeconds(29));
        assertThat(tokens.tokenFor("researcher")).isEqualTo(first);
        assertThat(tokens.tokenFor("batch")).isNotEqualTo(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.tokenFor("researcher")).isNotEqualTo(first);
    }

    @Test
    void lifetimeOverAMinute_isCutDown() throws Exception {
        JwtClaims claims = claims(tokens(Duration.ofDays(1)).tokenFor("researcher"));

        assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
                .isEqualTo(60);
    }

    private SlurmTokens tokens(Duration lifetime) {
        return new SlurmTokens(dir.resolve("key"), lifetime, clock);
    }

    private JwtClaims claims(String token) throws Exception {
        return new JwtConsumerBuilder()
                .setVerificationKey(new HmacKey(KEY.getBytes(StandardCharsets.UTF_8)))
                .setJwsAlgorithmConstraints(
                        AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
                .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
                .setRequireExpirationTime()
                .build()
                .processToClaims(token);
    }
}
