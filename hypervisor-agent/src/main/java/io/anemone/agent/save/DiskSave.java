package io.anemone.agent.save;

import io.anemone.agent.guest.GuestAgent;
import io.anemone.agent.save.SaveUploads.GoneException;
import io.anemone.core.hypervisor.DiskCopy;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.Sighting;
import io.anemone.core.wire.SaveOrder;
import io.anemone.core.wire.SaveReport;
import io.anemone.core.wire.SaveReport.Step;
import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Saves the disk of one guest once, or leaves nothing. The guest runs on: where an agent in it answers, its file systems
 * stand still for the moment that is copied; whatever happens then, they go on afterwards. The content of the copy is the
 * guest's, and the file is QEMU's: it is read as bytes here and as nothing else.
 */
public final class DiskSave {

    private static final System.Logger LOG = System.getLogger(DiskSave.class.getName());

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration TELL = Duration.ofSeconds(2);

    /** How long neither libvirt nor an orchestrator need to answer. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration THAW_PATIENCE = Duration.ofMinutes(5);

    /** Other guests write to the node's disk, too. */
    private static final long LEAST_FREE_BYTES = 512L << 20;

    /** It shall not go on. Without a message nobody is to be told. */
    private static final class GivenUpException extends Exception {
        private static final long serialVersionUID = 1L;

        GivenUpException(String message) {
            super(message);
        }
    }

    private final DiskSaves parts;
    private final DomainId id;
    private final UUID save;
    private final @Nullable SaveOrder order;
    private volatile @Nullable String givenUp;
    private volatile boolean over;
    private boolean frozen;
    private boolean quiesced;

    /**
     * @param frozen whether the guest may stand still
     * @param order  null if all that is left to do is to clean up
     */
    DiskSave(DiskSaves parts, DomainId id, UUID save, boolean frozen, @Nullable SaveOrder order) {
        this.parts = parts;
        this.id = id;
        this.save = save;
        this.frozen = frozen;
        this.order = order;
    }

    public UUID id() {
        return save;
    }

    /** Whether nothing of it is under way any more, nor left on the node. */
    public boolean over() {
        return over;
    }

    /** It shall not go on; {@link #over} says when it does not. */
    public void giveUp(String why) {
        givenUp = why;
    }

    /** Takes as long as the copy and the network do. */
    public void run() {
        String failure;
        try {
            failure = order == null ? "The node's agent was restarted meanwhile: ask for it again" : result(order);
            thaw();
            cleanUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = "The node's agent ended";
        } finally {
            over = true;
        }
        if (failure != null) {
            LOG.log(Level.INFO, "a disk is not saved domain=" + id.name() + ": " + failure);
            tellFailure(failure);
        }
    }

    /** @return why it failed; null if it did not, or nobody wants it any more */
    private @Nullable String result(SaveOrder wanted) throws InterruptedException {
        try {
            long bytes = parts.hypervisor().diskBytes(id);
            Path file = parts.files().make(id, save, bytes);
            begin(file);
            copy(file, bytes, wanted.mostBytes());
            send(file);
            return null;
        } catch (GoneException e) {
            return null;
        } catch (HypervisorException e) {
            return "The node could not copy the disk: " + e.failure().message();
        } catch (IOException | GivenUpException e) {
            return e.getMessage();
        }
    }

    private void begin(Path file) throws IOException, InterruptedException {
        GuestAgent agent = new GuestAgent(parts.hypervisor());
        try {
            if (agent.answers(id)) {
                parts.files().noteFreeze(id);
                frozen = true;
                quiesced = agent.freeze(id).orElse(0) > 0;
            }
            parts.hypervisor().beginCopy(id, file.toString());
        } finally {
            thaw();
        }
    }

    /** A guest that does not confirm it is asked again: it would stand still for good. */
    private void thaw() throws InterruptedException {
        GuestAgent agent = new GuestAgent(parts.hypervisor());
        Instant end = parts.clock().instant().plus(THAW_PATIENCE);
        while (frozen) {
            try {
                frozen = !agent.thaw(id) && !(parts.hypervisor().find(id) instanceof Sighting.Gone);
            } catch (HypervisorException e) {
                LOG.log(Level.INFO, "not known whether the guest goes on domain=" + id.name() + ": " + e.getMessage());
            }
            if (frozen && parts.clock().instant().isAfter(end)) {
                LOG.log(Level.ERROR, "the guest's file systems may stand still: reboot it, domain=" + id.name());
                return;
            }
            if (frozen) {
                Thread.sleep(LOOK);
            }
        }
    }

