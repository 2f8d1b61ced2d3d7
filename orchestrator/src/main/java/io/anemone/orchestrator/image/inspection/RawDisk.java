package io.anemone.orchestrator.image.inspection;

import java.io.IOException;
import java.util.Optional;

/** A raw disk: anything at all, but for what something else would take it for. */
final class RawDisk {

    private static final int SECTOR = 512;

    private RawDisk() {}

    /** @return its size as a guest sees it */
    static long inspect(Bytes file, InspectionLimits limits) throws IOException, RefusedFileException {
        if (file.length() == 0 || file.length() % SECTOR != 0) {
            throw new RefusedFileException("A raw disk has whole sectors of 512 bytes, and this file has "
                    + file.length() + " bytes: it is truncated, or not a raw disk.");
        }
        if (file.length() > limits.virtualBytes()) {
            throw new RefusedFileException(
                    "The disk is larger than the " + limits.virtualBytes() + " bytes that a disk may have here.");
        }
        Optional<String> foreign = ForeignFormats.of(file);
        if (foreign.isPresent()) {
            throw new RefusedFileException("The file was declared as a raw disk and looks like " + foreign.get()
                    + ": declare what it is, or convert it with qemu-img convert -O qcow2.");
        }
        return file.length();
    }
}
