package io.anemone.orchestrator.image.inspection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A qcow2 disk whose every table is walked: each cluster is in the file, none is used twice, and what the guest's first
 * cluster holds is no disk format again.
 */
final class Qcow2Disk {

    private static final long OFFSET = 0x00fffffffffffe00L;
    private static final long COPIED = 1L << 63;
    private static final long COMPRESSED = 1L << 62;
    private static final long ZERO = 1;
    private static final int SECTOR = 512;

    private final Bytes file;
    private final Qcow2Header header;
    private final TimeLimit time;
    private final BitSet used = new BitSet();
    private final BitSet compressed = new BitSet();

    private Qcow2Disk(Bytes file, Qcow2Header header, TimeLimit time) {
        this.file = file;
        this.header = header;
        this.time = time;
    }

    /** @return its size as a guest sees it */
    static long inspect(Bytes file, InspectionLimits limits, TimeLimit time) throws IOException, RefusedFileException {
        Qcow2Header header = Qcow2Header.read(file, limits);
        new Qcow2Disk(file, header, time).walk();
        return header.virtualBytes();
    }

    private void walk() throws IOException, RefusedFileException {
        use(0, header.clusterBytes());
        use(header.l1Offset(), 8L * header.l1Entries());
        use(header.refcountOffset(), (long) header.refcountClusters() << header.clusterBits());
        refcounts();
        ByteBuffer l1 = file.exactly(header.l1Offset(), 8 * header.l1Entries(), "first table");
        for (int table = 0; table < header.l1Entries(); table++) {
            long entry = l1.getLong();
            if (entry == 0) {
                continue;
            }
            if ((entry & ~(COPIED | OFFSET)) != 0) {
                throw damaged("its first table has an entry that is not understood");
            }
            long offset = entry & OFFSET;
            use(offset, header.clusterBytes());
            table(file.exactly(offset, header.clusterBytes(), "tables"), table);
        }
    }

    private void refcounts() throws IOException, RefusedFileException {
        int bytes = header.refcountClusters() << header.clusterBits();
        ByteBuffer table = file.exactly(header.refcountOffset(), bytes, "table of reference counts");
        while (table.hasRemaining()) {
            long entry = table.getLong();
            if ((entry & ~OFFSET) != 0) {
                throw damaged("its table of reference counts has an entry that is not understood");
            }
            if (entry != 0) {
                use(entry, header.clusterBytes());
            }
        }
    }

    private void table(ByteBuffer l2, int table) throws IOException, RefusedFileException {
        time.check();
        long guest = ((long) table * header.l2Entries()) << header.clusterBits();
        for (; l2.hasRemaining(); guest += header.clusterBytes()) {
            long entry = l2.getLong();
            if (entry == 0) {
                continue;
            }
            if (guest >= header.virtualBytes()) {
                throw damaged("it has data behind its end");
            }
            if ((entry & COMPRESSED) != 0) {
                compressed(entry, guest);
            } else {
                standard(entry, guest);
            }
        }
    }

    private void standard(long entry, long guest) throws IOException, RefusedFileException {
        long flags = header.version() == 2 ? COPIED : COPIED | ZERO;
        if ((entry & ~(flags | OFFSET)) != 0) {
            throw damaged("a table has an entry that is not understood");
        }
        long offset = entry & OFFSET;
        if (offset == 0) {
            return;
        }
        // The file may end within the guest's last cluster, where its size is not a whole number of clusters.
        use(offset, Math.min(header.clusterBytes(), header.virtualBytes() - guest));
        if (guest == 0) {
            beginning(file.upTo(offset, header.clusterBytes()));
        }
    }

    private void compressed(long entry, long guest) throws IOException, RefusedFileException {
        int bits = 62 - (header.clusterBits() - 8);
        long offset = entry & ((1L << bits) - 1);
        long sectors = ((entry & ~(COMPRESSED | COPIED)) >>> bits) + 1;
        long end = (offset & -SECTOR) + sectors * SECTOR;
        long fileEnd = (file.length() + SECTOR - 1) & -SECTOR;
        if ((entry & COPIED) != 0 || offset < header.clusterBytes() || offset >= file.length() || end > fileEnd) {
            throw damaged("compressed data is not within the file");
        }
        for (int cluster = cluster(offset); cluster <= cluster(end - 1); cluster++) {
            if (used.get(cluster) && !compressed.get(cluster)) {
                throw damaged("a cluster is used twice");
            }
            used.set(cluster);
            compressed.set(cluster);
        }
        if (guest == 0) {
            beginning(inflated(file.upTo(offset, (int) (end - offset))));
        }
    }

    private ByteBuffer inflated(ByteBuffer deflated) throws RefusedFileException {
        byte[] cluster = new byte[header.clusterBytes()];
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(deflated);
            return ByteBuffer.wrap(cluster, 0, inflater.inflate(cluster));
        } catch (DataFormatException e) {
            throw damaged("its first cluster cannot be decompressed");
        }
    }

    private static void beginning(ByteBuffer cluster) throws RefusedFileException {
        byte[] bytes = new byte[cluster.remaining()];
        cluster.get(bytes);
        Optional<String> foreign = ForeignFormats.ofBeginning(bytes);
        if (foreign.isPresent()) {
            throw new RefusedFileException("The disk's content looks like " + foreign.get()
                    + ": a disk within a disk is not taken. Take out the inner one.");
        }
    }

    /** The bytes from there on are used for one thing, and are in the file. */
    private void use(long offset, long bytes) throws RefusedFileException {
        if (offset % header.clusterBytes() != 0 || offset < 0 || offset > file.length() - bytes) {
            throw new RefusedFileException(
                    "The disk uses a cluster that is not in the file: it is truncated or damaged. Upload it whole.");
        }
        for (int cluster = cluster(offset); cluster <= cluster(offset + bytes - 1); cluster++) {
            if (used.get(cluster)) {
                throw damaged("a cluster is used twice");
            }
            used.set(cluster);
        }
    }

    private int cluster(long offset) {
        return Math.toIntExact(offset >> header.clusterBits());
    }

    private static RefusedFileException damaged(String how) {
        return new RefusedFileException(
                "The disk is damaged: " + how + ". Convert it anew with qemu-img convert -O qcow2.");
    }
}
