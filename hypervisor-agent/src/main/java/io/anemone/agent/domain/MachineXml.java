package io.anemone.agent.domain;

import io.anemone.core.hypervisor.DomainSpec;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** The board: identity, memory, what it boots with, what it has built in. */
final class MachineXml {

    /** Of emulation, which would else take up to 1 GiB: no job could be asked for that on top of its guest. */
    private static final String TRANSLATED_CODE_MIB = "64";

    private final Markup markup;
    private final DomainSpec spec;
    private final @Nullable UUID genid;

    /** @param genid that its guest was saved with; null for a new one */
    MachineXml(Markup markup, DomainSpec spec, @Nullable UUID genid) {
        this.markup = markup;
        this.spec = spec;
        this.genid = genid;
    }

    void write(String type) throws XMLStreamException {
        // New with each start, and again when libvirt restores the guest: it knows by it that its random numbers
        // repeat.
        if (genid == null) {
            markup.empty("genid");
        } else {
            markup.element("genid", genid.toString());
        }
        markup.element("memory", Integer.toString(spec.size().memoryMiB()), "unit", "MiB");
        if (spec.machine().hugePages()) {
            markup.start("memoryBacking");
            markup.empty("hugepages");
            markup.end();
        }
        os();
        markup.start("features");
        markup.empty("acpi");
        markup.empty("apic");
        if (type.equals("qemu")) {
            markup.start("tcg");
            markup.element("tb-cache", TRANSLATED_CODE_MIB, "unit", "MiB");
            markup.end();
        }
        markup.end();
    }

    private void os() throws XMLStreamException {
        markup.start("os");
        markup.element("type", "hvm", "arch", "x86_64", "machine", "pc");
        DomainSpec.Firmware firmware = spec.machine().firmware();
        if (firmware != null) {
            markup.element("loader", firmware.code(), "readonly", "yes", "type", "pflash");
            markup.element("nvram", firmware.variables());
        }
        DomainSpec.Boot boot = spec.boot();
        if (boot == null) {
            markup.empty("boot", "dev", "hd");
        } else {
            markup.element("kernel", boot.kernel());
            markup.optional("initrd", boot.initrd());
            markup.optional("cmdline", boot.cmdline());
        }
        markup.end();
    }
}
