package io.anemone.agent.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Looks for a text in a guest's console log as it grows. Every byte is read once, in bounded pieces: what a guest writes
 * costs no more than its reading. For one thread.
 */
final class ConsoleSearch {

    private static final int PIECE = 256 * 1024;

    private final Path log;
    private final byte[] wanted;
    private final int[] fallback;
    private long position;
    private int matched;
    private boolean found;

    ConsoleSearch(Path log, String wanted) {
        this.log = log;
        this.wanted = wanted.getBytes(StandardCharsets.UTF_8);
        this.fallback = fallback(this.wanted);
    }

    /** Reads on. @return whether the text has been seen, now or before */
    boolean found() {
        if (found) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            if (channel.size() < position) {
                // It grew too long and was begun anew.
                position = 0;
                matched = 0;
            }
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, channel.size() - position));
            int count = Math.max(0, channel.read(piece, position));
            position += count;
            found = search(piece.array(), count);
        } catch (IOException e) {
            // Not there yet, or not to be read: no evidence.
            return false;
        }
        return found;
    }

    /** Knuth, Morris, Pratt: one pass, and a match may lie over two pieces. */
    private boolean search(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            while (matched > 0 && wanted[matched] != bytes[i]) {
                matched = fallback[matched - 1];
            }
            if (wanted[matched] == bytes[i] && ++matched == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private static int[] fallback(byte[] wanted) {
        int[] table = new int[wanted.length];
        int length = 0;
        for (int i = 1; i < wanted.length; i++) {
            while (length > 0 && wanted[i] != wanted[length]) {
                length = table[length - 1];
            }
            if (wanted[i] == wanted[length]) {
                length++;
            }
            table[i] = length;
        }
        return table;
    }
}
