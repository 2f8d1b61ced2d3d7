package io.anemone.orchestrator.image.inspection;

import io.anemone.core.image.ImageContent.DiskFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that somebody may send who wants to read a file of the node, to break a reader, or to fill a disk. */
public final class HostileFiles {

    /** What a file was declared as. */
    public enum Kind {
        QCOW2,
        RAW,
        KERNEL,
        INITRD;

        public @Nullable DiskFormat format() {
            return switch (this) {
                case QCOW2 -> DiskFormat.QCOW2;
                case RAW -> DiskFormat.RAW;
                case KERNEL -> null;
                case INITRD -> null;
            };
        }
    }

    /** @param refusal a part of what its owner is told */
    public record HostileFile(String name, Kind kind, byte[] bytes, String refusal) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final List<HostileFile> files = new ArrayList<>();

    /** @param canary path of a file that must never be opened */
    public static List<HostileFile> all(String canary) {
        HostileFiles made = new HostileFiles();
        made.pointingElsewhere(canary);
        made.features();
        made.sizes();
        made.tables();
        made.otherFormatsAsRaw(canary);
        made.nested();
        made.bootFiles();
        return made.files;
    }

    private void pointingElsewhere(String canary) {
        qcow2("backing file", new Qcow2Builder().backing(canary), "backing file");
        qcow2("backing file by protocol", new Qcow2Builder().backing("file:" + canary), "backing file");
        qcow2("backing file over the network", new Qcow2Builder().backing("http://127.0.0.1/x"), "backing file");
        String json = "json:{\"driver\":\"raw\",\"file\":{\"driver\":\"file\",\"filename\":\"" + canary + "\"}}";
        qcow2("backing file as JSON", new Qcow2Builder().backing(json), "backing file");
        qcow2("backing file of absurd length", new Qcow2Builder().with(b -> b.putInt(16, -1)), "backing file");
        qcow2("backing file without a length", new Qcow2Builder().with(b -> b.putLong(8, 512)), "backing file");
        qcow2("backing format", new Qcow2Builder().extension(0xe2792aca, "raw"), "backing file");
        qcow2("external data by flag", new Qcow2Builder().with(b -> b.putLong(72, 1 << 2)), "another file");
        qcow2(
                "external data by name",
                new Qcow2Builder().extension(0x44415441, canary).with(b -> b.putLong(72, 1 << 2)),
                "another file");
        qcow2("external data by name alone", new Qcow2Builder().extension(0x44415441, canary), "another file");
        qcow2("raw external data", new Qcow2Builder().with(b -> b.putLong(88, 1 << 1)), "another file");
        Qcow2Builder v2 = new Qcow2Builder().backing(canary).with(b -> b.putInt(4, 2));
        qcow2("backing file of version 2", v2, "backing file");
    }

    private void features() {
        qcow2("AES", new Qcow2Builder().with(b -> b.putInt(32, 1)), "encrypted");
        qcow2("LUKS", new Qcow2Builder().with(b -> b.putInt(32, 2)), "encrypted");
        qcow2("LUKS by header", new Qcow2Builder().extension(0x0537be77, "0123456789abcdef"), "encrypted");
        qcow2("internal snapshots", new Qcow2Builder().with(b -> b.putInt(60, 1)), "snapshots");
        qcow2("unknown feature", new Qcow2Builder().with(b -> b.putLong(72, 1L << 40)), "features");
        qcow2("all features", new Qcow2Builder().with(b -> b.putLong(72, -1L)), "another file");
        qcow2("zstd", new Qcow2Builder().with(b -> b.putLong(72, 1 << 3)), "features");
        qcow2("extended L2", new Qcow2Builder().with(b -> b.putLong(72, 1 << 4)), "features");
        qcow2("dirty", new Qcow2Builder().with(b -> b.putLong(72, 1)), "cleanly");
        qcow2("corrupt", new Qcow2Builder().with(b -> b.putLong(72, 2)), "cleanly");
        qcow2("bitmaps", new Qcow2Builder().extension(0x23852875, "x".repeat(24)), "extension");
        qcow2("unknown extension", new Qcow2Builder().extension(0x12345678, "x"), "extension");
        qcow2(
                "extension without end",
                new Qcow2Builder().extension(0x6803f857, "").with(b -> b.putInt(108, -8)),
                "longer");
        qcow2("version 1", new Qcow2Builder().with(b -> b.putInt(4, 1)), "versions 2 and 3");
        qcow2("version 4", new Qcow2Builder().with(b -> b.putInt(4, 4)), "versions 2 and 3");
        qcow2("header of absurd length", new Qcow2Builder().with(b -> b.putInt(100, Integer.MAX_VALUE)), "length");
        qcow2(
                "header with unknown fields",
                new Qcow2Builder().with(b -> b.putInt(100, 112).put(104, (byte) 9)),
                "not known");
    }

