package io.anemone.agent.domain;

import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.image.ImageContent.DiskFormat;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;

/** What a guest stores on. */
final class DiskXml {

    private final Markup markup;

    DiskXml(Markup markup) {
        this.markup = markup;
    }

    void write(List<DomainSpec.Disk> disks) throws XMLStreamException {
        int index = 0;
        for (DomainSpec.Disk disk : disks) {
            disk(disk, index++);
        }
    }

    private void disk(DomainSpec.Disk disk, int index) throws XMLStreamException {
        markup.start("disk", "type", "file", "device", "disk");
        // A file system that is full is the guest's to hear of: by default QEMU would halt it without a word.
        markup.empty(
                "driver",
                "name",
                "qemu",
                "type",
                format(disk.format()),
                "cache",
                cache(disk.writes()),
                "error_policy",
                "report");
        markup.empty("source", "file", disk.path());
        markup.empty("target", "dev", "vd" + (char) ('a' + index), "bus", "virtio");
        markup.optional("serial", disk.serial());
        if (disk.readOnly()) {
            markup.empty("readonly");
        }
        markup.end();
    }

    private static String cache(DomainSpec.Writes writes) {
        return switch (writes) {
            case NONE -> "writeback";
            case LOST_WITH_THE_VM -> "unsafe";
            case KEPT -> "writethrough";
            case KEPT_DIRECT -> "none";
        };
    }

    private static String format(DiskFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
