package io.anemone.agent.libvirt;

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
import java.util.function.Function;
import org.libvirt.DomainInfo.DomainState;
import org.libvirt.LibvirtException;

/** The hypervisor port over libvirt. Each call has a platform thread of its own: native code cannot be interrupted. */
public final class LibvirtHypervisor implements Hypervisor {

    private static final Duration QUERY_LIMIT = Duration.ofSeconds(5);
    private static final Duration DESTROY_LIMIT = Duration.ofSeconds(15);

    /** Before each command libvirt synchronizes with the agent, for which it allows 5 s of its own. */
    private static final Duration GUEST_SYNC = Duration.ofSeconds(7);

    private final Function<DomainSpec, String> xml;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("libvirt-", 0).factory());
    private final List<Runnable> hints = new CopyOnWriteArrayList<>();
    private final Endings endings = new Endings(this::changed);
    private final LibvirtConnection connection;

    /** A domain's mark never changes; that it stands here says that the domain was seen. */
    private final Map<UUID, DomainMark> marks = new ConcurrentHashMap<>();

    /**
     * @param uri    of libvirt, e.g. {@code qemu:///system}
     * @param xml    makes a domain's definition
     * @param daemon called before each try to connect: starts libvirt's daemon where it is this agent's own
     */
    public LibvirtHypervisor(String uri, Function<DomainSpec, String> xml, Runnable daemon) {
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
            Optional<DomainHandle> found = session.domain(id.uuid());
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
            Ending ending = endings.of(id.uuid(), marks.containsKey(id.uuid()));
            return new Sighting.Gone(ending);
        });
    }

    @Override
    public void create(DomainSpec spec) {
        String definition;
        try {
            definition = xml.apply(spec);
        } catch (IllegalArgumentException e) {
            throw new HypervisorException(new HypervisorFailure.SpecRejected(String.valueOf(e.getMessage())), e);
        }
        LibvirtSession session = connection.session();
        try (DomainHandle handle = session.create(definition)) {
            marks.put(handle.uuid(), spec.mark());
        } catch (LibvirtException e) {
            throw failure(session, e);
        }
    }

    @Override
    public void shutdown(DomainId id) {
        call("the shutdown of " + id.name(), QUERY_LIMIT, session -> {
            Optional<DomainHandle> found = session.domain(id.uuid());
            if (found.isPresent()) {
                try (DomainHandle handle = found.get()) {
                    handle.shutdown();
                } catch (LibvirtException e) {
                    ignoreGone(session, id, e);
                }
            }
            return true;
        });
    }

    @Override
    public void destroy(DomainId id) {
        call("the destruction of " + id.name(), DESTROY_LIMIT, session -> {
            Optional<DomainHandle> found = session.domain(id.uuid());
            if (found.isPresent()) {
                try (DomainHandle handle = found.get()) {
                    handle.destroy();
                } catch (LibvirtException e) {
                    ignoreGone(session, id, e);
                }
            }
            return true;
        });
    }

    @Override
    public Optional<String> askGuest(DomainId id, String command, Duration limit) {
        int seconds = (int) Math.max(1, limit.toSeconds());
        return call("a question to the guest of " + id.name(), limit.plus(GUEST_SYNC), session -> {
            try {
                Optional<DomainHandle> found = session.domain(id.uuid());
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
            Optional<DomainHandle> found = session.domain(id.uuid());
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
        UUID uuid = handle.uuid();
        DomainMark known = marks.get(uuid);
        Optional<DomainMark> mark = known == null ? handle.mark() : Optional.of(known);
        if (mark.isEmpty()) {
            return Optional.empty();
        }
        marks.put(uuid, mark.get());
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
    private static void ignoreGone(LibvirtSession session, DomainId id, LibvirtException e) throws LibvirtException {
        if (LibvirtErrors.gone(e)) {
            return;
        }
        Optional<DomainHandle> again = session.domain(id.uuid());
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
            throw new IllegalStateException(e.getCause());
        }
    }

    private HypervisorException failure(LibvirtSession session, LibvirtException e) {
        boolean alive = session.alive();
        if (!alive) {
            connection.lost(session);
        }
        return new HypervisorException(LibvirtErrors.failure(e, alive), e);
    }

    private void changed() {
        hints.forEach(Runnable::run);
    }
}
