package io.anemone.agent.libvirt;

import io.anemone.agent.domain.BackupXml;
import io.anemone.agent.domain.Origin;
import io.anemone.core.hypervisor.DiskCopy;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainUsage;
import io.anemone.core.hypervisor.DomainView;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.HypervisorFailure;
import io.anemone.core.hypervisor.Sighting;
import io.anemone.core.hypervisor.Sighting.Ending;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.libvirt.DomainInfo.DomainState;
import org.libvirt.Error;
import org.libvirt.LibvirtException;

/** The hypervisor port over libvirt. Each call has a platform thread of its own: native code cannot be interrupted. */
public final class LibvirtHypervisor implements Hypervisor {

    private static final Duration QUERY_LIMIT = Duration.ofSeconds(5);
    private static final Duration SAVED_LIMIT = Duration.ofSeconds(30);
    private static final Duration DESTROY_LIMIT = Duration.ofSeconds(15);

    private static final Duration COPY_LIMIT = Duration.ofSeconds(30);

    /** As {@link io.anemone.agent.domain.DomainXml} names it. */
    private static final String FIRST_DISK = "vda";

    /** Before each command libvirt synchronizes with the agent, for which it allows 5 s of its own. */
    private static final Duration GUEST_SYNC = Duration.ofSeconds(7);

