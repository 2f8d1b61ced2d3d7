package io.anemone.agent.vm;

import io.anemone.agent.files.GuestFiles;
import io.anemone.agent.files.GuestFiles.Prepared;
import io.anemone.agent.files.PreparationException;
import io.anemone.agent.files.SavedGuests;
import io.anemone.agent.node.HardwareMissingException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainSpec.Machine;
import io.anemone.core.hypervisor.DomainSpec.Network;
import io.anemone.core.hypervisor.DomainSpec.Place;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.HypervisorFailure;
import io.anemone.core.hypervisor.Sighting;
import io.anemone.core.hypervisor.Sighting.Gone;
import io.anemone.core.hypervisor.Sighting.Present;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.Preparation;
import io.anemone.core.wire.VmReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts one attempt: files, then the domain, at most once. Blocks for as long as the hypervisor does; runs on a
 * thread that nothing else waits for.
 */
final class Startup {

    /** How long a libvirtd that is just starting is waited for. */
    private static final Duration HYPERVISOR_LIMIT = Duration.ofSeconds(20);

    private static final int PORT_TRIES = 5;

    /** On how many nodes it is tried to go on from what was saved. */
    private static final int TRIES_TO_RESTORE = 2;

    private final DesiredVm vm;
    private final DomainId id;
    private final LeaseId lease;
    private final VmParts parts;
    private final Runnable booting;
    private final Consumer<String> warn;
    private final Consumer<Preparation> preparing;
    private volatile boolean abandoned;

    /**
     * @param warn      takes what the owner should know of
     * @param preparing is told how the image comes to the node
     * @param booting   called when the files are ready and the domain is about to be created
     */
    Startup(
            DesiredVm vm,
            LeaseId lease,
            VmParts parts,
            Consumer<Preparation> preparing,
            Runnable booting,
            Consumer<String> warn) {
        this.vm = vm;
        this.id = new DomainId(vm.vm(), vm.attempt());
        this.lease = lease;
        this.parts = parts;
        this.preparing = preparing;
        this.booting = booting;
        this.warn = warn;
    }

    /** Too late once the domain is being created. */
    void abandon() {
        abandoned = true;
    }

