package io.anemone.agent.libvirt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.Error;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/** One connection to libvirt. */
final class LibvirtSession implements AutoCloseable {

    /** VIR_CONNECT_LIST_DOMAINS_ACTIVE: ours never outlive their end, so the others cannot be ours. */
    private static final int LIST_ACTIVE = 1;

    /** A libvirtd that does not answer pings for so long is given up, and with it every call that waits for it. */
    private static final int PING_SECONDS = 3;

    private static final int PINGS_LOST = 3;

    private final RestoringConnect connect;
    private final DomainEvents listener;

    private LibvirtSession(RestoringConnect connect, DomainEvents listener) {
        this.connect = connect;
        this.listener = listener;
    }

    static LibvirtSession open(String uri, DomainEvents listener) throws LibvirtException {
        EventLoop.start();
        RestoringConnect connect = new RestoringConnect(uri);
        try {
            connect.setKeepAlive(PING_SECONDS, PINGS_LOST);
        } catch (LibvirtException e) {
            // Drivers inside this process (test:///) have nobody to ping.
            if (!LibvirtErrors.is(e, ErrorNumber.VIR_ERR_NO_SUPPORT)) {
                connect.close();
                throw e;
            }
        }
        connect.addLifecycleListener(listener);
        // The binding cannot take this one back; it goes with the connection.
        connect.addRebootListener(listener);
        return new LibvirtSession(connect, listener);
    }

    boolean alive() {
        try {
            return connect.isAlive();
        } catch (LibvirtException e) {
            return false;
        }
    }

    Optional<DomainHandle> domain(UUID uuid) throws LibvirtException {
        try {
            return Optional.of(new DomainHandle(connect.domainLookupByUUIDString(uuid.toString())));
        } catch (LibvirtException e) {
            if (LibvirtErrors.gone(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    List<DomainHandle> domains() throws LibvirtException {
        List<DomainHandle> handles = new ArrayList<>();
        for (Domain domain : connect.listAllDomains(LIST_ACTIVE)) {
            handles.add(new DomainHandle(domain));
        }
        return handles;
    }

    DomainHandle create(String xml) throws LibvirtException {
        return new DomainHandle(connect.domainCreateXML(xml, 0));
    }

    /** @return what went wrong, if something did */
    Optional<Error> restore(String file, String xml) {
        return connect.restore(file, xml);
    }

    /** @return what went wrong, if something did */
    Optional<Error> beginBackup(UUID domain, String xml) {
        return connect.beginBackup(domain, xml);
    }

    /** @return the definition that the guest was saved with; empty if the file does not hold one, whole */
    Optional<String> definition(String file) {
        return connect.definition(file);
    }

    @Override
    public void close() throws LibvirtException {
        // Otherwise an event that is on its way would find the connection gone.
        connect.removeLifecycleListener(listener);
        connect.close();
    }
}
