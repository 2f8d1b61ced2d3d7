package io.anemone.agent.domain;

import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.wire.Acceleration;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A domain's definition as libvirt reads it (https://libvirt.org/formatdomain.html): no device that a guest of ours
 * does not need. One small method for each device; what belongs together has a file of its own ({@link MachineXml},
 * {@link CpuXml}, {@link DiskXml}, {@link ShareXml}, {@link NetworkXml}).
 */
public final class DomainXml {

    private static final String EMULATOR = "/usr/bin/qemu-system-x86_64";

    /** QEMU's own default, said because libvirt has another; the host gives what the guest touches of it. */
    private static final String VIDEO_KIB = "16384";

    private final XMLStreamWriter xml;
    private final Markup markup;
    private final DomainSpec spec;
    private final Origin origin;

    private DomainXml(XMLStreamWriter xml, DomainSpec spec, Origin origin) {
        this.xml = xml;
        this.markup = new Markup(xml);
        this.spec = spec;
        this.origin = origin;
    }

    public static String of(DomainSpec spec) {
        return of(spec, Origin.of(spec));
    }

    /**
     * @param origin of its guest: one that goes on from what was saved keeps its name, its UUID and whatever else it can
     *               see of itself
     */
    public static String of(DomainSpec spec, Origin origin) {
        return of(spec, origin, spec.acceleration() == Acceleration.KVM ? "kvm" : "qemu");
    }

    /**
     * @param type libvirt's name for what runs the domain; tests have a driver of their own
     * @throws IllegalArgumentException if a text cannot stand in a definition
     */
    public static String of(DomainSpec spec, Origin origin, String type) {
        StringWriter text = new StringWriter(4096);
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            new DomainXml(xml, spec, origin).domain(type);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    private void domain(String type) throws XMLStreamException {
        NetworkXml network = new NetworkXml(xml, markup, spec);
        markup.start("domain");
        xml.writeNamespace("qemu", NetworkXml.QEMU_NAMESPACE);
        markup.attributes("type", type);
        markup.element("name", origin.born().name());
        markup.element("uuid", origin.born().uuid().toString());
        xml.writeStartElement("metadata");
        MarkXml.write(xml, spec.mark());
        xml.writeEndElement();
        new MachineXml(markup, spec, origin.genid()).write(type);
        new CpuXml(markup, spec).write(type);
        markup.empty("clock", "offset", "utc");
        markup.element("on_poweroff", "destroy");
        markup.element("on_reboot", "restart");
        markup.element("on_crash", "destroy");
        devices(type, network);
        network.commandLine();
        markup.end();
    }

    private void devices(String type, NetworkXml network) throws XMLStreamException {
        markup.start("devices");
        if (!type.equals("test")) {
            markup.element("emulator", EMULATOR);
        }
        new DiskXml(markup).write(spec.disks());
        new ShareXml(markup).write(spec.shares());
        markup.empty("controller", "type", "usb", "model", "none");
        network.device();
        console();
        guestAgent();
        screen();
        tpm();
        randomness();
        // The memory was granted to this guest alone: there is nobody to give a part of it back to.
        markup.empty("memballoon", "model", "none");
        markup.end();
    }

    /**
     * A socket, so that somebody may talk to it, and a log of all that the guest said. While nobody is at the socket,
     * QEMU goes on.
     */
    private void console() throws XMLStreamException {
        markup.start("serial", "type", "unix");
        markup.empty("source", "mode", "bind", "path", spec.consoles().serial());
        markup.empty("log", "file", spec.consoles().log(), "append", "on");
        markup.empty("target", "type", "isa-serial", "port", "0");
        markup.end();
    }

    /** Where the guest's own agent is heard, if it has one; a socket beside the console's log. */
    private void guestAgent() throws XMLStreamException {
        markup.start("channel", "type", "unix");
        markup.empty("source", "mode", "bind", "path", spec.guestAgentSocket());
        markup.empty("target", "type", "virtio", "name", "org.qemu.guest_agent.0");
        markup.end();
    }

    /** A process of its own beside QEMU, which libvirt starts and ends with it. Its state ends with the domain. */
    private void tpm() throws XMLStreamException {
        if (spec.machine().tpm()) {
            markup.start("tpm", "model", "tpm-crb");
            markup.empty("backend", "type", "emulator", "version", "2.0");
            markup.end();
        }
    }

    /**
     * A display that every firmware and kernel knows, shown by QEMU's VNC server at a socket that asks for no password:
     * its directory is closed to others. Without the tablet the pointer of whoever looks would not be the guest's.
     */
    private void screen() throws XMLStreamException {
        String socket = spec.consoles().vnc();
        if (socket == null) {
            return;
        }
        markup.empty("input", "type", "tablet", "bus", "virtio");
        markup.start("graphics", "type", "vnc");
        markup.empty("listen", "type", "socket", "socket", socket);
        markup.end();
        markup.start("video");
        markup.empty("model", "type", "vga", "vram", VIDEO_KIB);
        markup.end();
    }

    private void randomness() throws XMLStreamException {
        markup.start("rng", "model", "virtio");
        markup.element("backend", "/dev/urandom", "model", "random");
        markup.end();
    }
}