    private void sizes() {
        qcow2("eight exabytes", new Qcow2Builder().with(b -> b.putLong(24, Long.MAX_VALUE & -512)), "more than");
        qcow2("negative size", new Qcow2Builder().with(b -> b.putLong(24, -512)), "size");
        qcow2("no size", new Qcow2Builder().with(b -> b.putLong(24, 0)), "size");
        qcow2("a crooked size", new Qcow2Builder().with(b -> b.putLong(24, 1000)), "size");
        qcow2("huge clusters", new Qcow2Builder().with(b -> b.putInt(20, 63)), "clusters");
        qcow2("tiny clusters", new Qcow2Builder().with(b -> b.putInt(20, 0)), "clusters");
        qcow2("huge first table", new Qcow2Builder().with(b -> b.putInt(36, Integer.MAX_VALUE)), "first table");
        qcow2("negative first table", new Qcow2Builder().with(b -> b.putInt(36, -1)), "first table");
        qcow2("first table too short", new Qcow2Builder().with(b -> b.putInt(36, 1)), "first table");
        qcow2(
                "huge reference counts",
                new Qcow2Builder().with(b -> b.putInt(56, Integer.MAX_VALUE)),
                "reference counts");
        qcow2("no reference counts", new Qcow2Builder().with(b -> b.putInt(56, 0)), "reference counts");
        qcow2("wide reference counts", new Qcow2Builder().with(b -> b.putInt(96, 64)), "wider");
    }

    private void tables() {
        qcow2("first table behind the end", new Qcow2Builder().with(b -> b.putLong(40, 1L << 40)), "not within");
        qcow2("first table over the header", new Qcow2Builder().with(b -> b.putLong(40, 0)), "not within");
        qcow2("first table at a crooked place", new Qcow2Builder().with(b -> b.putLong(40, 1000)), "not within");
        qcow2(
                "second table behind the end",
                new Qcow2Builder().with(b -> b.putLong(Qcow2Builder.L1, 1L << 50)),
                "not in the file");
        qcow2(
                "second table that is the first",
                new Qcow2Builder().with(b -> b.putLong(Qcow2Builder.L1, Qcow2Builder.L1)),
                "twice");
        qcow2(
                "second table twice",
                new Qcow2Builder().with(b -> b.putLong(Qcow2Builder.L1 + 8, Qcow2Builder.L2)),
                "twice");
        qcow2(
                "data that is the header",
                new Qcow2Builder()
                        .with(b -> b.putLong(Qcow2Builder.L2 + 8, 1))
                        .with(b -> b.putLong(Qcow2Builder.L2 + 16, Qcow2Builder.L1)),
                "twice");
        qcow2("data twice", new Qcow2Builder().with(b -> b.putLong(Qcow2Builder.L2 + 8, Qcow2Builder.DATA)), "twice");
        qcow2(
                "data behind the end",
                new Qcow2Builder().with(b -> b.putLong(Qcow2Builder.L2 + 8, 6L * Qcow2Builder.CLUSTER)),
                "not in the file");
        qcow2("reserved bits", new Qcow2Builder().with(b -> b.putLong(Qcow2Builder.L2 + 8, 6)), "not understood");
        qcow2(
                "data behind the disk's end",
                new Qcow2Builder().with(b -> b.putLong(24, 1 << 16).putLong(Qcow2Builder.L2 + 8, 1)),
                "behind its end");
        qcow2(
                "compressed data behind the end",
                new Qcow2Builder().with(b -> b.putLong(Qcow2Builder.L2 + 8, (1L << 62) | (1L << 40))),
                "compressed");
        qcow2(
                "compressed data over a table",
                new Qcow2Builder().with(b -> b.putLong(Qcow2Builder.L2 + 8, (1L << 62) | Qcow2Builder.L1)),
                "twice");
        qcow2(
                "first cluster that does not decompress",
                new Qcow2Builder()
                        .data("\u00ff\u00ff")
                        .with(b -> b.putLong(Qcow2Builder.L2, (1L << 62) | Qcow2Builder.DATA)),
                "decompressed");
        qcow2(
                "reference counts behind the end",
                new Qcow2Builder().with(b -> b.putLong(Qcow2Builder.REFCOUNT_TABLE, 1L << 50)),
                "not in the file");
        byte[] good = new Qcow2Builder().bytes();
        add("truncated in its data", Kind.QCOW2, Arrays.copyOf(good, Qcow2Builder.DATA + 512), "not in the file");
        add("truncated in its tables", Kind.QCOW2, Arrays.copyOf(good, Qcow2Builder.L1 + 8), "truncated");
        add("truncated in its header", Kind.QCOW2, Arrays.copyOf(good, 100), "truncated");
        add("empty", Kind.QCOW2, new byte[0], "truncated");
    }

