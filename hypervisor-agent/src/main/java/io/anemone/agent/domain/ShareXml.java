package io.anemone.agent.domain;

import io.anemone.core.hypervisor.DomainSpec;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/**
 * Directories of the node that a guest may mount: 9p by QEMU itself, as the account that QEMU runs as. What a guest makes
 * belongs to that account, whatever account made it in there, and cannot be given to another.
 */
final class ShareXml {

    private final Markup markup;

    ShareXml(Markup markup) {
        this.markup = markup;
    }

    void write(List<DomainSpec.Share> shares) throws XMLStreamException {
        for (DomainSpec.Share share : shares) {
            markup.start("filesystem", "type", "mount", "accessmode", "squash", "multidevs", "remap");
            markup.empty("source", "dir", share.path());
            markup.empty("target", "dir", share.tag());
            if (share.readOnly()) {
                markup.empty("readonly");
            }
            markup.end();
        }
    }
}
