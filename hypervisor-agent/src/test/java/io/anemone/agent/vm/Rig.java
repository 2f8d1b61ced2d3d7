package io.anemone.agent.vm;

import io.anemone.agent.Guests;
import io.anemone.agent.files.Ports;
import io.anemone.agent.link.WireJson;
import io.anemone.agent.node.NodeShare;
import io.anemone.agent.save.DiskSaves;
import io.anemone.agent.save.TestSaves;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.Acceleration;
import io.anemone.testkit.hypervisor.FakeHypervisor;
import io.anemone.testkit.time.SettableClock;
import java.net.InetAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/** Everything that a supervisor needs, in memory. */
public final class Rig {

    public final FakeHypervisor hypervisor = new FakeHypervisor();
    public final MemoryGuestFiles files = new MemoryGuestFiles();
    public final TestSaves saves = new TestSaves();
    public final MemorySavedGuests saved = new MemorySavedGuests();
    public final SettableClock clock = SettableClock.fixed();
    public final AtomicBoolean guestReady = new AtomicBoolean();
    public final VmParts parts;

    /** Starts run on the caller's thread. */
    public Rig() {
        this(Runnable::run);
    }

    public Rig(Executor starter) {
        parts = new VmParts(
                hypervisor,
                files,
                saved,
                new DiskSaves(saves, saves, hypervisor, clock),
                Ports.of(InetAddress.getLoopbackAddress(), RandomGenerator.getDefault()),
                (mark, probe) -> () -> mark.ssh() != null && guestReady.get(),
                () -> Acceleration.EMULATION,
                new Starts(starter),
                clock,
                new WireJson(),
                Guests.JOB,
                "n1");
    }

    /** Starts as a test says; a thread for each VM. */
    private record Starts(Executor executor) implements VmThreads {
        @Override
        public void start(Runnable task) {
            executor.execute(task);
        }

        @Override
        public Runnable drive(VmSupervisor supervisor) {
            return new OwnThreads().drive(supervisor);
        }
    }

    public VmSupervisor supervisor(DomainId id) {
        return new VmSupervisor(id, Guests.LEASE, parts, piece -> true, () -> {});
    }

    /** On a node of which more is given out than files and ports. */
    public VmSupervisor supervisor(DomainId id, NodeShare share) {
        VmParts with = new VmParts(
                hypervisor,
                files,
                saved,
                parts.saves(),
                parts.ports(),
                parts.readiness(),
                parts.acceleration(),
                parts.threads(),
                clock,
                parts.json(),
                parts.job(),
                parts.node(),
                share);
        return new VmSupervisor(id, Guests.LEASE, with, piece -> true, () -> {});
    }

    /** As many steps as it takes to come to rest with the clock standing still. */
    public static void settle(VmSupervisor supervisor) {
        for (int i = 0; i < 6; i++) {
            supervisor.step();
        }
    }
}
