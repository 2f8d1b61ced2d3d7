package io.anemone.testkit.hypervisor;

import io.anemone.core.hypervisor.DiskCopy;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainUsage;
import io.anemone.core.hypervisor.DomainView;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.HypervisorFailure;
import io.anemone.core.hypervisor.Sighting;
import io.anemone.core.hypervisor.Sighting.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A hypervisor in memory. Its guests obey a shutdown at once, unless told otherwise. */
public final class FakeHypervisor implements Hypervisor {

    private static final long DISK_BYTES = 1L << 20;

    private final Map<DomainId, DomainSpec> domains = new LinkedHashMap<>();
    private final Map<DomainId, Ending> endings = new HashMap<>();
    private final Set<DomainId> paused = new HashSet<>();
    private final Map<DomainId, Integer> reboots = new HashMap<>();
    private final Map<DomainId, Integer> resets = new HashMap<>();
    private final Set<String> saved;
    private final List<DomainId> restored = new ArrayList<>();
    private final List<DomainId> created = new ArrayList<>();
    private final List<Runnable> hints = new CopyOnWriteArrayList<>();
    private Function<String, Optional<String>> guestAgent = question -> Optional.empty();
    private DomainUsage usage = new DomainUsage(0, null, null, null);
    private final Map<DomainId, DiskCopy> copies = new HashMap<>();
    private byte[] diskContent = new byte[0];
    private boolean copiesTake;
    private @Nullable HypervisorFailure nextCopy;
    private boolean available = true;
    private boolean deafGuests;
    private boolean losesReply;
    private boolean deafToReboots;
    private @Nullable HypervisorFailure nextSave;
    private @Nullable HypervisorFailure nextRestore;
    private @Nullable HypervisorFailure nextCreate;
    private @Nullable CountDownLatch hang;

    public FakeHypervisor() {
        this(new HashSet<>());
    }

    /** @param saved the files that hold a guest, shared with other nodes */
    public FakeHypervisor(Set<String> saved) {
        this.saved = saved;
    }

    /** From now on every call ends in "unavailable"; guests run on. */
    public synchronized void goesDown() {
        available = false;
    }

    public synchronized void comesBack() {
        available = true;
    }

    /** Guests do not react to a shutdown any more. */
    public synchronized void guestsIgnoreShutdown() {
        deafGuests = true;
    }

    /** From now on guests have an agent that answers so; empty for no answer. */
    public synchronized void guestsAnswer(Function<String, Optional<String>> agent) {
        guestAgent = agent;
    }

    /** What every domain has used from now on. */
    public synchronized void guestsHaveUsed(DomainUsage used) {
        usage = used;
    }

    /** The next create does not return until the latch is counted down. The domain exists only after that. */
    public synchronized CountDownLatch hangsOnNextCreate() {
        CountDownLatch latch = new CountDownLatch(1);
        hang = latch;
        return latch;
    }

    /** The next create starts the domain, but its caller is told that the connection was lost. */
    public synchronized void losesNextCreateReply() {
        losesReply = true;
    }

    /** The next create fails and starts nothing. */
    public synchronized void failsNextCreate(HypervisorFailure failure) {
        nextCreate = failure;
    }

    /** The next save writes nothing, and the guest stays paused. */
    public synchronized void failsNextSave(HypervisorFailure failure) {
        nextSave = failure;
    }

    /** The next restore fails and starts nothing. */
    public synchronized void failsNextRestore(HypervisorFailure failure) {
        nextRestore = failure;
    }

    /** Guests do not react to being asked to reboot any more. */
    public synchronized void guestsIgnoreReboot() {
        deafToReboots = true;
    }

    /** Every guest that went on from what was saved, in order. */
    public synchronized List<DomainId> restored() {
        return List.copyOf(restored);
    }

    public synchronized boolean paused(DomainId id) {
        return paused.contains(id);
    }

    /** The guest ends by itself. */
    public void ends(DomainId id, Ending ending) {
        end(id, ending);
        hint();
    }

    /** Every create that was asked for, in order, whatever came of it. */
    public synchronized List<DomainId> created() {
        return List.copyOf(created);
    }

    public synchronized DomainSpec running(DomainId id) {
        DomainSpec spec = domains.get(id);
        if (spec == null) {
            throw new AssertionError("no domain " + id);
        }
        return spec;
    }

    public synchronized boolean exists(DomainId id) {
        return domains.containsKey(id);
    }

    @Override
    public synchronized boolean await(Duration limit) {
        return available;
    }

    @Override
    public synchronized List<DomainView> domains() {
        refuseWhenDown();
        return domains.values().stream().map(this::view).toList();
    }

    @Override
    public synchronized Sighting find(DomainId id) {
        refuseWhenDown();
        DomainSpec spec = domains.get(id);
        return spec != null
                ? new Sighting.Present(view(spec))
                : new Sighting.Gone(endings.getOrDefault(id, Ending.UNSEEN));
    }

    @Override
    public void create(DomainSpec spec) {
        CountDownLatch latch;
        synchronized (this) {
            created.add(spec.mark().id());
            latch = hang;
            hang = null;
        }
        if (latch != null) {
            await(latch);
        }
        start(spec);
        hint();
    }

    @Override
    public void shutdown(DomainId id) {
        synchronized (this) {
            refuseWhenDown();
            if (deafGuests) {
                return;
            }
        }
        end(id, Ending.POWERED_OFF);
        hint();
    }

    @Override
    public void destroy(DomainId id) {
        synchronized (this) {
            refuseWhenDown();
        }
        end(id, Ending.DESTROYED);
        hint();
    }

