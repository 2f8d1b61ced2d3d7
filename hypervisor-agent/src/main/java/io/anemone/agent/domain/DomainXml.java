package io.anemone.agent.domain;

import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.image.ImageDefinition.DiskFormat;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.wire.Acceleration;
import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A domain's definition as libvirt reads it (https://libvirt.org/formatdomain.html): no device that a guest of ours
 * does not need. One small method for each device.
 */
public final class DomainXml {

    private static final String QEMU_NAMESPACE = "http://libvirt.org/schemas/domain/qemu/1.0";
    private static final String EMULATOR = "/usr/bin/qemu-system-x86_64";

    /** On the i440FX's one PCI bus, clear of what libvirt gives out from slot 2 upwards. */
    private static final String NETWORK_SLOT = "0x1e";

    private final XMLStreamWriter xml;
    private final DomainSpec spec;

    private DomainXml(XMLStreamWriter xml, DomainSpec spec) {
        this.xml = xml;
        this.spec = spec;
    }

    public static String of(DomainSpec spec) {
        return of(spec, spec.acceleration() == Acceleration.KVM ? "kvm" : "qemu");
    }

    /**
     * @param type libvirt's name for what runs the domain; tests have a driver of their own
     * @throws IllegalArgumentException if a text cannot stand in a definition
     */
    public static String of(DomainSpec spec, String type) {
        StringWriter text = new StringWriter(2048);
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            new DomainXml(xml, spec).domain(type);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    private void domain(String type) throws XMLStreamException {
        xml.writeStartElement("domain");
        xml.writeNamespace("qemu", QEMU_NAMESPACE);
        xml.writeAttribute("type", type);
        element("name", spec.mark().id().name());
        element("uuid", spec.mark().id().uuid().toString());
        xml.writeStartElement("metadata");
        MarkXml.write(xml, spec.mark());
        xml.writeEndElement();
        memory();
        element("vcpu", Integer.toString(spec.size().vcpus()), "placement", "static");
        os();
        features();
        cpu(type);
        empty("clock", "offset", "utc");
        element("on_poweroff", "destroy");
        element("on_reboot", "restart");
        element("on_crash", "destroy");
        devices(type);
        commandLine();
        xml.writeEndElement();
    }

    private void memory() throws XMLStreamException {
        element("memory", Integer.toString(spec.size().memoryMiB()), "unit", "MiB");
    }

    private void os() throws XMLStreamException {
        xml.writeStartElement("os");
        element("type", "hvm", "arch", "x86_64", "machine", "pc");
        DomainSpec.Boot boot = spec.boot();
        if (boot == null) {
            empty("boot", "dev", "hd");
        } else {
            element("kernel", boot.kernel());
            optional("initrd", boot.initrd());
            optional("cmdline", boot.cmdline());
        }
        xml.writeEndElement();
    }

    private void features() throws XMLStreamException {
        xml.writeStartElement("features");
        xml.writeEmptyElement("acpi");
        xml.writeEmptyElement("apic");
        xml.writeEndElement();
    }

    private void cpu(String type) throws XMLStreamException {
        switch (type) {
            case "kvm" -> empty("cpu", "mode", "host-passthrough", "check", "none");
            // All that TCG can do: a guest built for x86-64-v2 would not start on the default model.
            case "qemu" -> empty("cpu", "mode", "maximum");
            default -> {}
        }
    }

    private void devices(String type) throws XMLStreamException {
        xml.writeStartElement("devices");
        if (!type.equals("test")) {
            element("emulator", EMULATOR);
        }
        int index = 0;
        for (DomainSpec.Disk disk : spec.disks()) {
            disk(disk, index++);
        }
        empty("controller", "type", "usb", "model", "none");
        console();
        randomness();
        empty("memballoon", "model", "none");
        xml.writeEndElement();
    }

    private void disk(DomainSpec.Disk disk, int index) throws XMLStreamException {
        xml.writeStartElement("disk");
        xml.writeAttribute("type", "file");
        xml.writeAttribute("device", "disk");
        // A guest's disk does not outlive it, so nothing is gained by waiting for the node's disk.
        String cache = disk.readOnly() ? "writeback" : "unsafe";
        empty("driver", "name", "qemu", "type", format(disk.format()), "cache", cache);
        empty("source", "file", disk.path());
        empty("target", "dev", "vd" + (char) ('a' + index), "bus", "virtio");
        if (disk.readOnly()) {
            xml.writeEmptyElement("readonly");
        }
        xml.writeEndElement();
    }

    private static String format(DiskFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    /** A pty, so that somebody may talk to it, and a log of all that the guest said. */
    private void console() throws XMLStreamException {
        xml.writeStartElement("serial");
        xml.writeAttribute("type", "pty");
        empty("log", "file", spec.console(), "append", "on");
        empty("target", "type", "isa-serial", "port", "0");
        xml.writeEndElement();
    }

    private void randomness() throws XMLStreamException {
        xml.writeStartElement("rng");
        xml.writeAttribute("model", "virtio");
        element("backend", "/dev/urandom", "model", "random");
        xml.writeEndElement();
    }

    /**
     * The network that needs no rights on the node: QEMU's own user network. Its forwarded port can only be given on
     * the command line, for libvirt's own XML for it wants the passt backend that older libvirt does not know.
     */
    private void commandLine() throws XMLStreamException {
        xml.writeStartElement("qemu", "commandline", QEMU_NAMESPACE);
        argument("-netdev");
        argument("user,id=anemone0,ipv6=off" + forward(spec.mark().ssh()));
        argument("-device");
        argument("virtio-net-pci,netdev=anemone0,romfile=,bus=pci.0,addr=" + NETWORK_SLOT);
        xml.writeEndElement();
    }

    private static String forward(@Nullable SshEndpoint ssh) {
        return ssh == null ? "" : ",hostfwd=tcp:" + address(ssh.host()) + ":" + ssh.port() + "-:22";
    }

    /** Into QEMU's option syntax goes nothing but an IPv4 address. */
    private static String address(String host) {
        if (!host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            throw new IllegalArgumentException("not an IPv4 address: " + host);
        }
        return host;
    }

    private void argument(String value) throws XMLStreamException {
        xml.writeEmptyElement("qemu", "arg", QEMU_NAMESPACE);
        xml.writeAttribute("value", value);
    }

    private void optional(String name, @Nullable String text) throws XMLStreamException {
        if (text != null) {
            element(name, text);
        }
    }

    private void element(String name, String text, String... attributes) throws XMLStreamException {
        xml.writeStartElement(name);
        attributes(attributes);
        xml.writeCharacters(clean(text));
        xml.writeEndElement();
    }

    private void empty(String name, String... attributes) throws XMLStreamException {
        xml.writeEmptyElement(name);
        attributes(attributes);
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], clean(attributes[i + 1]));
        }
    }

    /** XML cannot carry most control characters and quietly changes others; none has any business here. */
    static String clean(String text) {
        boolean dirty = text.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || c == 0xFFFE || c == 0xFFFF || (c >= 0xD800 && c <= 0xDFFF));
        if (dirty) {
            throw new IllegalArgumentException("a control character in the VM's definition");
        }
        return text;
    }
}