    private final BiFunction<DomainSpec, Origin, String> xml;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("libvirt-", 0).factory());
    private final List<Runnable> hints = new CopyOnWriteArrayList<>();
    private final Endings endings = new Endings(this::changed);
    private final LibvirtConnection connection;

    /** Libvirt's names of the domains that were seen: a restored one has that of the attempt that booted it. */
    private final Map<DomainId, UUID> seen = new ConcurrentHashMap<>();

    /**
     * @param uri    of libvirt, e.g. {@code qemu:///system}
     * @param xml    makes a domain's definition
     * @param daemon called before each try to connect: starts libvirt's daemon where it is this agent's own
     */
    public LibvirtHypervisor(String uri, BiFunction<DomainSpec, Origin, String> xml, Runnable daemon) {
        this.xml = xml;
        this.connection = new LibvirtConnection(uri, endings, daemon, this::changed);
    }

    @Override
    public boolean await(Duration limit) {
        return connection.await(limit);
    }

    @Override
    public List<DomainView> domains() {
        return call("a list of domains", QUERY_LIMIT, session -> {
            List<DomainView> views = new ArrayList<>();
            for (DomainHandle handle : session.domains()) {
                try (handle) {
                    view(handle).ifPresent(views::add);
                } catch (LibvirtException e) {
                    // One that ended while the list was read is no reason to give no list.
                    if (!LibvirtErrors.gone(e)) {
                        throw e;
                    }
                }
            }
            return views;
        });
    }

    @Override
    public Sighting find(DomainId id) {
        return call("a query about " + id.name(), QUERY_LIMIT, session -> {
            Optional<DomainHandle> found = lookUp(session, id);
            if (found.isPresent()) {
                try (DomainHandle handle = found.get()) {
                    Optional<DomainView> view = view(handle);
                    if (view.isPresent()) {
                        return new Sighting.Present(view.get());
                    }
                } catch (LibvirtException e) {
                    if (!LibvirtErrors.gone(e)) {
                        throw e;
                    }
                }
            }
            Ending ending = endings.of(seen.getOrDefault(id, id.uuid()), seen.containsKey(id));
            return new Sighting.Gone(ending);
        });
    }

    @Override
    public void create(DomainSpec spec) {
        DomainId id = spec.mark().id();
        String definition = definition(spec, Origin.of(spec));
        LibvirtSession session = connection.session();
        try (DomainHandle handle = session.create(definition)) {
            seen.put(id, handle.uuid());
        } catch (LibvirtException e) {
            throw failure(session, e);
        }
    }

    @Override
    public void restore(DomainSpec spec, DomainId born, String file) {
        String savedWith = call("a look at a saved guest", SAVED_LIMIT, session -> session.definition(file))
                .orElseThrow(
                        () -> new HypervisorException(new HypervisorFailure.Failed("there is no guest in " + file)));
        String definition;
        try {
            definition = definition(spec, Origin.saved(born, savedWith));
        } catch (IllegalArgumentException e) {
            throw new HypervisorException(new HypervisorFailure.Failed(String.valueOf(e.getMessage())), e);
        }
        LibvirtSession session = connection.session();
        Optional<Error> error = session.restore(file, definition);
        if (error.isPresent()) {
            throw new HypervisorException(LibvirtErrors.failure(error.get(), alive(session)));
        }
        seen.put(spec.mark().id(), born.uuid());
    }

    private String definition(DomainSpec spec, Origin origin) {
        try {
            return xml.apply(spec, origin);
        } catch (IllegalArgumentException e) {
            throw new HypervisorException(new HypervisorFailure.SpecRejected(String.valueOf(e.getMessage())), e);
        }
    }

    /** Without a limit: it takes as long as the file system does. */
    @Override
    public void save(DomainId id, String file) {
        LibvirtSession session = connection.session();
        try {
            Optional<DomainHandle> found = lookUp(session, id);
            if (found.isEmpty()) {
                throw new HypervisorException(new HypervisorFailure.Failed("the domain is gone: " + id.name()));
            }
            try (DomainHandle handle = found.get()) {
                handle.save(file);
            }
        } catch (LibvirtException e) {
            throw failure(session, e);
        }
    }

    @Override
    public boolean holdsGuest(String file) {
        return Files.exists(Path.of(file))
                && call("a look at a saved guest", SAVED_LIMIT, session -> {
                    boolean whole = session.definition(file).isPresent();
                    if (!whole && !session.alive()) {
                        throw new HypervisorException(new HypervisorFailure.Unavailable("the connection was lost"));
                    }
                    return whole;
                });
    }

    @Override
    public void shutdown(DomainId id) {
        tell(id, "the shutdown of ", QUERY_LIMIT, DomainHandle::shutdown);
    }

    @Override
    public void destroy(DomainId id) {
        tell(id, "the destruction of ", DESTROY_LIMIT, DomainHandle::destroy);
    }

    @Override
    public void pause(DomainId id) {
        tell(id, "the pausing of ", DESTROY_LIMIT, handle -> {
            if (running(handle.state())) {
                handle.suspend();
            }
        });
    }

    @Override
    public void unpause(DomainId id) {
        tell(id, "letting go on ", DESTROY_LIMIT, handle -> {
            if (handle.state() == DomainState.VIR_DOMAIN_PAUSED) {
                handle.resume();
            }
        });
    }

    @Override
    public void reboot(DomainId id) {
        tell(id, "the reboot of ", QUERY_LIMIT, DomainHandle::reboot);
    }

    @Override
    public void reset(DomainId id) {
        tell(id, "the reset of ", QUERY_LIMIT, DomainHandle::reset);
    }

    @Override
    public long diskBytes(DomainId id) {
        return ask(id, "the size of the disk of ", handle -> handle.diskBytes(FIRST_DISK))
                .orElseThrow(() -> new HypervisorException(new HypervisorFailure.Failed("the domain is gone")));
    }

    @Override
    public void beginCopy(DomainId id, String file) {
        // What became of an earlier one must not be taken for what became of this one.
        copy(id);
        call("the copy of the disk of " + id.name(), COPY_LIMIT, session -> {
            Optional<DomainHandle> found = lookUp(session, id);
            if (found.isEmpty()) {
                throw new HypervisorException(new HypervisorFailure.Failed("the domain is gone: " + id.name()));
            }
            try (DomainHandle handle = found.get()) {
                Optional<Error> error = session.beginBackup(handle.uuid(), BackupXml.of(FIRST_DISK, file));
                if (error.isPresent()) {
                    throw new HypervisorException(LibvirtErrors.failure(error.get(), session.alive()));
                }
            }
            return true;
        });
    }

    @Override
    public DiskCopy copy(DomainId id) {
        return ask(id, "how far the copy is of the disk of ", handle -> {
                    DiskCopy now = handle.job();
                    return now instanceof DiskCopy.None ? handle.lastJob() : now;
                })
                .orElse(new DiskCopy.None());
    }

    @Override
    public void endCopy(DomainId id) {
        tell(id, "the end of the copy of ", DESTROY_LIMIT, handle -> {
            if (handle.job() instanceof DiskCopy.Running) {
                handle.abortJob();
            }
        });
    }

    private interface Question<T> {
        T to(DomainHandle domain) throws LibvirtException;
    }

    /** Empty when it is gone. */
    private <T> Optional<T> ask(DomainId id, String operation, Question<T> question) {
        return call(operation + id.name(), QUERY_LIMIT, session -> {
            Optional<DomainHandle> found = lookUp(session, id);
            if (found.isEmpty()) {
                return Optional.<T>empty();
            }
            try (DomainHandle handle = found.get()) {
                return Optional.of(question.to(handle));
            } catch (LibvirtException e) {
                ignoreGone(session, id, e);
                return Optional.<T>empty();
            }
        });
    }

    private interface Order {
        void to(DomainHandle domain) throws LibvirtException;
    }

    /** Harmless when it is gone. */
    private void tell(DomainId id, String operation, Duration limit, Order order) {
        call(operation + id.name(), limit, session -> {
            Optional<DomainHandle> found = lookUp(session, id);
            if (found.isPresent()) {
                try (DomainHandle handle = found.get()) {
                    order.to(handle);
                } catch (LibvirtException e) {
                    ignoreGone(session, id, e);
                }
            }
            return true;
        });
    }

    /**
     * By what the domain says that it is, for two attempts of a VM may have one name after the other: one that goes on from
     * what another saved.
     */
    private Optional<DomainHandle> lookUp(LibvirtSession session, DomainId id) throws LibvirtException {
        Optional<DomainHandle> named = session.domain(seen.getOrDefault(id, id.uuid()));
        if (named.isPresent() && is(named.get(), id)) {
            return named;
        }
        List<DomainHandle> all = session.domains();
        Optional<DomainHandle> marked = Optional.empty();
        for (DomainHandle handle : all) {
            if (marked.isEmpty() && is(handle, id)) {
                marked = Optional.of(handle);
            } else {
                handle.close();
            }
        }
        return marked;
    }

    private static boolean is(DomainHandle handle, DomainId id) throws LibvirtException {
        try {
            return handle.mark().filter(mark -> mark.id().equals(id)).isPresent();
        } catch (LibvirtException e) {
            if (LibvirtErrors.gone(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public int reboots(DomainId id) {
        return endings.reboots(seen.getOrDefault(id, id.uuid()));
    }

    @Override
    public Optional<String> askGuest(DomainId id, String command, Duration limit) {
        int seconds = (int) Math.max(1, limit.toSeconds());
        return call("a question to the guest of " + id.name(), limit.plus(GUEST_SYNC), session -> {
            try {
                Optional<DomainHandle> found = lookUp(session, id);
                if (found.isEmpty()) {
                    return Optional.<String>empty();
                }
                try (DomainHandle handle = found.get()) {
                    return handle.askGuest(command, seconds).filter(text -> text.length() <= MAX_GUEST_ANSWER);
                }
            } catch (LibvirtException e) {
                // libvirt is there, so it is the guest: no agent, a deaf one, or one that refuses.
                if (session.alive()) {
                    return Optional.<String>empty();
                }
                throw e;
            }
        });
    }

    @Override
    public Optional<DomainUsage> usage(DomainId id) {
        return call("the counters of " + id.name(), QUERY_LIMIT, session -> {
            Optional<DomainHandle> found = lookUp(session, id);
            if (found.isEmpty()) {
                return Optional.<DomainUsage>empty();
            }
            try (DomainHandle handle = found.get()) {
                return Optional.of(handle.usage());
            } catch (LibvirtException e) {
                if (LibvirtErrors.gone(e) || session.alive()) {
                    return Optional.<DomainUsage>empty();
                }
                throw e;
            }
        });
    }

    @Override
    public void onChange(Runnable hint) {
        hints.add(hint);
    }

    @Override
    public void close() {
        connection.close();
        threads.shutdownNow();
    }

    private Optional<DomainView> view(DomainHandle handle) throws LibvirtException {
        Optional<DomainMark> mark = handle.mark();
        if (mark.isEmpty()) {
            return Optional.empty();
        }
        seen.put(mark.get().id(), handle.uuid());
        DomainState state = handle.state();
        // A transient domain that is off is only waiting to be forgotten.
        return state == DomainState.VIR_DOMAIN_SHUTOFF
                ? Optional.empty()
                : Optional.of(new DomainView(mark.get(), running(state)));
    }

    private static boolean running(DomainState state) {
        return switch (state) {
            case VIR_DOMAIN_RUNNING, VIR_DOMAIN_BLOCKED -> true;
            case VIR_DOMAIN_NOSTATE,
                    VIR_DOMAIN_PAUSED,
                    VIR_DOMAIN_SHUTDOWN,
                    VIR_DOMAIN_SHUTOFF,
                    VIR_DOMAIN_CRASHED,
                    VIR_DOMAIN_PMSUSPENDED -> false;
        };
    }

    /** The domain may have ended between the look-up and the request: then there is nothing left to ask for. */
    private void ignoreGone(LibvirtSession session, DomainId id, LibvirtException e) throws LibvirtException {
        if (LibvirtErrors.gone(e)) {
            return;
        }
        Optional<DomainHandle> again = lookUp(session, id);
        if (again.isPresent()) {
            again.get().close();
            throw e;
        }
    }

    private interface Query<T> {
        T ask(LibvirtSession session) throws LibvirtException, InterruptedException;
    }

    private <T> T call(String operation, Duration limit, Query<T> query) {
        LibvirtSession session = connection.session();
        Future<T> answer = threads.submit(() -> query.ask(session));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HypervisorException(new HypervisorFailure.TimedOut(operation, limit), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HypervisorException(new HypervisorFailure.Unavailable("interrupted"), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LibvirtException cause) {
                throw failure(session, cause);
            }
            if (e.getCause() instanceof HypervisorException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private HypervisorException failure(LibvirtSession session, LibvirtException e) {
        return new HypervisorException(LibvirtErrors.failure(e, alive(session)), e);
    }

    private boolean alive(LibvirtSession session) {
        boolean alive = session.alive();
        if (!alive) {
            connection.lost(session);
        }
        return alive;
    }

    private void changed() {
        hints.forEach(Runnable::run);
    }
}
