package io.anemone.agent.domain;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainSpec;
import java.io.StringReader;
import java.util.UUID;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What libvirt knows a guest by, and wants to be the same when it is restored.
 *
 * @param born  the attempt that booted it, whose name and UUID its domain has
 * @param genid vmgenid that it was saved with, which libvirt renews when it restores it; null for a new guest
 */
public record Origin(DomainId born, @Nullable UUID genid) {

    /** That of a guest which is booted. */
    public static Origin of(DomainSpec spec) {
        return new Origin(spec.mark().id(), null);
    }

    /**
     * @param definition that the guest was saved with, which is the word of whoever can write the file
     * @throws IllegalArgumentException if it cannot be read
     */
    public static Origin saved(DomainId born, String definition) {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(definition));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT && "genid".equals(xml.getLocalName())) {
                    return new Origin(born, UUID.fromString(xml.getElementText().strip()));
                }
            }
            return new Origin(born, null);
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("the saved guest's definition cannot be read", e);
        }
    }
}