    StartResult run() {
        try {
            Optional<String> noted = parts.files().noted(id);
            if (noted.isPresent()) {
                return startedBefore(noted.get());
            }
            Optional<SavedGuests.Guest> saved = saved();
            return start(parts.files().prepare(vm, saved, watch()), saved);
        } catch (PreparationException e) {
            return new StartResult.Failed(e.failure());
        } catch (HypervisorException e) {
            return failed(e.failure());
        } catch (HardwareMissingException e) {
            return failed(ErrorCode.HARDWARE_MISSING_ON_NODE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(ErrorCode.HYPERVISOR_FAILED, "The job's directory cannot be used: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new StartResult.Abandoned();
        }
    }

    private GuestFiles.Watch watch() {
        return new GuestFiles.Watch() {
            @Override
            public void preparing(Preparation image) {
                preparing.accept(image);
            }

            @Override
            public boolean abandoned() {
                return abandoned;
            }
        };
    }

    /** @throws PreparationException if what it shall go on from is not there, or not now */
    private Optional<SavedGuests.Guest> saved() throws PreparationException {
        Integer from = vm.asks().restore();
        if (from == null) {
            return Optional.empty();
        }
        String why;
        try {
            Optional<SavedGuests.Guest> guest = parts.saved().find(new DomainId(id.vm(), from));
            if (guest.isPresent()) {
                return guest;
            }
            why = "What was saved of it is not found from this node";
        } catch (IOException e) {
            why = "What was saved of it cannot be read: " + e.getMessage();
        }
        throw new PreparationException(failure(ErrorCode.RESUME_FAILED, why));
    }

    private StartResult startedBefore(String note) throws IOException {
        if (!note.isEmpty()) {
            return new StartResult.EndedBefore(parts.json().readValue(note, VmReport.class));
        }
        awaitHypervisor();
        return switch (parts.hypervisor().find(id)) {
            case Present(var domain) -> new StartResult.Found(domain.mark());
            case Gone gone when Suspension.isSaved(id, parts) -> new StartResult.SavedBefore();
            case Gone gone ->
                failed(ErrorCode.GUEST_CRASHED, "The guest was gone when the node's agent came back after a restart");
        };
    }

    private StartResult start(Prepared prepared, Optional<SavedGuests.Guest> saved)
            throws IOException, InterruptedException, HardwareMissingException {
        Acceleration acceleration = parts.acceleration().get();
        awaitHypervisor();
        if (parts.hypervisor().find(id) instanceof Present(var domain)) {
            return new StartResult.Found(domain.mark());
        }
        if (abandoned) {
            return new StartResult.Abandoned();
        }
        Network network = parts.share().network(vm);
        Machine machine = parts.share().machine(vm, acceleration, prepared.firmware(), warn);
        parts.files().noteStart(id);
        booting.run();
        for (int tries = 1; ; tries++) {
            Optional<List<Integer>> ports = parts.ports().take(portsNeeded(network));
            if (ports.isEmpty()) {
                return failed(ErrorCode.HYPERVISOR_FAILED, "The node has no free port for the guest");
            }
            DomainMark mark = mark(ports.get(), machine.place().cpus());
            DomainSpec spec = new DomainSpec(
                            mark,
                            vm.size(),
                            acceleration,
                            prepared.boot(),
                            prepared.disks(),
                            prepared.consoles(),
                            machine,
                            network)
                    .with(prepared.shares());
            StartResult result = saved.isEmpty() ? create(spec) : resume(spec, saved.get());
            if (!(result instanceof StartResult.Failed)) {
                return result;
            }
            boolean portLost = !ports.get().stream().allMatch(parts.ports()::free);
            parts.ports().giveBack(ports.get());
            if (!portLost || tries == PORT_TRIES || abandoned) {
                return result;
            }
            // Another process took a port first: there is no domain for certain, so others may be tried.
        }
    }

    /** The first is for ssh. */
    private int portsNeeded(Network network) {
        return switch (network) {
            case Network.User user -> 1 + vm.options().network().ports().size();
            case Network.Bridge bridge -> 0;
        };
    }

    private DomainMark mark(List<Integer> ports, List<Integer> cpus) {
        String host = parts.ports().host();
        List<PublishedPort> published = new ArrayList<>();
        for (int i = 1; i < ports.size(); i++) {
            published.add(new PublishedPort(vm.options().network().ports().get(i - 1), host, ports.get(i)));
        }
        SshEndpoint ssh = ports.isEmpty() ? null : new SshEndpoint(host, ports.getFirst());
        return new DomainMark(id, lease, parts.job(), ssh, parts.clock().instant(), published, cpus);
    }

    /**
     * A node that cannot read a guest's memory, for want of a processor like the one that it was on, may be the wrong one:
     * the next is tried first. If that cannot either, the guest boots from its own disk.
     */
    private StartResult resume(DomainSpec spec, SavedGuests.Guest saved) throws IOException {
        StartResult result = held(
                spec,
                each -> parts.hypervisor()
                        .restore(each, saved.born(), saved.memory().toString()));
        if (!(result instanceof StartResult.Failed(Failure failure))
                || !spec.mark().nodePorts().stream().allMatch(parts.ports()::free)) {
            return result;
        }
        if (id.attempt() - Objects.requireNonNull(vm.asks().restore()) < TRIES_TO_RESTORE) {
            return new StartResult.Failed(
                    failure(ErrorCode.RESUME_FAILED, "It could not be resumed: " + failure.message()));
        }
        parts.files().bootsAnew(id);
        warn.accept("its memory could not be restored, so it was booted from its own disk: " + failure.message());
        return create(spec);
    }

    private StartResult create(DomainSpec spec) {
        return held(spec, parts.hypervisor()::create);
    }

    /** A libvirt that uses no cgroups (see its qemu.conf) refuses to hold a guest to a part of a core. */
    private StartResult held(DomainSpec spec, Consumer<DomainSpec> start) {
        StartResult result = attempt(spec.mark(), () -> start.accept(spec));
        boolean refused =
                result instanceof StartResult.Failed(Failure failure) && failure.code() == ErrorCode.SPEC_REJECTED;
        if (!refused || spec.machine().place().cpuPercent() == Hardware.WHOLE_CORE) {
            return result;
        }
        StartResult unlimited = attempt(spec.mark(), () -> start.accept(spec.with(Place.ANYWHERE)));
        if (!(unlimited instanceof StartResult.Failed)) {
            warn.accept("not held to its part of a core: libvirt cannot do that on this node");
        }
        return unlimited;
    }

    private StartResult attempt(DomainMark mark, Runnable start) {
        try {
            start.run();
            return new StartResult.Started(mark);
        } catch (HypervisorException e) {
            return afterFailure(mark, e.failure());
        }
    }

    /** Only positive knowledge that there is no domain makes it a failed start. */
    private StartResult afterFailure(DomainMark mark, HypervisorFailure failure) {
        try {
            awaitHypervisor();
            Sighting sighting = parts.hypervisor().find(id);
            return switch (sighting) {
                case Present(var domain) -> new StartResult.Started(domain.mark());
                case Gone gone -> failed(failure);
            };
        } catch (HypervisorException e) {
            return new StartResult.Unclear(mark, failure(failure.code(), failure.message()));
        }
    }

    private void awaitHypervisor() {
        if (!parts.hypervisor().await(HYPERVISOR_LIMIT)) {
            throw new HypervisorException(
                    new HypervisorFailure.Unavailable("no connection after " + HYPERVISOR_LIMIT.toSeconds() + " s"));
        }
    }

    private StartResult failed(HypervisorFailure failure) {
        return failed(failure.code(), failure.message());
    }

    private StartResult failed(ErrorCode code, String message) {
        return new StartResult.Failed(failure(code, message));
    }

    private Failure failure(ErrorCode code, String message) {
        String sentence = message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
        return new Failure(code, sentence + " " + parts.identity(id.vm()));
    }
}
