package io.anemone.agent.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Error;
import org.libvirt.LibvirtException;
import org.libvirt.jna.ConnectionPointer;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.virError;

/**
 * A connection with what libvirt's Java binding lacks: to restore a guest by another definition than it was saved with,
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainRestoreFlags.
 */
final class RestoringConnect extends Connect {

    /** libvirt.so's own signatures. */
    private interface Functions extends Library {

        int virDomainRestoreFlags(ConnectionPointer connection, String from, String xml, int flags);

        @Nullable
        Pointer virDomainSaveImageGetXMLDesc(ConnectionPointer connection, String file, int flags);
    }

    /** VIR_DOMAIN_SAVE_RUNNING: it was paused when it was saved, and shall not be afterwards. */
    private static final int RUNNING = 2;

    private static final Functions LIBVIRT = Native.load("virt", Functions.class);

    RestoringConnect(String uri) throws LibvirtException {
        super(uri);
    }

    /** Blocks until the guest runs. @return what went wrong, if something did */
    Optional<Error> restore(String from, String xml) {
        return LIBVIRT.virDomainRestoreFlags(vcp, from, xml, RUNNING) == 0
                ? Optional.empty()
                : Optional.of(lastError());
    }

    /** @return the definition that the guest was saved with; empty if the file does not hold one, whole */
    Optional<String> definition(String file) {
        Pointer xml = LIBVIRT.virDomainSaveImageGetXMLDesc(vcp, file, 0);
        if (xml == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(xml.getString(0, "UTF-8"));
        } finally {
            Native.free(Pointer.nativeValue(xml));
        }
    }

    /** Of this thread. */
    private static Error lastError() {
        virError error = new virError();
        Libvirt.INSTANCE.virCopyLastError(error);
        return new Error(error);
    }
}
