package io.anemone.agent.domain;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmId;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
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

    private MarkXml() {}

    static void write(XMLStreamWriter xml, DomainMark mark) throws XMLStreamException {
        xml.writeEmptyElement(PREFIX, ELEMENT, NAMESPACE);
        xml.writeNamespace(PREFIX, NAMESPACE);
        xml.writeAttribute("vm", mark.id().vm().toString());
        xml.writeAttribute("attempt", Integer.toString(mark.id().attempt()));
        xml.writeAttribute("lease", mark.lease().toString());
        xml.writeAttribute("job", DomainXml.clean(mark.job()));
        xml.writeAttribute("started", mark.startedAt().toString());
        SshEndpoint ssh = mark.ssh();
        if (ssh != null) {
            xml.writeAttribute("sshHost", DomainXml.clean(ssh.host()));
            xml.writeAttribute("sshPort", Integer.toString(ssh.port()));
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
                Instant.parse(required(xml, "started")));
    }

    private static String required(XMLStreamReader xml, String name) {
        @Nullable String value = xml.getAttributeValue(null, name);
        if (value == null) {
            throw new IllegalArgumentException("no attribute " + name);
        }
        return value;
    }
}