    private void copy(Path file, long bytes, long most) throws IOException, GivenUpException, InterruptedException {
        Instant tellAt = Instant.MIN;
        Instant heardAt = parts.clock().instant();
        while (true) {
            Instant now = parts.clock().instant();
            try {
                switch (parts.hypervisor().copy(id)) {
                    case DiskCopy.Done done -> {
                        return;
                    }
                    case DiskCopy.None none -> throw new IOException("The copy of the disk broke off on the node");
                    case DiskCopy.Running running -> {
                        heardAt = now;
                        if (!now.isBefore(tellAt)) {
                            tellAt = now.plus(TELL);
                            tellInPassing(
                                    report(Step.COPYING, Math.min(running.doneBytes(), bytes), bytes, null, null));
                        }
                    }
                }
            } catch (HypervisorException e) {
                if (now.isAfter(heardAt.plus(PATIENCE))) {
                    throw e;
                }
            }
            goOn();
            if (Files.size(file) > most) {
                throw new GivenUpException(tooLarge(most));
            }
            if (parts.files().room() < LEAST_FREE_BYTES) {
                throw new GivenUpException("The node has too little room for a copy of the disk");
            }
            Thread.sleep(LOOK);
        }
    }

    private static String tooLarge(long most) {
        return "The disk has more than the " + (most >> 20)
                + " MiB that are left for it: delete images that are not needed, or files in the guest (and run fstrim)";
    }

    private void goOn() throws GivenUpException {
        String why = givenUp;
        if (why != null) {
            throw new GivenUpException(why);
        }
    }

    /** The file may be QEMU's own account's: what stands in its place by now is not followed. */
    private void send(Path file) throws IOException, GivenUpException, InterruptedException {
        try (FileChannel copy = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long length = copy.size();
            if (order != null && length > order.mostBytes()) {
                throw new GivenUpException(tooLarge(order.mostBytes()));
            }
            String sha256 = digest(copy, length);
            long at = patiently(() -> parts.uploads().tell(save, report(Step.SENDING, 0, length, sha256, null)));
            ByteBuffer piece = ByteBuffer.allocate(WireTypes.MAX_PIECE);
            while (at < length) {
                long from = at;
                read(copy, from, piece.clear().limit((int) Math.min(piece.capacity(), length - from)));
                at = patiently(() -> parts.uploads().send(save, from, piece));
                if (at == from) {
                    // Somebody else's piece is being written, which can only be this one from before.
                    Thread.sleep(LOOK);
                }
            }
        }
    }

    private String digest(FileChannel copy, long length) throws IOException, GivenUpException {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        ByteBuffer piece = ByteBuffer.allocate(WireTypes.MAX_PIECE);
        for (long at = 0; at < length; at += piece.limit()) {
            goOn();
            read(copy, at, piece.clear().limit((int) Math.min(piece.capacity(), length - at)));
            sha256.update(piece.duplicate());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** All of the buffer; it is ready to be read then. */
    private static void read(FileChannel copy, long from, ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            if (copy.read(piece, from + piece.position()) < 0) {
                throw new IOException("The copy of the disk was cut short on the node");
            }
        }
        piece.flip();
    }

    private interface Question {
        long ask() throws IOException;
    }

    /** Orchestrators are restarted, and connections lost. */
    private long patiently(Question question) throws IOException, GivenUpException, InterruptedException {
        Instant end = parts.clock().instant().plus(PATIENCE);
        Duration wait = LOOK;
        while (true) {
            goOn();
            try {
                return question.ask();
            } catch (GoneException e) {
                throw e;
            } catch (IOException e) {
                if (parts.clock().instant().isAfter(end)) {
                    throw new IOException("The disk could not be brought to the registry: " + e.getMessage(), e);
                }
                Thread.sleep(wait);
                wait = wait.multipliedBy(2).compareTo(TELL) > 0 ? TELL : wait.multipliedBy(2);
            }
        }
    }

    private void cleanUp() {
        try {
            parts.hypervisor().endCopy(id);
        } catch (HypervisorException e) {
            LOG.log(Level.INFO, "a copy could not be ended domain=" + id.name() + ": " + e.getMessage());
        }
        try {
            parts.files().remove(id);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a copy is still there domain=" + id.name() + ": " + e.getMessage());
        }
    }

    private void tellInPassing(SaveReport report) throws GoneException {
        try {
            parts.uploads().tell(save, report);
        } catch (GoneException e) {
            throw e;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "nobody was told how far a copy is: " + e.getMessage());
        }
    }

    private void tellFailure(String why) {
        givenUp = null;
        try {
            patiently(() -> parts.uploads().tell(save, report(Step.FAILED, 0, 0, null, why)));
        } catch (IOException | GivenUpException e) {
            LOG.log(Level.INFO, "nobody was told that a disk is not saved: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SaveReport report(Step step, long done, long total, @Nullable String sha256, @Nullable String why) {
        return new SaveReport(id.vm(), id.attempt(), step, done, total, quiesced, sha256, why);
    }
}
