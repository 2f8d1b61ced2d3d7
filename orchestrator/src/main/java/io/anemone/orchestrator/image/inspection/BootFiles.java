package io.anemone.orchestrator.image.inspection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Kernels and initial RAM disks, by what must be true of any. */
final class BootFiles {

    private static final int SECTOR = 512;
    private static final int PARAGRAPH = 16;
    private static final int LEAST_INITRD = 64;

    /** How what the kernel can unpack begins (its init/initramfs.c and lib/decompress.c). */
    private static final String[] INITRDS = {
        "070701",
        "070702",
        "\u001f\u008b",
        "\u00fd7zXZ\0",
        "(\u00b5/\u00fd",
        "\u0002!L\u0018",
        "BZh",
        "]\0\0",
        "\u0089LZO"
    };

    private BootFiles() {}

    /** The x86 boot protocol (Linux, Documentation/arch/x86/boot.rst). */
    static void kernel(Bytes file, InspectionLimits limits) throws IOException, RefusedFileException {
        notTooLarge("kernel", file, limits);
        if (!file.has(0x1fe, "U\u00aa") || !file.has(0x202, "HdrS")) {
            throw new RefusedFileException("The kernel is not a bzImage for x86: take a distribution's vmlinuz.");
        }
        ByteBuffer header = file.exactly(0, 2 * SECTOR, "header").order(ByteOrder.LITTLE_ENDIAN);
        int setup = Byte.toUnsignedInt(header.get(0x1f1));
        long code = Integer.toUnsignedLong(header.getInt(0x1f4)) * PARAGRAPH;
        if (code == 0 || (long) ((setup == 0 ? 4 : setup) + 1) * SECTOR + code > file.length()) {
            throw new RefusedFileException("The kernel is shorter than its header says: upload it whole.");
        }
    }

    static void initrd(Bytes file, InspectionLimits limits) throws IOException, RefusedFileException {
        notTooLarge("initrd", file, limits);
        for (String beginning : INITRDS) {
            if (file.length() >= LEAST_INITRD && file.has(0, beginning)) {
                return;
            }
        }
        throw new RefusedFileException("The initrd is not an archive that a kernel unpacks: make it with cpio -H newc,"
                + " plain or compressed with gzip, xz, zstd, lz4, bzip2 or lzma.");
    }

    private static void notTooLarge(String what, Bytes file, InspectionLimits limits) throws RefusedFileException {
        if (file.length() > limits.bootBytes()) {
            throw new RefusedFileException(
                    "The " + what + " is larger than the " + limits.bootBytes() + " bytes that it may have here.");
        }
    }
}
