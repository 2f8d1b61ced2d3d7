package io.anemone.orchestrator.lease;

import io.anemone.core.lease.LeaseId;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an agent in a submitted job shows on first contact: HMAC-SHA256 over the lease's id, so that a submit that is
 * repeated after a crash carries the same token, and nothing secret needs to be stored.
 *
 * <p>A token alone opens nothing. The scheduler must say that the agent's job carries this lease's name, belongs to
 * its owner and runs on the agent's node; and the token ends with its first full use: the agent gets a secret in
 * return, and once it has shown that it got it (by joining again with it, or by reporting under the epoch that came
 * with it), the token is refused for ever. Until then the token is taken again, from the same job only: the answer may
 * have been lost on its way. A lease has one secret, so that an answer to a first contact that was long under way takes
 * nothing from the agent that has joined since.
 */
@ApplicationScoped
@Startup
public class JoinTokens {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String JOIN = "join:";
    private static final String AGAIN = "again:";
    private static final String STREAM = "stream:";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    JoinTokens(AgentConfig config) {
        this.key = new SecretKeySpec(keyOf(config.tokenKeyFile()), ALGORITHM);
    }

    /** The token of this lease's job; never to be logged. */
    public String tokenOf(LeaseId lease) {
        return sign(JOIN + lease);
    }

    /** What the lease's agent joins again with; never to be logged. */
    public String secretOf(LeaseId lease) {
        return sign(AGAIN + lease);
    }

    /** What the agent shows that was told to bring this stream; never to be logged. */
    public String streamTokenOf(UUID stream) {
        return sign(STREAM + stream);
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    /** In constant time. */
    public boolean matches(LeaseId lease, String token) {
        return MessageDigest.isEqual(
                tokenOf(lease).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] keyOf(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length < KEY_BYTES) {
                throw new IllegalStateException("The key for join tokens is shorter than " + KEY_BYTES
                        + " bytes: remove the file and start again (anemone.agent.token-key-file: " + file + ").");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The key for join tokens cannot be read or made (anemone.agent.token-key-file: " + file + ").", e);
        }
    }

    private static void make(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        FileAttribute<Set<PosixFilePermission>> ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path fresh = Files.createTempFile(directory, "agent-token", ".new", ownerOnly);
        Files.write(fresh, key, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // Another process was first: its key is the site's.
            return;
        } finally {
            Files.delete(fresh);
        }
    }
}
