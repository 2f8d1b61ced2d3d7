package io.anemone.agent.libvirt;

import io.anemone.agent.domain.MarkXml;
import io.anemone.core.hypervisor.DomainMark;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.DomainInfo.DomainState;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/** A libvirt domain that is given back when it is closed. */
final class DomainHandle implements AutoCloseable {

    /** VIR_DOMAIN_METADATA_ELEMENT, https://libvirt.org/html/libvirt-libvirt-domain.html */
    private static final int METADATA_ELEMENT = 2;

    private final Domain domain;

    DomainHandle(Domain domain) {
        this.domain = domain;
    }

    UUID uuid() throws LibvirtException {
        return UUID.fromString(domain.getUUIDString());
    }

    DomainState state() throws LibvirtException {
        return domain.getInfo().state;
    }

    /** Empty for a domain that is not ours. */
    Optional<DomainMark> mark() throws LibvirtException {
        try {
            return MarkXml.read(domain.getMetadata(METADATA_ELEMENT, MarkXml.NAMESPACE, 0));
        } catch (LibvirtException e) {
            if (LibvirtErrors.is(e, ErrorNumber.VIR_ERR_NO_DOMAIN_METADATA)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    void shutdown() throws LibvirtException {
        domain.shutdown();
    }

    void destroy() throws LibvirtException {
        domain.destroy();
    }

    @Override
    public void close() throws LibvirtException {
        domain.free();
    }
}
