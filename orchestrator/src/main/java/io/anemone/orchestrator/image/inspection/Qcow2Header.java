package io.anemone.orchestrator.image.inspection;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The header of a qcow2 file (QEMU's docs/interop/qcow2.txt), of the kind that {@code qemu-img convert} writes: anything
 * that points out of the file, or that we do not know, is refused.
 *
 * @param version      2 or 3
 * @param clusterBits  the size of a cluster is 2 to the power of it
 * @param virtualBytes size of the disk as a guest sees it
 */
record Qcow2Header(
        int version,
        int clusterBits,
        long virtualBytes,
        int l1Entries,
        long l1Offset,
        long refcountOffset,
        int refcountClusters) {

    private static final int MAGIC = 0x514649fb;
    private static final int V2_LENGTH = 72;
    private static final int V3_LENGTH = 104;
    private static final int MAX_LENGTH = 4096;
    private static final int SECTOR = 512;

    /** QEMU's own bounds: 32 MiB for the first level table, 8 MiB for that of the reference counts. */
    private static final int MAX_L1_ENTRIES = (32 << 20) / 8;

    private static final long MAX_REFCOUNT_TABLE = 8L << 20;

    private static final int MIN_CLUSTER_BITS = 12;
    private static final int MAX_CLUSTER_BITS = 21;

    private static final long DIRTY = 1;
    private static final long CORRUPT = 1 << 1;
    private static final long EXTERNAL_DATA = 1 << 2;
    private static final long LAZY_REFCOUNTS = 1;
    private static final long RAW_EXTERNAL = 1 << 1;

    static Qcow2Header read(Bytes file, InspectionLimits limits) throws IOException, RefusedFileException {
        ByteBuffer in = file.exactly(0, V2_LENGTH, "header");
        if (in.getInt(0) != MAGIC) {
            throw new RefusedFileException(
                    "The file was declared as qcow2 and is not: convert it with qemu-img convert -O qcow2.");
        }
        int version = in.getInt(4);
        if (version != 2 && version != 3) {
            throw new RefusedFileException("Only versions 2 and 3 of qcow2 are taken, not "
                    + Integer.toUnsignedString(version) + ": convert it with qemu-img convert -O qcow2.");
        }
        if (in.getLong(8) != 0 || in.getInt(16) != 0) {
            throw new RefusedFileException(
                    "The disk has a backing file: images stand alone. Flatten it with" + " qemu-img convert -O qcow2.");
        }
        if (in.getInt(32) != 0) {
            throw new RefusedFileException("The disk is encrypted, which is not supported: decrypt it first.");
        }
        if (in.getInt(60) != 0) {
            throw new RefusedFileException(
                    "The disk has internal snapshots: leave them out with" + " qemu-img convert -O qcow2.");
        }
        Qcow2Header header = new Qcow2Header(
                version, in.getInt(20), in.getLong(24), in.getInt(36), in.getLong(40), in.getLong(48), in.getInt(56));
        header.check(limits);
        int length = version == 2 ? V2_LENGTH : features(file);
        extensions(file.upTo(length, header.clusterBytes() - length));
        header.checkTables(file);
        return header;
    }

    int clusterBytes() {
        return 1 << clusterBits;
    }

    /** Entries of a second level table. */
    int l2Entries() {
        return clusterBytes() / 8;
    }

    private void check(InspectionLimits limits) throws RefusedFileException {
        if (clusterBits < MIN_CLUSTER_BITS || clusterBits > MAX_CLUSTER_BITS) {
            throw new RefusedFileException("The disk's clusters must have between 4 KiB and 2 MiB: convert it with"
                    + " qemu-img convert -O qcow2.");
        }
        if (virtualBytes <= 0 || virtualBytes % SECTOR != 0) {
            throw new RefusedFileException("The disk's size is not a whole number of sectors of 512 bytes.");
        }
        if (virtualBytes > limits.virtualBytes()) {
            throw new RefusedFileException("The disk says that it has " + Long.toUnsignedString(virtualBytes)
                    + " bytes for its guest, more than the " + limits.virtualBytes() + " that it may have here.");
        }
    }

    /** @return the header's length */
    private static int features(Bytes file) throws IOException, RefusedFileException {
        ByteBuffer in = file.exactly(0, V3_LENGTH, "header");
        long incompatible = in.getLong(72);
        long autoclear = in.getLong(88);
        if ((incompatible & EXTERNAL_DATA) != 0 || (autoclear & RAW_EXTERNAL) != 0) {
            throw new RefusedFileException("The disk's data is in another file: images stand alone. Convert it with"
                    + " qemu-img convert -O qcow2.");
        }
        if ((incompatible & (DIRTY | CORRUPT)) != 0) {
            throw new RefusedFileException("The disk was not closed cleanly: mend it with qemu-img check -r all.");
        }
        if (incompatible != 0 || (in.getLong(80) & ~LAZY_REFCOUNTS) != 0 || autoclear != 0) {
            throw new RefusedFileException("The disk uses features of qcow2 that are not taken here: convert it with"
                    + " qemu-img convert -O qcow2.");
        }
        if (Integer.compareUnsigned(in.getInt(96), 6) > 0) {
            throw new RefusedFileException("The disk's reference counts are wider than qcow2 allows.");
        }
        int length = in.getInt(100);
        if (length < V3_LENGTH || length > MAX_LENGTH || length % 8 != 0) {
            throw new RefusedFileException("The disk's header says a length that it cannot have.");
        }
        ByteBuffer rest = file.exactly(V3_LENGTH, length - V3_LENGTH, "header");
        while (rest.hasRemaining()) {
            if (rest.get() != 0) {
                throw new RefusedFileException("The disk's header has fields that are not known here: convert it with"
                        + " qemu-img convert -O qcow2.");
            }
        }
        return length;
    }

    /** Only the table of names for features may be there: it is for messages. */
    private static void extensions(ByteBuffer in) throws RefusedFileException {
        while (in.remaining() >= 8) {
            int type = in.getInt();
            int length = in.getInt();
            switch (type) {
                case 0 -> {
                    return;
                }
                case 0x6803f857 -> {}
                case 0xe2792aca ->
                    throw new RefusedFileException("The disk names the format of a backing file: images stand alone."
                            + " Flatten it with qemu-img convert -O qcow2.");
                case 0x44415441 ->
                    throw new RefusedFileException("The disk names another file for its data: images stand alone.");
                case 0x0537be77 -> throw new RefusedFileException("The disk is encrypted, which is not supported.");
                default ->
                    throw new RefusedFileException("The disk's header has an extension that is not taken here: convert"
                            + " it with qemu-img convert -O qcow2.");
            }
            long padded = (Integer.toUnsignedLong(length) + 7) & ~7L;
            if (padded > in.remaining()) {
                throw new RefusedFileException("An extension of the disk's header is longer than the header.");
            }
            in.position(in.position() + (int) padded);
        }
        throw new RefusedFileException("The extensions of the disk's header have no end.");
    }

    private void checkTables(Bytes file) throws RefusedFileException {
        long perTable = (long) l2Entries() << clusterBits;
        long needed = (virtualBytes + perTable - 1) / perTable;
        if (l1Entries < needed || l1Entries > MAX_L1_ENTRIES) {
            throw new RefusedFileException("The disk's first table has a size that does not fit the disk.");
        }
        within(file, l1Offset, 8L * l1Entries, "first table");
        long refcountBytes = (long) refcountClusters << clusterBits;
        if (refcountClusters <= 0 || refcountBytes > MAX_REFCOUNT_TABLE) {
            throw new RefusedFileException("The disk's table of reference counts has a size that it cannot have.");
        }
        within(file, refcountOffset, refcountBytes, "table of reference counts");
    }

    private void within(Bytes file, long offset, long bytes, String what) throws RefusedFileException {
        if (offset < clusterBytes() || offset % clusterBytes() != 0 || offset > file.length() - bytes) {
            throw new RefusedFileException(
                    "The disk's " + what + " is not within the file: it is truncated or damaged. Upload it whole.");
        }
    }
}
