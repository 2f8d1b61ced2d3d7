package io.anemone.core.wire;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A VM that an agent shall run.
 *
 * @param attempt  a new number means a new domain; the agent runs each attempt at most once
 * @param endsAt   when the VM's own walltime is used up; null if only the lease limits it
 * @param userData cloud-init user data of the owner's own, or null
 * @param options  disks, network and whatever else is not its size
 * @param asks     what is wanted of it beside that it runs
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
        GuestOptions options,
        Asks asks) {

    /**
     * Orders within an order to run. Those that are a time are named by when it was asked for, and that name is all that an agent may
     * conclude from the time: a new one is a new order, the same one is a repeat.
     *
     * @param restore   the attempt that saved what the guest goes on from; null if it is booted
     * @param suspendAt it shall be saved, and end
     * @param rebootAt  it shall have been rebooted
     * @param save      its disk shall be saved as an image; one that is not wanted any more is given up
     */
    public record Asks(
            @Nullable Integer restore,
            @Nullable Instant suspendAt,
            @Nullable Instant rebootAt,
            @Nullable SaveOrder save) {

        public static final Asks NONE = new Asks(null, null, null);

        /** Nothing is to be saved. */
        public Asks(@Nullable Integer restore, @Nullable Instant suspendAt, @Nullable Instant rebootAt) {
            this(restore, suspendAt, rebootAt, null);
        }
    }

    public DesiredVm {
        sshKeys = List.copyOf(sshKeys);
        // An older side knows of none.
        asks = Objects.requireNonNullElse(asks, Asks.NONE);
    }

    /** It shall run, and nothing else. */
    public DesiredVm(
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
        this(vm, attempt, name, owner, image, size, sshKeys, userData, endsAt, options, Asks.NONE);
    }

    public DesiredVm with(GuestOptions other) {
        return new DesiredVm(vm, attempt, name, owner, image, size, sshKeys, userData, endsAt, other, asks);
    }

    public DesiredVm with(Asks other) {
        return new DesiredVm(vm, attempt, name, owner, image, size, sshKeys, userData, endsAt, options, other);
    }

    /** What makes it READY: what its owner asked for, or what its image says. */
    public ReadinessProbe probe() {
        ReadinessProbe own = options.readiness();
        return own != null ? own : image.readiness();
    }
}
