package io.anemone.orchestrator.image.inspection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads pieces of one open file, never more than was asked for and never beyond its end. */
final class Bytes {

    private final FileChannel file;
    private final long length;

    Bytes(FileChannel file) throws IOException {
        this.file = file;
        this.length = file.size();
    }

    long length() {
        return length;
    }

    /** Up to that many bytes: fewer if the file ends before. */
    ByteBuffer upTo(long offset, int most) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.max(0, Math.min(most, length - offset)));
        while (piece.hasRemaining()) {
            if (file.read(piece, offset + piece.position()) < 0) {
                break;
            }
        }
        return piece.flip().order(ByteOrder.BIG_ENDIAN);
    }

    /** @throws RefusedFileException if the file does not hold all of it */
    ByteBuffer exactly(long offset, int bytes, String what) throws IOException, RefusedFileException {
        ByteBuffer piece = offset < 0 ? ByteBuffer.allocate(0) : upTo(offset, bytes);
        if (piece.remaining() != bytes) {
            throw new RefusedFileException("The file ends before its " + what + ": it is truncated. Upload it whole.");
        }
        return piece;
    }

    boolean has(long offset, String ascii) throws IOException {
        return has(offset, ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    boolean has(long offset, byte[] expected) throws IOException {
        if (offset < 0) {
            return false;
        }
        ByteBuffer piece = upTo(offset, expected.length);
        return piece.remaining() == expected.length && Arrays.equals(piece.array(), expected);
    }
}