    @Override
    public Optional<String> askGuest(DomainId id, String command, Duration limit) {
        Function<String, Optional<String>> agent;
        synchronized (this) {
            refuseWhenDown();
            agent = domains.containsKey(id) ? guestAgent : question -> Optional.empty();
        }
        return agent.apply(command);
    }

    @Override
    public synchronized Optional<DomainUsage> usage(DomainId id) {
        refuseWhenDown();
        return domains.containsKey(id) ? Optional.of(usage) : Optional.empty();
    }

    @Override
    public synchronized void pause(DomainId id) {
        refuseWhenDown();
        if (domains.containsKey(id)) {
            paused.add(id);
        }
    }

    @Override
    public synchronized void unpause(DomainId id) {
        refuseWhenDown();
        paused.remove(id);
    }

    @Override
    public void save(DomainId id, String file) {
        synchronized (this) {
            refuseWhenDown();
            HypervisorFailure failure = nextSave;
            nextSave = null;
            if (failure != null) {
                throw new HypervisorException(failure);
            }
            if (!domains.containsKey(id)) {
                throw new HypervisorException(new HypervisorFailure.Failed("no domain " + id.name()));
            }
            saved.add(file);
        }
        end(id, Ending.UNSEEN);
        hint();
    }

    @Override
    public synchronized boolean holdsGuest(String file) {
        refuseWhenDown();
        return saved.contains(file);
    }

    @Override
    public void restore(DomainSpec spec, DomainId born, String file) {
        synchronized (this) {
            HypervisorFailure failure = nextRestore;
            nextRestore = null;
            if (failure != null) {
                throw new HypervisorException(failure);
            }
            if (!saved.contains(file)) {
                throw new HypervisorException(new HypervisorFailure.Failed("no guest in " + file));
            }
        }
        start(spec);
        synchronized (this) {
            restored.add(spec.mark().id());
        }
        hint();
    }

    @Override
    public long diskBytes(DomainId id) {
        refuseWhenDown();
        return DISK_BYTES;
    }

    @Override
    public synchronized void beginCopy(DomainId id, String file) {
        refuseWhenDown();
        HypervisorFailure failure = nextCopy;
        nextCopy = null;
        if (failure != null) {
            throw new HypervisorException(failure);
        }
        if (!domains.containsKey(id)) {
            throw new HypervisorException(new HypervisorFailure.Failed("no domain " + id.name()));
        }
        try {
            Files.write(Path.of(file), diskContent);
        } catch (IOException e) {
            throw new HypervisorException(new HypervisorFailure.Failed(String.valueOf(e.getMessage())), e);
        }
        copies.put(id, copiesTake ? new DiskCopy.Running(0, DISK_BYTES) : new DiskCopy.Done());
    }

    @Override
    public synchronized DiskCopy copy(DomainId id) {
        refuseWhenDown();
        return domains.containsKey(id) ? copies.getOrDefault(id, new DiskCopy.None()) : new DiskCopy.None();
    }

    @Override
    public synchronized void endCopy(DomainId id) {
        refuseWhenDown();
        copies.remove(id);
    }

    /** What becomes of copies of disks from now on; they are done at once unless {@code take} is set. */
    public synchronized void disksHold(byte[] content, boolean take) {
        diskContent = content.clone();
        copiesTake = take;
    }

    /** The next copy is not begun. */
    public synchronized void failsNextCopy(HypervisorFailure failure) {
        nextCopy = failure;
    }

    @Override
    public void reboot(DomainId id) {
        synchronized (this) {
            refuseWhenDown();
            if (!deafToReboots && domains.containsKey(id)) {
                reboots.merge(id, 1, Integer::sum);
            }
        }
        hint();
    }

    @Override
    public void reset(DomainId id) {
        synchronized (this) {
            refuseWhenDown();
            if (domains.containsKey(id)) {
                resets.merge(id, 1, Integer::sum);
            }
        }
        hint();
    }

    @Override
    public synchronized int reboots(DomainId id) {
        return reboots.getOrDefault(id, 0);
    }

    /** How often the reset button was pressed. */
    public synchronized int resets(DomainId id) {
        return resets.getOrDefault(id, 0);
    }

    @Override
    public void onChange(Runnable hint) {
        hints.add(hint);
    }

    @Override
    public void close() {
        goesDown();
    }

    private synchronized void start(DomainSpec spec) {
        refuseWhenDown();
        HypervisorFailure failure = nextCreate;
        nextCreate = null;
        if (failure != null) {
            throw new HypervisorException(failure);
        }
        DomainId id = spec.mark().id();
        if (domains.putIfAbsent(id, spec) != null) {
            throw new HypervisorException(new HypervisorFailure.AlreadyExists(id.name()));
        }
        endings.remove(id);
        if (losesReply) {
            losesReply = false;
            throw new HypervisorException(new HypervisorFailure.Unavailable("the connection was lost"));
        }
    }

    private DomainView view(DomainSpec spec) {
        return new DomainView(spec.mark(), !paused.contains(spec.mark().id()));
    }

    private synchronized void end(DomainId id, Ending ending) {
        if (domains.remove(id) != null) {
            paused.remove(id);
            endings.put(id, ending);
        }
    }

    private void refuseWhenDown() {
        if (!available) {
            throw new HypervisorException(new HypervisorFailure.Unavailable("it is down"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HypervisorException(new HypervisorFailure.Unavailable("interrupted"), e);
        }
    }

    private void hint() {
        hints.forEach(Runnable::run);
    }
}
