package io.anemone.orchestrator.request;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A public key in the one-line format of OpenSSH (sshd(8), "AUTHORIZED_KEYS FILE FORMAT", without options). The blob
 * is read whole (RFC 4253 section 6.6, RFC 5656, RFC 8709, OpenSSH's PROTOCOL.u2f), so that what reaches a guest is
 * a key and nothing else.
 *
 * @param type    key type, which the blob repeats
 * @param blob    the key
 * @param comment may be empty
 */
public record OpenSshPublicKey(String type, byte[] blob, String comment) {

    private static final String ED25519 = "ssh-ed25519";
    private static final String RSA = "ssh-rsa";
    private static final String ECDSA = "ecdsa-sha2-";
    private static final String SK_ED25519 = "sk-ssh-ed25519@openssh.com";
    private static final String SK_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com";
    private static final List<String> CURVES = List.of("nistp256", "nistp384", "nistp521");
    private static final List<Integer> POINT_BYTES = List.of(65, 97, 133);
    private static final int ED25519_BYTES = 32;
    private static final int MIN_RSA_BITS = 1024;

    /** Why a line is not a key: ends the sentence "the key …". */
    public static final class NotAKey extends Exception {
        private static final long serialVersionUID = 1L;

        NotAKey(String why) {
            super(why);
        }
    }

    public static OpenSshPublicKey parse(String line) throws NotAKey {
        String[] words = line.strip().split("[ \t]+", 3);
        if (words.length < 2) {
            throw new NotAKey("is not a type, a base64 text and a comment");
        }
        String type = words[0];
        if (!known(type)) {
            throw new NotAKey("has a type that is not allowed here");
        }
        byte[] blob;
        try {
            blob = Base64.getDecoder().decode(words[1]);
        } catch (IllegalArgumentException e) {
            throw new NotAKey("has a second word that is not base64");
        }
        check(type, blob);
        return new OpenSshPublicKey(type, blob, words.length == 3 ? words[2].strip() : "");
    }

    /** The line in its plain form: single spaces, nothing around it. */
    public String line() {
        String key = type + " " + Base64.getEncoder().encodeToString(blob);
        return comment.isEmpty() ? key : key + " " + comment;
    }

    /** As {@code ssh-keygen -l} shows it. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static boolean known(String type) {
        return type.equals(ED25519)
                || type.equals(RSA)
                || type.equals(SK_ED25519)
                || type.equals(SK_ECDSA)
                || (type.startsWith(ECDSA) && CURVES.contains(type.substring(ECDSA.length())));
    }

    private static void check(String type, byte[] blob) throws NotAKey {
        Reader in = new Reader(ByteBuffer.wrap(blob));
        if (!in.text().equals(type)) {
            throw new NotAKey("says another type inside than in front");
        }
        switch (type) {
            case ED25519 -> in.exactly(ED25519_BYTES);
            case RSA -> in.rsa();
            case SK_ED25519 -> {
                in.exactly(ED25519_BYTES);
                in.string();
            }
            case SK_ECDSA -> {
                in.point("nistp256");
                in.string();
            }
            default -> in.point(type.substring(ECDSA.length()));
        }
        in.end();
    }

    /** Reads the length-prefixed strings that a blob is made of. */
    private record Reader(ByteBuffer in) {

        byte[] string() throws NotAKey {
            if (in.remaining() < Integer.BYTES) {
                throw new NotAKey("is cut off");
            }
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new NotAKey("is cut off");
            }
            byte[] bytes = new byte[length];
            in.get(bytes);
            return bytes;
        }

        String text() throws NotAKey {
            return new String(string(), StandardCharsets.US_ASCII);
        }

        void exactly(int length) throws NotAKey {
            if (string().length != length) {
                throw new NotAKey("has the wrong length");
            }
        }

        void point(String curve) throws NotAKey {
            if (!text().equals(curve)) {
                throw new NotAKey("names another curve inside than in front");
            }
            byte[] point = string();
            // 4: the uncompressed form, the only one that OpenSSH reads
            if (point.length != POINT_BYTES.get(CURVES.indexOf(curve)) || point[0] != 4) {
                throw new NotAKey("has the wrong length");
            }
        }

        void rsa() throws NotAKey {
            string();
            byte[] modulus = string();
            if ((modulus.length - 1) * Byte.SIZE < MIN_RSA_BITS) {
                throw new NotAKey("is an RSA key of less than " + MIN_RSA_BITS + " bits");
            }
        }

        void end() throws NotAKey {
            if (in.hasRemaining()) {
                throw new NotAKey("has something after its end");
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpenSshPublicKey key
                && type.equals(key.type)
                && Arrays.equals(blob, key.blob)
                && comment.equals(key.comment);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }
}
