package io.anemone.agent.cache;

import io.anemone.core.error.ErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;

/** Copies one content to a file, goes on where an earlier copy was broken off, and verifies all of it. */
final class Copy {

    private static final System.Logger LOG = System.getLogger(Copy.class.getName());
    private static final int PIECE = 256 * 1024;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    /** It was the source's, not the disk's. */
    private static final class SourceTrouble extends Exception {

        private static final long serialVersionUID = 1L;

        SourceTrouble(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final Blob blob;
    private final ImageSource source;
    private final CopyWatch watch;
    private final CacheLimits limits;

    Copy(Blob blob, ImageSource source, CopyWatch watch, CacheLimits limits) {
        this.blob = blob;
        this.source = source;
        this.watch = watch;
        this.limits = limits;
    }

    /**
     * After this the file is whole, verified, and on the disk. Content that turns out to be wrong is copied once more from
     * its beginning. Otherwise, when it fails, the file is left as it is, to be gone on with.
     *
     * @throws InterruptedException also when nobody wants it any more
     */
    void into(Path partial) throws IOException, CacheException, InterruptedException {
        try (FileChannel file = FileChannel.open(
                partial, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            if (!fill(file)) {
                LOG.log(Level.WARNING, "what came from " + source.name() + " is not " + blob.sha256());
                file.truncate(0);
                if (!fill(file)) {
                    Files.delete(partial);
                    throw new CacheException(
                            ErrorCode.IMAGE_CORRUPT,
                            "What came from " + source.name() + " is not the image: its digest is another, twice");
                }
            }
            // A name that promises content must not be on the disk before the content is.
            file.force(true);
        }
    }

    private boolean fill(FileChannel file) throws IOException, CacheException, InterruptedException {
        long there = Math.min(file.size(), blob.bytes());
        file.truncate(there).position(0);
        Digest digest = new Digest();
        digest.update(file, there);
        watch.copied(there);
        append(file, digest);
        return digest.is(blob);
    }

    private void append(FileChannel file, Digest digest) throws IOException, CacheException, InterruptedException {
        long lastProgress = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (file.position() < blob.bytes()) {
            long before = file.position();
            try (InputStream in = open(before)) {
                receive(in, file, digest);
                return;
            } catch (SourceTrouble e) {
                if (file.position() > before) {
                    lastProgress = System.nanoTime();
                    pause = FIRST_PAUSE;
                }
                if (System.nanoTime() - lastProgress > limits.stalled().toNanos()) {
                    throw givenUp(e);
                }
            }
            rest(pause);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private CacheException givenUp(SourceTrouble trouble) {
        boolean gone = trouble.getCause() instanceof ImageSource.GoneException;
        return new CacheException(
                gone ? ErrorCode.IMAGE_GONE : ErrorCode.IMAGE_MISSING_ON_NODE,
                gone
                        ? "The image is not there any more (" + trouble.getMessage() + ")"
                        : "The image is not on the node and cannot be fetched from " + source.name() + " ("
                                + trouble.getMessage() + ")",
                trouble);
    }

    private InputStream open(long offset) throws SourceTrouble {
        try {
            return source.open(blob, offset);
        } catch (IOException e) {
            throw new SourceTrouble(e);
        }
    }

    private void receive(InputStream in, FileChannel file, Digest digest)
            throws IOException, SourceTrouble, InterruptedException {
        byte[] bytes = new byte[PIECE];
        while (file.position() < blob.bytes()) {
            stopIfAbandoned();
            int count = read(in, bytes, (int) Math.min(bytes.length, blob.bytes() - file.position()));
            ByteBuffer piece = ByteBuffer.wrap(bytes, 0, count);
            while (piece.hasRemaining()) {
                file.write(piece);
            }
            digest.update(bytes, count);
            watch.copied(file.position());
        }
    }

    private static int read(InputStream in, byte[] bytes, int most) throws SourceTrouble {
        try {
            int count = in.read(bytes, 0, most);
            if (count < 0) {
                throw new EOFException("it ended too early");
            }
            return count;
        } catch (IOException e) {
            throw new SourceTrouble(e);
        }
    }

    private void rest(Duration pause) throws InterruptedException {
        long until = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() < until) {
            stopIfAbandoned();
            Thread.sleep(20);
        }
    }

    private void stopIfAbandoned() throws InterruptedException {
        if (watch.abandoned()) {
            throw new AbandonedException();
        }
    }
}
