package io.anemone.agent.cache;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Content made from a seed; can misbehave on request. Remembers where it was opened. */
final class TestSource implements ImageSource {

    private final byte[] content;
    private final Deque<InputStreamMaker> next = new ArrayDeque<>();
    private final List<Long> opened = new ArrayList<>();

    interface InputStreamMaker {
        InputStream make(byte[] content, long offset) throws IOException;
    }

    TestSource(long seed, int bytes) {
        content = new byte[bytes];
        new Random(seed).nextBytes(content);
    }

    Blob blob() {
        return blobOf(content);
    }

    static Blob blobOf(byte[] content) {
        try {
            return new Blob(
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)),
                    content.length);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    byte[] content() {
        return content.clone();
    }

    synchronized List<Long> opened() {
        return List.copyOf(opened);
    }

    /** The next time it is opened, it does this. */
    synchronized TestSource once(InputStreamMaker maker) {
        next.add(maker);
        return this;
    }

    TestSource refusesOnce() {
        return once((all, offset) -> {
            throw new IOException("503");
        });
    }

    TestSource breaksOffOnceAfter(int bytes) {
        return once((all, offset) -> new ByteArrayInputStream(all, (int) offset, bytes));
    }

    TestSource liesOnce() {
        return once((all, offset) -> {
            byte[] other = all.clone();
            other[other.length - 1] ^= 1;
            return new ByteArrayInputStream(other, (int) offset, other.length);
        });
    }

    /** Says this many times that it has no such content. */
    TestSource isGone(int times) {
        for (int i = 0; i < times; i++) {
            once((all, offset) -> {
                throw new GoneException("404");
            });
        }
        return this;
    }

    @Override
    public synchronized InputStream open(Blob blob, long offset) throws IOException {
        opened.add(offset);
        InputStreamMaker maker = next.poll();
        return maker != null
                ? maker.make(content, offset)
                : new ByteArrayInputStream(Arrays.copyOfRange(content, (int) offset, content.length));
    }

    @Override
    public String name() {
        return "the test";
    }
}
