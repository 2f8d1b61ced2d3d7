package io.anemone.orchestrator.scheduler.slurm;

import io.anemone.core.scheduler.SchedulerUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

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
        JwtClaims claims = new JwtClaims();
        claims.setStringClaim("sun", user);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(lifetime).getEpochSecond()));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        try {
            signature.setKey(new HmacKey(Files.readAllBytes(keyFile)));
            return new Minted(signature.getCompactSerialization(), now.plus(lifetime.dividedBy(2)));
        } catch (IOException | IllegalArgumentException e) {
            throw unusable("cannot be read", e);
        } catch (JoseException e) {
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
