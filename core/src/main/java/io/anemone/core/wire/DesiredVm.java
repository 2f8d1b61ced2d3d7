package io.anemone.core.wire;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A VM that an agent shall run.
 *
 * @param attempt  a new number means a new domain; the agent runs each attempt at most once
 * @param endsAt   when the VM's own walltime is used up; null if only the lease limits it
 * @param userData cloud-init user data of the owner's own, or null
 * @param options  disks, network and whatever else is not its size
 */
public record DesiredVm(
        VmId vm,
        int attempt,
        String name,
        String owner,
        ImageDefinition image,
        VmSize size,
        List<String> sshKeys,
        @Nullable String userData,
        @Nullable Instant endsAt,
        GuestOptions options) {

    public DesiredVm {
        sshKeys = List.copyOf(sshKeys);
    }

    /** What makes it READY: what its owner asked for, or what its image says. */
    public ReadinessProbe probe() {
        ReadinessProbe own = options.readiness();
        return own != null ? own : image.readiness();
    }
}
