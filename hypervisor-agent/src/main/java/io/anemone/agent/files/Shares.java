package io.anemone.agent.files;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.vm.Storage;
import io.anemone.core.wire.AgentMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Directories of the cluster that a guest sees. What the guest may do there is what the account that QEMU runs as may
 * do, which is the VM's owner: an owner can gain nothing by it. That a directory lies within what operators allow is
 * a matter of order, and is looked at once, links followed.
 */
final class Shares {

    private Shares() {}

    static List<DomainSpec.Share> of(List<Storage.Share> wanted, AgentMode mode, String identity)
            throws PreparationException {
        if (mode == AgentMode.SYSTEM && !wanted.isEmpty()) {
            throw PreparationException.of(
                    ErrorCode.SHARE_NOT_ALLOWED,
                    "A pool's VM runs under the service's account, not under its owner's: it gets no shares",
                    identity);
        }
        List<DomainSpec.Share> shares = new ArrayList<>();
        for (Storage.Share share : wanted) {
            shares.add(new DomainSpec.Share(real(share, identity).toString(), share.tag(), share.readOnly()));
        }
        return shares;
    }

    private static Path real(Storage.Share share, String identity) throws PreparationException {
        Path path;
        Path root;
        try {
            path = Path.of(share.path()).toRealPath();
            root = Path.of(share.root()).toRealPath();
        } catch (IOException e) {
            throw PreparationException.of(
                    ErrorCode.SHARE_UNAVAILABLE,
                    "The directory " + share.path() + " is not there, or its owner may not look at it",
                    identity);
        }
        if (!path.startsWith(root)) {
            throw PreparationException.of(
                    ErrorCode.SHARE_NOT_ALLOWED,
                    "The directory " + share.path() + " is in truth outside of " + share.root()
                            + ", and only what is in there may be shared",
                    identity);
        }
        if (!Files.isDirectory(path) || !Files.isReadable(path)) {
            throw PreparationException.of(
                    ErrorCode.SHARE_UNAVAILABLE,
                    "The path " + share.path() + " is no directory that its owner may read",
                    identity);
        }
        return path;
    }
}
