package io.anemone.agent.cache;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** A SHA-256 in the making. */
final class Digest {

    private static final int PIECE = 256 * 1024;

    private final MessageDigest sha256;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether a file is what its digest says. Reads all of it. */
    static boolean matches(Path path, Blob blob) throws IOException {
        try (FileChannel file = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (file.size() != blob.bytes()) {
                return false;
            }
            Digest digest = new Digest();
            digest.update(file, blob.bytes());
            return digest.is(blob);
        }
    }

    void update(byte[] bytes, int count) {
        sha256.update(bytes, 0, count);
    }

    /** The next bytes of a file, which is behind them then. */
    void update(FileChannel file, long count) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (long left = count; left > 0; ) {
            piece.clear().limit((int) Math.min(PIECE, left));
            int read = file.read(piece);
            if (read < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            sha256.update(piece.array(), 0, read);
            left -= read;
        }
    }

    /** Whether that was all, and it is this. */
    boolean is(Blob blob) {
        return HexFormat.of().formatHex(sha256.digest()).equals(blob.sha256());
    }
}
