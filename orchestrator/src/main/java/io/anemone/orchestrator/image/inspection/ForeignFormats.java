package io.anemone.orchestrator.image.inspection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Signs of formats that a disk's content must not bear. A raw disk that looks like another format is harmless only as
 * long as nobody probes it; here nobody does, and we do not rely on it (CVE-2015-5163, CVE-2024-32498).
 */
final class ForeignFormats {

    private static final int TEXT_BYTES = 4096;
    private static final int SECTOR = 512;

    /** A VMDK descriptor is text: comments and empty lines, then its version. */
    private static final Pattern DESCRIPTOR = Pattern.compile(
            "(?:[ \\t]*(?:#[^\\n]*)?\\r?\\n)*[ \\t]*(?:version|createtype|cid|parentcid|extent)\\b.*", Pattern.DOTALL);

    /** @param fromEnd whether the offset counts backwards from the end of the file */
    private record Sign(String format, long offset, boolean fromEnd, String bytes) {}

    private static final Sign[] SIGNS = {
        new Sign("qcow2", 0, false, "QFI\u00fb"),
        new Sign("VMDK", 0, false, "KDMV"),
        new Sign("VMDK", 0, false, "COWD"),
        new Sign("VHDX", 0, false, "vhdxfile"),
        new Sign("VHD", 0, false, "conectix"),
        new Sign("VHD", SECTOR, true, "conectix"),
        new Sign("VHD", SECTOR - 1, true, "conectix"),
        new Sign("VDI", 0x40, false, "\u007f\u0010\u00da\u00be"),
        new Sign("QED", 0, false, "QED\0"),
        new Sign("LUKS", 0, false, "LUKS\u00ba\u00be"),
        new Sign("LUKS", 0x4000, false, "SKUL\u00ba\u00be"),
        new Sign("Parallels", 0, false, "WithoutFreeSpace"),
        new Sign("Parallels", 0, false, "WithouFreSpacExt"),
        new Sign("Bochs", 0, false, "Bochs Virtual HD Image"),
        new Sign("cloop", 0, false, "#!/bin/sh\n#V2.0 Format"),
        new Sign("DMG", SECTOR, true, "koly"),
        new Sign("ISO 9660", 0x8001, false, "CD001"),
        new Sign("OVA or tar", 257, false, "ustar"),
        new Sign("gzip", 0, false, "\u001f\u008b\b"),
        new Sign("xz", 0, false, "\u00fd7zXZ\0"),
        new Sign("zstd", 0, false, "(\u00b5/\u00fd"),
        new Sign("bzip2", 0, false, "BZh"),
        new Sign("zip", 0, false, "PK\u0003\u0004"),
        new Sign("ELF", 0, false, "\u007fELF"),
    };

    private ForeignFormats() {}

    static Optional<String> of(Bytes disk) throws IOException {
        for (Sign sign : SIGNS) {
            if (disk.has(sign.fromEnd() ? disk.length() - sign.offset() : sign.offset(), sign.bytes())) {
                return Optional.of(sign.format());
            }
        }
        return isDescriptor(disk.upTo(0, TEXT_BYTES)) ? Optional.of("VMDK descriptor") : Optional.empty();
    }

    /** The same for the beginning of a disk, whose end is not at hand. */
    static Optional<String> ofBeginning(byte[] beginning) {
        String text = new String(beginning, StandardCharsets.ISO_8859_1);
        for (Sign sign : SIGNS) {
            if (!sign.fromEnd() && text.startsWith(sign.bytes(), (int) sign.offset())) {
                return Optional.of(sign.format());
            }
        }
        return isDescriptor(ByteBuffer.wrap(beginning, 0, Math.min(TEXT_BYTES, beginning.length)))
                ? Optional.of("VMDK descriptor")
                : Optional.empty();
    }

    private static boolean isDescriptor(ByteBuffer beginning) {
        byte[] bytes = new byte[beginning.remaining()];
        beginning.get(bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return text.startsWith("# disk descriptorfile")
                || text.startsWith("json:{")
                || DESCRIPTOR.matcher(text).matches();
    }
}
