package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.orchestrator.image.inspection.Cage;
import io.anemone.orchestrator.image.inspection.FileInspector;
import io.anemone.orchestrator.image.inspection.InspectionLimits;
import io.anemone.orchestrator.image.inspection.RefusedFileException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the files of a revision: first we read them ourselves, then QEMU's own checker does, in a cage. Formats are
 * what was declared; nothing is ever guessed from content.
 */
@ApplicationScoped
class ImageChecker {

    private static final Logger LOG = Logger.getLogger(ImageChecker.class);

    /** Clusters that nothing refers to: wasteful and harmless (qemu-img(1)). */
    private static final int LEAKS = 3;

    private final ImageConfig config;
    private final FileInspector inspector;
    private @Nullable Cage cage;

    ImageChecker(ImageConfig config, Clock clock) {
        this.config = config;
        this.inspector = new FileInspector(
                new InspectionLimits(
                        config.limits().disk().asLongValue(),
                        config.limits().boot().asLongValue(),
                        config.check().time()),
                clock);
    }

    /**
     * @param virtualBytes size of the disk as a guest sees it; 0 for other files
     * @param reservation  what could not be checked, in words; empty if all was
     */
    record Verdict(long virtualBytes, String reservation) {}

    /** @throws RefusedFileException if the file cannot be part of an image */
    Verdict check(FileRole role, @Nullable DiskFormat format, Path file)
            throws IOException, InterruptedException, RefusedFileException {
        return switch (role) {
            case KERNEL -> {
                inspector.kernel(file);
                yield new Verdict(0, "");
            }
            case INITRD -> {
                inspector.initrd(file);
                yield new Verdict(0, "");
            }
            case DISK -> disk(Objects.requireNonNull(format), file);
        };
    }

    private Verdict disk(DiskFormat format, Path file) throws IOException, InterruptedException, RefusedFileException {
        long virtual = inspector.disk(file, format);
        return switch (format) {
            case RAW -> new Verdict(virtual, "");
            case QCOW2 -> new Verdict(virtual, checked(file));
        };
    }

    /** @return what could not be checked */
    private String checked(Path file) throws IOException, InterruptedException, RefusedFileException {
        Path program = config.check().program();
        if (!Files.isExecutable(program)) {
            return lacking("qemu-img is not there, so its reference counts were not looked at");
        }
        Cage walls = cage();
        String reservation = walls.missing().isEmpty()
                ? ""
                : lacking("while it was checked, the checker's cage was not whole: "
                        + String.join("; ", walls.missing()));
        Cage.Outcome outcome = walls.run(program, List.of("check", "-q", "-f", "qcow2", "--output=json"), file);
        if (!outcome.inTime() || outcome.exitCode() >= 128) {
            throw new RefusedFileException("The disk could not be checked within the limits of memory and time that"
                    + " are set for that: convert it anew with qemu-img convert -O qcow2.");
        }
        if (outcome.exitCode() != 0 && outcome.exitCode() != LEAKS) {
            LOG.infof("qemu-img check refuses a disk exit=%d", outcome.exitCode());
            throw new RefusedFileException("The disk is damaged, says qemu-img check: mend it with qemu-img check -r"
                    + " all, or convert it anew.");
        }
        return reservation;
    }

    private String lacking(String what) throws RefusedFileException {
        if (config.check().whole()) {
            throw new RefusedFileException("Disks cannot be checked on this host (" + what + "): tell an operator.");
        }
        return what;
    }

    private synchronized Cage cage() throws InterruptedException {
        if (cage == null) {
            cage = Cage.build(new Cage.Limits(
                    config.check().memory().asLongValue(),
                    config.check().cpu(),
                    config.check().time()));
            cage.missing().forEach(what -> LOG.warnf("The cage that images are checked in is not whole: %s", what));
        }
        return cage;
    }
}
