package io.anemone.agent.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Error;
import org.libvirt.LibvirtException;
import org.libvirt.jna.ConnectionPointer;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.virError;

/**
 * A connection with what libvirt's Java binding lacks: to restore a guest by another definition than it was saved with,
 * and to copy a disk that is in use, https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainRestoreFlags and
 * #virDomainBackupBegin.
 */
final class RestoringConnect extends Connect {

    /** libvirt.so's own signatures. */
    private interface Functions extends Library {

        int virDomainRestoreFlags(ConnectionPointer connection, String from, String xml, int flags);

        @Nullable
        Pointer virDomainSaveImageGetXMLDesc(ConnectionPointer connection, String file, int flags);

        @Nullable
        Pointer virDomainLookupByUUIDString(ConnectionPointer connection, String uuid);

        int virDomainBackupBegin(Pointer domain, String backup, @Nullable String checkpoint, int flags);

        int virDomainFree(Pointer domain);
    }

    /** VIR_DOMAIN_BACKUP_BEGIN_REUSE_EXTERNAL: the file is there. */
    private static final int INTO_THE_FILE = 1;

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

    /** Returns when the moment has passed that is copied. @return what went wrong, if something did */
    Optional<Error> beginBackup(UUID domain, String xml) {
        Pointer found = LIBVIRT.virDomainLookupByUUIDString(vcp, domain.toString());
        if (found == null) {
            return Optional.of(lastError());
        }
        try {
            return LIBVIRT.virDomainBackupBegin(found, xml, null, INTO_THE_FILE) == 0
                    ? Optional.empty()
                    : Optional.of(lastError());
        } finally {
            LIBVIRT.virDomainFree(found);
        }
    }

    /** Of this thread. */
    private static Error lastError() {
        virError error = new virError();
        Libvirt.INSTANCE.virCopyLastError(error);
        return new Error(error);
    }
}
