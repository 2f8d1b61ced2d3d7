package io.anemone.orchestrator.scheduler.slurm;

import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;

/**
 * Mints Slurm's tokens (auth/jwt): one for each account that the orchestrator speaks for, short-lived, and reused
 * until half of its life is over.
 */
final class SlurmTokens {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Path keyFile;
    private final Duration lifetime;
    private final Clock clock;
    private final Map<String, Minted> minted = new ConcurrentHashMap<>();

    SlurmTokens(Path keyFile, Duration lifetime, Clock clock) {
        this.keyFile = keyFile;
        this.lifetime = lifetime.compareTo(LONGEST) > 0 ? LONGEST : lifetime;
        this.clock = clock;
    }

    /** @throws SchedulerUnavailableException if there is no usable key */
    String tokenFor(String user) {
        Instant now = clock.instant();
        minted.values().removeIf(token -> !now.isBefore(token.renewAt()));
        return minted.computeIfAbsent(user, name -> mint(name, now)).text();
    }

    private Minted mint(String user, Instant now) {
        try {
            byte[] key = Files.readAllBytes(keyFile);
            String text = Jwt.claim("sun", user)
                    .issuedAt(now)
                    .expiresAt(now.plus(lifetime))
                    .jws()
                    .algorithm(SignatureAlgorithm.HS256)
                    .sign(new SecretKeySpec(key, "HmacSHA256"));
            return new Minted(text, now.plus(lifetime.dividedBy(2)));
        } catch (IOException | IllegalArgumentException e) {
            throw unusable("cannot be read", e);
        } catch (JwtException e) {
            throw unusable("does not hold a key of at least 32 bytes", e);
        }
    }

    private SchedulerUnavailableException unusable(String why, Exception e) {
        return new SchedulerUnavailableException(
                "Slurm cannot be asked: the file of anemone.slurm.jwt-key-file " + why + " (file: " + keyFile + ").",
                e);
    }

    private record Minted(String text, Instant renewAt) {}
}
