package io.anemone.core.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a guest boots from. Two revisions of the same content are the same thing under two names.
 *
 * @param kernel       kernel for direct boot, or null to boot from the disk
 * @param initrd       initial RAM file system for direct boot
 * @param cmdline      kernel command line for direct boot
 * @param disk         root disk, or null for an image that lives in its initrd
 * @param diskFormat   {@code qcow2} or {@code raw}; declared, never probed
 * @param virtualBytes size of the root disk as the guest sees it; 0 without one
 */
public record ImageContent(
        @Nullable ImageFile kernel,
        @Nullable ImageFile initrd,
        @Nullable String cmdline,
        @Nullable ImageFile disk,
        @Nullable DiskFormat diskFormat,
        long virtualBytes) {

    public enum DiskFormat {
        QCOW2,
        RAW
    }

    public ImageContent {
        if (kernel == null && disk == null) {
            throw new IllegalArgumentException("neither a kernel nor a disk to boot from");
        }
        if (kernel == null && (initrd != null || cmdline != null)) {
            throw new IllegalArgumentException("initrd and cmdline mean nothing without a kernel");
        }
        if ((disk == null) != (diskFormat == null)) {
            throw new IllegalArgumentException("a disk and its format belong together");
        }
    }

    /** Kernel, initrd and disk, as far as there are any. */
    public List<ImageFile> files() {
        return Stream.of(kernel, initrd, disk).filter(Objects::nonNull).toList();
    }

    /**
     * The identity of a revision: SHA-256 over what decides how a guest starts, in lower case hexadecimal digits. Names
     * of files are not part of it.
     */
    public String digest() {
        String text = String.join(
                "\n", digestOf(kernel), digestOf(initrd), orNone(cmdline), digestOf(disk), orNone(diskFormat));
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String digestOf(@Nullable ImageFile file) {
        return file == null ? "-" : file.sha256();
    }

    private static String orNone(@Nullable Object value) {
        return value == null ? "-" : "=" + value;
    }
}
