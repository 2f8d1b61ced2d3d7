package io.anemone.agent.domain;

import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainSpec.Network;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** How a guest is connected. */
final class NetworkXml {

    static final String QEMU_NAMESPACE = "http://libvirt.org/schemas/domain/qemu/1.0";

    /** On the i440FX's one PCI bus, clear of what libvirt gives out from slot 2 upwards. */
    private static final String SLOT = "0x1e";

    private static final int SSH = 22;

    private final XMLStreamWriter xml;
    private final Markup markup;
    private final DomainSpec spec;

    NetworkXml(XMLStreamWriter xml, Markup markup, DomainSpec spec) {
        this.xml = xml;
        this.markup = markup;
        this.spec = spec;
    }

    /**
     * A card on a bridge sends with its own hardware address alone, and with the IPv4 address alone that it was seen
     * to be given by DHCP: libvirt's filter learns it there, and nobody can take another's.
     */
    void device() throws XMLStreamException {
        if (spec.network() instanceof Network.Bridge(String bridge, String mac)) {
            markup.start("interface", "type", "bridge");
            markup.empty("mac", "address", mac);
            markup.empty("source", "bridge", bridge);
            markup.empty("model", "type", "virtio");
            markup.start("filterref", "filter", "clean-traffic");
            markup.empty("parameter", "name", "CTRL_IP_LEARNING", "value", "dhcp");
            markup.end();
            markup.empty("rom", "enabled", "no");
            markup.end();
        }
    }

    /**
     * The network that needs no rights on the node: QEMU's own user network. Its forwarded ports can only be given on
     * the command line, for libvirt's own XML for it wants the passt backend that older libvirt does not know.
     */
    void commandLine() throws XMLStreamException {
        if (spec.network() instanceof Network.User(boolean isolated)) {
            xml.writeStartElement("qemu", "commandline", QEMU_NAMESPACE);
            argument("-netdev");
            argument("user,id=anemone0,ipv6=off" + (isolated ? ",restrict=on" : "") + forwards(spec.mark()));
            argument("-device");
            argument("virtio-net-pci,netdev=anemone0,mac=" + spec.mark().id().mac() + ",romfile=,bus=pci.0,addr="
                    + SLOT);
            xml.writeEndElement();
        }
    }

    private static String forwards(DomainMark mark) {
        StringBuilder options = new StringBuilder();
        SshEndpoint ssh = mark.ssh();
        if (ssh != null) {
            options.append(forward(ssh.host(), ssh.port(), SSH));
        }
        for (PublishedPort port : mark.ports()) {
            options.append(forward(port.host(), port.port(), port.guest()));
        }
        return options.toString();
    }

    private static String forward(String host, int port, int guestPort) {
        return ",hostfwd=tcp:" + address(host) + ":" + port + "-:" + guestPort;
    }

    /** Into QEMU's option syntax goes nothing but numbers and an IPv4 address. */
    private static String address(String host) {
        if (!host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            throw new IllegalArgumentException("not an IPv4 address: " + host);
        }
        return host;
    }

    private void argument(String value) throws XMLStreamException {
        xml.writeEmptyElement("qemu", "arg", QEMU_NAMESPACE);
        markup.attributes("value", value);
    }
}
