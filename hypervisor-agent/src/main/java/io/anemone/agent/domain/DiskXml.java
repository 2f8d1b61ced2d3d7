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
        // A guest's disk does not outlive it, so nothing is gained by waiting for the node's disk.
        String cache = disk.readOnly() ? "writeback" : "unsafe";
        markup.empty("driver", "name", "qemu", "type", format(disk.format()), "cache", cache);
        markup.empty("source", "file", disk.path());
        markup.empty("target", "dev", "vd" + (char) ('a' + index), "bus", "virtio");
        if (disk.readOnly()) {
            markup.empty("readonly");
        }
        markup.end();
    }

    private static String format(DiskFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
