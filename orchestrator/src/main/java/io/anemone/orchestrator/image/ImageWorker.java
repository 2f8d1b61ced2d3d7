package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageTier;
import io.anemone.orchestrator.image.inspection.RefusedFileException;
import io.anemone.orchestrator.time.Signal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Fetches and checks what is due, one revision after the other and on a thread of its own. A crash in the middle leaves a
 * claim that runs out; the next try goes on with what has arrived.
 */
@ApplicationScoped
class ImageWorker {

    private static final Logger LOG = Logger.getLogger(ImageWorker.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int PIECE = 4 << 20;
    private static final int MAX_TRIES = 5;

    private final ImageWork work;
    private final ImageRegistry registry;
    private final BlobStore blobs;
    private final ImageStorage storage;
    private final Fetcher fetcher;
    private final ImageChecker checker;
    private final ImageConfig config;
    private final Clock clock;
    private final Signal signal = new Signal();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("image-worker").unstarted(this::run);

    ImageWorker(
            ImageWork work,
            ImageRegistry registry,
            BlobStore blobs,
            ImageStorage storage,
            Fetcher fetcher,
            ImageChecker checker,
            ImageConfig config,
            Clock clock) {
        this.work = work;
        this.registry = registry;
        this.blobs = blobs;
        this.storage = storage;
        this.fetcher = fetcher;
        this.checker = checker;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    /** Something may be due. */
    void wake() {
        signal.raise();
    }

    private void run() {
        while (signal.await(INTERVAL)) {
            try {
                Optional<RevisionRecord> due = work.claim(claim());
                if (due.isPresent()) {
                    perform(due.get());
                    signal.raise();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.errorf(e, "images cannot be worked on; trying again");
            }
        }
    }

    /** A step between two signs of life is a piece of a file or a check. */
    private Duration claim() {
        return config.check().time().plusMinutes(1);
    }

    private void perform(RevisionRecord revision) throws InterruptedException {
        try {
            switch (revision.state()) {
                case RECEIVING -> fetch(revision);
                case CHECKING -> check(revision);
                case ACTIVE, DEPRECATED, REFUSED, DELETED -> {}
            }
        } catch (RefusedFileException e) {
            LOG.infof("a revision is refused image=%s: %s", revision.reference(), e.getMessage());
            work.refused(revision, Objects.requireNonNull(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "a revision could not be worked on image=%s try=%d", revision.reference(), revision.tries());
            if (revision.tries() >= MAX_TRIES) {
                work.refused(
                        revision,
                        e instanceof ImageStorage.FullException
                                ? "The site has no room for it: tell an operator."
                                : "It failed again and again on the site's side: tell an operator.");
            } else {
                // The claim stays and runs out: whatever it was gets the time to pass
                work.extend(revision, Duration.ofSeconds(5L * revision.tries()));
            }
        }
    }

    private void fetch(RevisionRecord revision) throws IOException, InterruptedException, RefusedFileException {
        for (RevisionRecord.File file : revision.files()) {
            String source = file.source();
            if (source != null && !file.complete()) {
                fetch(revision, file, source);
            }
        }
        work.release(revision);
        wake();
    }

    private void fetch(RevisionRecord revision, RevisionRecord.File file, String source)
            throws IOException, InterruptedException, RefusedFileException {
        Instant end = clock.instant().plus(config.imports().time());
        long most = config.limits().file().asLongValue();
        long at = storage.length(file.id());
        try (Fetcher.Open open = fetcher.open(source, at)) {
            if (open.offset() != at) {
                storage.removePart(file.id());
                at = 0;
            }
            notTooLarge(revision, open.bytes(), most);
            for (byte[] piece = open.content().readNBytes(PIECE);
                    piece.length > 0;
                    piece = open.content().readNBytes(PIECE)) {
                notTooLarge(revision, at + piece.length, most);
                at = storage.append(file.id(), at, new ByteArrayInputStream(piece), most);
                registry.arrived(file.id(), at);
                if (!work.extend(revision, claim())) {
                    throw new IOException("it was deleted, or another orchestrator goes on with it");
                }
                if (clock.instant().isAfter(end)) {
                    throw new RefusedFileException("The source took too long: " + at + " bytes came in "
                            + config.imports().time().toMinutes() + " minutes.");
                }
            }
            if (open.bytes() >= 0 && at < open.bytes()) {
                throw new IOException("the source broke off after " + at + " bytes");
            }
        }
        if (at == 0) {
            throw new RefusedFileException("The source is empty.");
        }
        work.sized(file.id(), at);
        registry.arrived(file.id(), at);
    }

    private void notTooLarge(RevisionRecord revision, long bytes, long most) throws RefusedFileException {
        if (bytes > most) {
            throw new RefusedFileException("The file is larger than the " + most + " bytes that it may have here.");
        }
        long quota = config.limits().quota().asLongValue();
        boolean counts = revision.image().tier() == ImageTier.USER;
        if (counts && bytes > 0 && bytes > quota) {
            throw new RefusedFileException("The file is larger than the quota of its owner.");
        }
    }

    private void check(RevisionRecord revision) throws IOException, InterruptedException, RefusedFileException {
        long virtual = 0;
        List<String> reservations = new ArrayList<>();
        overQuota(revision);
        for (RevisionRecord.File file : revision.files()) {
            Path path = file.verified() ? kept(file) : part(file);
            String digest = file.verified() ? Objects.requireNonNull(file.sha256()) : digest(revision, path);
            if (file.sha256() != null && !file.sha256().equals(digest)) {
                throw new RefusedFileException("The " + file.role().text() + " arrived with another SHA-256 (" + digest
                        + ") than was declared: it was damaged or changed on the way. Send it again.");
            }
            ImageChecker.Verdict verdict =
                    checker.check(file.role(), revision.about().diskFormat(), path);
            virtual = Math.max(virtual, verdict.virtualBytes());
            if (!verdict.reservation().isEmpty()) {
                reservations.add(verdict.reservation());
            }
            work.verified(revision, file.id(), digest);
            keep(file, digest);
        }
        work.passed(revision, virtual, String.join("; ", reservations));
        LOG.infof("a revision can be booted image=%s", revision.reference());
    }

    private void overQuota(RevisionRecord revision) throws RefusedFileException {
        boolean counts = revision.image().tier() == ImageTier.USER;
        if (counts
                && registry.used(revision.image().owner())
                        > config.limits().quota().asLongValue()) {
            throw new RefusedFileException("With it, its owner's images have more bytes than the quota allows: delete"
                    + " what is not needed, and bring it again.");
        }
    }

    private Path part(RevisionRecord.File file) throws IOException {
        return storage.part(file.id()).orElseThrow(() -> new IOException("what was received is not in the storage"));
    }

    /** A try before this one came as far as keeping it. */
    private Path kept(RevisionRecord.File file) throws IOException {
        Optional<Path> part = storage.part(file.id());
        return part.isPresent()
                ? part.get()
                : storage.blob(Objects.requireNonNull(file.sha256()))
                        .orElseThrow(() -> new IOException("what was received is not in the storage"));
    }

    private String digest(RevisionRecord revision, Path path) throws IOException {
        MessageDigest sha256 = Sha256.start();
        try (InputStream in = Files.newInputStream(path)) {
            long sign = 0;
            byte[] piece = new byte[1 << 20];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                sha256.update(piece, 0, read);
                sign += read;
                if (sign >= 1L << 30) {
                    sign = 0;
                    if (!work.extend(revision, claim())) {
                        throw new IOException("it was deleted, or another orchestrator goes on with it");
                    }
                }
            }
        }
        return Sha256.hex(sha256);
    }

    private void keep(RevisionRecord.File file, String digest) throws IOException {
        if (!blobs.rely(digest)) {
            throw new IOException("the same content is just being removed: it will be tried again");
        }
        storage.keep(file.id(), digest);
    }
}
