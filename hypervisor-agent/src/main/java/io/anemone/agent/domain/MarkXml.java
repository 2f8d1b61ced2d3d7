package io.anemone.agent.domain;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmId;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** A {@link DomainMark} as the one element of ours in a domain's metadata. */
public final class MarkXml {

    public static final String NAMESPACE = "https://anemone.io/domain/1";
    static final String PREFIX = "anemone";
    private static final String ELEMENT = "domain";
    private static final Pattern PORT = Pattern.compile("([0-9]{1,5})=([0-9.]{7,15}):([0-9]{1,5})");

    private MarkXml() {}

    static void write(XMLStreamWriter xml, DomainMark mark) throws XMLStreamException {
        xml.writeEmptyElement(PREFIX, ELEMENT, NAMESPACE);
        xml.writeNamespace(PREFIX, NAMESPACE);
        xml.writeAttribute("vm", mark.id().vm().toString());
        xml.writeAttribute("attempt", Integer.toString(mark.id().attempt()));
        xml.writeAttribute("lease", mark.lease().toString());
        xml.writeAttribute("job", Markup.clean(mark.job()));
        xml.writeAttribute("started", mark.startedAt().toString());
        SshEndpoint ssh = mark.ssh();
        if (ssh != null) {
            xml.writeAttribute("sshHost", Markup.clean(ssh.host()));
            xml.writeAttribute("sshPort", Integer.toString(ssh.port()));
        }
        if (!mark.cpus().isEmpty()) {
            xml.writeAttribute("cpus", mark.cpus().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        }
        if (!mark.ports().isEmpty()) {
            xml.writeAttribute(
                    "ports",
                    Markup.clean(mark.ports().stream().map(MarkXml::written).collect(Collectors.joining(" "))));
        }
    }

    /** @return empty if it is not a mark that this version understands */
    public static Optional<DomainMark> read(String text) {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT && ELEMENT.equals(xml.getLocalName())) {
                    return Optional.of(read(xml));
                }
            }
            return Optional.empty();
        } catch (XMLStreamException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static DomainMark read(XMLStreamReader xml) {
        String sshHost = xml.getAttributeValue(null, "sshHost");
        return new DomainMark(
                new DomainId(VmId.parse(required(xml, "vm")), Integer.parseInt(required(xml, "attempt"))),
                LeaseId.parse(required(xml, "lease")),
                required(xml, "job"),
                sshHost == null ? null : new SshEndpoint(sshHost, Integer.parseInt(required(xml, "sshPort"))),
                Instant.parse(required(xml, "started")),
                ports(xml.getAttributeValue(null, "ports")),
                cpus(xml.getAttributeValue(null, "cpus")));
    }

    /** {@code 80=10.0.0.1:22001} */
    private static String written(PublishedPort port) {
        return port.guest() + "=" + port.host() + ":" + port.port();
    }

    private static List<PublishedPort> ports(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(MarkXml::port).toList();
    }

    private static List<Integer> cpus(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(Integer::valueOf).toList();
    }

    private static PublishedPort port(String text) {
        Matcher port = PORT.matcher(text);
        if (!port.matches()) {
            throw new IllegalArgumentException("not a forwarded port");
        }
        return new PublishedPort(Integer.parseInt(port.group(1)), port.group(2), Integer.parseInt(port.group(3)));
    }

    private static String required(XMLStreamReader xml, String name) {
        @Nullable String value = xml.getAttributeValue(null, name);
        if (value == null) {
            throw new IllegalArgumentException("no attribute " + name);
        }
        return value;
    }
}
