package io.anemone.orchestrator.image.inspection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes a small good qcow2 disk of version 3, and then whatever harm a test does to it: six clusters of 64 KiB with
 * header, first table, table of reference counts, reference counts, second table, data.
 */
public final class Qcow2Builder {

    public static final int CLUSTER = 1 << 16;
    public static final int L1 = CLUSTER;
    public static final int REFCOUNT_TABLE = 2 * CLUSTER;
    public static final int REFCOUNTS = 3 * CLUSTER;
    public static final int L2 = 4 * CLUSTER;
    public static final int DATA = 5 * CLUSTER;
    public static final int EXTENSIONS = 104;

    private static final long COPIED = 1L << 63;

    private final ByteBuffer file = ByteBuffer.allocate(6 * CLUSTER);

    public Qcow2Builder() {
        file.putInt(0, 0x514649fb);
        file.putInt(4, 3);
        file.putInt(20, 16);
        file.putLong(24, 1L << 30);
        file.putInt(36, 2);
        file.putLong(40, L1);
        file.putLong(48, REFCOUNT_TABLE);
        file.putInt(56, 1);
        file.putInt(96, 4);
        file.putInt(100, EXTENSIONS);
        file.putLong(L1, L2 | COPIED);
        file.putLong(REFCOUNT_TABLE, REFCOUNTS);
        for (int cluster = 0; cluster < 6; cluster++) {
            file.putShort(REFCOUNTS + 2 * cluster, (short) 1);
        }
        file.putLong(L2, DATA | COPIED);
    }

    public Qcow2Builder with(Consumer<ByteBuffer> harm) {
        harm.accept(file);
        return this;
    }

    public Qcow2Builder backing(String name) {
        return with(bytes -> {
            bytes.putLong(8, 512);
            bytes.putInt(16, name.length());
            bytes.put(512, name.getBytes(StandardCharsets.US_ASCII));
        });
    }

    public Qcow2Builder extension(int type, String data) {
        return with(bytes -> {
            bytes.putInt(EXTENSIONS, type);
            bytes.putInt(EXTENSIONS + 4, data.length());
            bytes.put(EXTENSIONS + 8, data.getBytes(StandardCharsets.US_ASCII));
        });
    }

    public Qcow2Builder data(String text) {
        return with(bytes -> bytes.put(DATA, text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    public byte[] bytes() {
        return file.array().clone();
    }
}