    private void otherFormatsAsRaw(String canary) {
        add("qcow2 as raw", Kind.RAW, new Qcow2Builder().backing(canary).bytes(), "looks like qcow2");
        raw("qcow as raw", 0, "QFI\u00fb\0\0\0\u0001", "looks like qcow2");
        raw("QED as raw", 0, "QED\0", "looks like QED");
        raw("VMDK as raw", 0, "KDMV\u0001\0\0\0", "looks like VMDK");
        raw("VMDK of ESX as raw", 0, "COWD", "looks like VMDK");
        String extent = "version=1\nCID=fffffffe\nparentCID=ffffffff\ncreateType=\"monolithicFlat\"\nRW 2048 FLAT \""
                + canary + "\" 0\n";
        raw("VMDK descriptor as raw", 0, "# Disk DescriptorFile\n" + extent, "VMDK descriptor");
        raw("VMDK descriptor with other comments", 0, "# harmless\n\n#\n  \n" + extent, "VMDK descriptor");
        raw("VMDK descriptor without comments", 0, extent, "VMDK descriptor");
        raw(
                "JSON as raw",
                0,
                "json:{\"driver\":\"file\",\"filename\":\"" + canary + "\"}" + "x".repeat(3000),
                "VMDK descriptor");
        raw("VHDX as raw", 0, "vhdxfile", "looks like VHDX");
        raw("VHD as raw", 0, "conectix", "looks like VHD");
        raw("fixed VHD as raw", 65536 - 512, "conectix", "looks like VHD");
        raw("VDI as raw", 0x40, "\u007f\u0010\u00da\u00be", "looks like VDI");
        raw("LUKS as raw", 0, "LUKS\u00ba\u00be", "looks like LUKS");
        raw("ISO as raw", 0x8001, "CD001", "looks like ISO 9660");
        raw("tar as raw", 257, "ustar", "looks like OVA");
        raw("Parallels as raw", 0, "WithoutFreeSpace", "looks like Parallels");
        raw("Bochs as raw", 0, "Bochs Virtual HD Image", "looks like Bochs");
        raw("cloop as raw", 0, "#!/bin/sh\n#V2.0 Format\nmodprobe cloop", "looks like");
        raw("DMG as raw", 65536 - 512, "koly", "looks like DMG");
        raw("gzip as raw", 0, "\u001f\u008b\b", "looks like gzip");
        add("crooked raw disk", Kind.RAW, new byte[1000], "whole sectors");
        add("empty raw disk", Kind.RAW, new byte[0], "whole sectors");
        add("VMDK as qcow2", Kind.QCOW2, padded("KDMV", 0), "declared as qcow2");
        add("raw as qcow2", Kind.QCOW2, new byte[65536], "declared as qcow2");
    }

    private void nested() {
        qcow2("qcow2 in qcow2", new Qcow2Builder().data("QFI\u00fb\0\0\0\u0003"), "disk within a disk");
        qcow2(
                "VMDK descriptor in qcow2",
                new Qcow2Builder().data("# Disk DescriptorFile\nversion=1\n"),
                "disk within a disk");
        qcow2("LUKS in qcow2", new Qcow2Builder().data("LUKS\u00ba\u00be"), "disk within a disk");
    }

    private void bootFiles() {
        add("script as kernel", Kind.KERNEL, "#!/bin/sh\n".repeat(200).getBytes(StandardCharsets.US_ASCII), "bzImage");
        add("empty kernel", Kind.KERNEL, new byte[0], "bzImage");
        add("truncated kernel", Kind.KERNEL, kernel(1 << 20, 4096), "shorter");
        add("qcow2 as kernel", Kind.KERNEL, new Qcow2Builder().bytes(), "bzImage");
        add("text as initrd", Kind.INITRD, "hello".repeat(100).getBytes(StandardCharsets.US_ASCII), "archive");
        add("qcow2 as initrd", Kind.INITRD, new Qcow2Builder().bytes(), "archive");
        add("empty initrd", Kind.INITRD, new byte[0], "archive");
    }

    /** A bzImage that says it has that much code. */
    public static byte[] kernel(int code, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0x1f1, (byte) 1);
        bytes.putInt(0x1f4, code / 16);
        bytes.put(0x1fe, new byte[] {0x55, (byte) 0xaa});
        bytes.put(0x202, "HdrS".getBytes(StandardCharsets.US_ASCII));
        return bytes.array();
    }

    private void qcow2(String name, Qcow2Builder disk, String refusal) {
        add(name, Kind.QCOW2, disk.bytes(), refusal);
    }

    private void raw(String name, int offset, String content, String refusal) {
        add(name, Kind.RAW, padded(content, offset), refusal);
    }

    private static byte[] padded(String content, int offset) {
        byte[] bytes = new byte[65536];
        byte[] text = content.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, bytes, offset, text.length);
        return bytes;
    }

    private void add(String name, Kind kind, byte[] bytes, String refusal) {
        files.add(new HostileFile(name, kind, bytes, refusal));
    }
}
