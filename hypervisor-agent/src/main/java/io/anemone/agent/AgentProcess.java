package io.anemone.agent;

import io.anemone.agent.cache.HttpSource;
import io.anemone.agent.cache.NodeCache;
import io.anemone.agent.domain.DomainXml;
import io.anemone.agent.files.ImageFiles;
import io.anemone.agent.files.JobDirectory;
import io.anemone.agent.files.NodeGuestFiles;
import io.anemone.agent.files.NodeSaveFiles;
import io.anemone.agent.files.Ports;
import io.anemone.agent.files.Prefetcher;
import io.anemone.agent.files.SavedDirectory;
import io.anemone.agent.files.SessionSecret;
import io.anemone.agent.guest.GuestReadiness;
import io.anemone.agent.guest.GuestWatch;
import io.anemone.agent.libvirt.KeptCapabilities;
import io.anemone.agent.libvirt.LibvirtHypervisor;
import io.anemone.agent.libvirt.SessionDaemons;
import io.anemone.agent.link.Orchestrators;
import io.anemone.agent.link.WebSocketLink;
import io.anemone.agent.link.WireJson;
import io.anemone.agent.node.Cores;
import io.anemone.agent.node.NodeCpus;
import io.anemone.agent.node.NodeHardware;
import io.anemone.agent.node.NodeShare;
import io.anemone.agent.probe.KvmProbe;
import io.anemone.agent.save.DiskSaves;
import io.anemone.agent.save.HttpSaves;
import io.anemone.agent.stream.WebSocketStreams;
import io.anemone.agent.vm.OwnThreads;
import io.anemone.agent.vm.Stocktaking;
import io.anemone.agent.vm.VmParts;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.AgentExit;
import io.anemone.core.wire.AgentMode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/** Puts an agent together, runs it, and leaves nothing behind. */
final class AgentProcess {

    private static final System.Logger LOG = System.getLogger(AgentProcess.class.getName());
    private static final Duration ADOPTION_TRY = Duration.ofSeconds(1);
    private static final Duration STOCKTAKING = Duration.ofSeconds(5);
    private static final Duration LAST_WORD = Duration.ofMillis(500);

    private final AgentConfig config;
    private final Joiner joiner;
    private final AgentEvents events;

    AgentProcess(AgentConfig config, Joiner joiner, AgentEvents events) {
        this.config = config;
        this.joiner = joiner;
        this.events = events;
    }

    AgentExit run() throws IOException, InterruptedException {
        JobDirectory directory = JobDirectory.open(config);
        boolean restarted = directory.takenOver();
        SessionDaemons daemons = config.mode() == AgentMode.SESSION ? daemons(directory) : null;
        // The daemon takes its time to start: it does so while the agent joins.
        LibvirtHypervisor hypervisor = new LibvirtHypervisor(
                daemons == null ? "qemu:///system" : daemons.uri(),
                DomainXml::of,
                daemons == null ? () -> {} : daemons::ensure);
        try {
            return run(directory, hypervisor, restarted, daemons == null ? () -> {} : daemons::close);
        } finally {
            hypervisor.close();
            if (daemons != null) {
                daemons.close();
            }
            directory.remove();
        }
    }

    private AgentExit run(JobDirectory directory, LibvirtHypervisor hypervisor, boolean restarted, Runnable killGuests)
            throws IOException, InterruptedException {
        WireJson json = new WireJson();
        CompletableFuture<Acceleration> acceleration = probe(directory);
        NodeCache cache = new NodeCache(
                config.cache().dir(), config.cache().trusted(), config.cache().limits());
        Orchestrators orchestrators = new Orchestrators(config.urls(), credentials(directory));
        ImageFiles images = new ImageFiles(
                config.imagesDir(), config.cache().inPlace(), cache, new HttpSource(orchestrators), Clock.systemUTC());
        NodeHardware hardware = new NodeHardware();
        NodeShare share = new NodeShare(new Cores(NodeCpus.of(System.getenv())), hardware, config.mode());
        NodeGuestFiles files = new NodeGuestFiles(
                directory, images, config.vendorData(), config.screens(), hardware, config.identity());
        OwnThreads threads = new OwnThreads();
        VmParts parts = new VmParts(
                hypervisor,
                files,
                new SavedDirectory(config.suspendedDir(), config.jobId(), config.identity()),
                new DiskSaves(
                        new NodeSaveFiles(directory),
                        new HttpSaves(orchestrators, json),
                        hypervisor,
                        Clock.systemUTC()),
                Ports.of(address(), RandomGenerator.getDefault()),
                new GuestReadiness(hypervisor, files, threads::start),
                acceleration::join,
                threads,
                Clock.systemUTC(),
                json,
                config.jobId(),
                config.node(),
                share);
        WebSocketStreams streams = new WebSocketStreams(files, json);
        Agent agent = new Agent(config, directory, joiner, events, parts, streams, acceleration);
        Signal.handle(new Signal("TERM"), signal -> agent.terminate());
        Signal.handle(new Signal("INT"), signal -> agent.terminate());
        if (restarted) {
            adoptSaved(agent, parts, directory);
            adopt(agent, hypervisor);
        }
        prefetch(agent, new Prefetcher(images, config.cache().prefetchRate(), config.identity()));
        try (WebSocketLink link = new WebSocketLink(config.urls(), agent, json)) {
            link.start();
            takeStock(agent, new Stocktaking(parts, agent.lease()));
            tidy(cache);
            watchGuests(new GuestWatch(hypervisor, agent.lease()::reports, link, Clock.systemUTC(), threads::start));
            AgentExit exit = agent.run(link, killGuests);
            link.flush(LAST_WORD);
            return exit;
        }
    }

    /** What an earlier agent saved, and could perhaps not say. */
    private void adoptSaved(Agent agent, VmParts parts, JobDirectory directory) throws InterruptedException {
        while (!agent.terminating()) {
            try {
                List<String> secret = directory.secret().orElse(List.of());
                if (!secret.isEmpty()) {
                    agent.lease().adoptSaved(parts.saved().of(config.jobId()), LeaseId.parse(secret.getFirst()));
                }
                return;
            } catch (IOException e) {
                LOG.log(Level.WARNING, "cannot look for saved guests " + config.identity() + ": " + e.getMessage());
                Thread.sleep(ADOPTION_TRY);
            }
        }
    }

    /**
     * Before the first report: an agent that does not know its guests yet would be believed that they are gone. Nobody
     * ends a guest because its agent is silent, so this may take as long as libvirt does.
     */
    private void adopt(Agent agent, LibvirtHypervisor hypervisor) throws InterruptedException {
        while (!agent.terminating()) {
            try {
                if (hypervisor.await(ADOPTION_TRY)) {
                    agent.lease().adopt(hypervisor.domains());
                    return;
                }
            } catch (HypervisorException e) {
                LOG.log(Level.WARNING, "libvirt gives no list of domains " + config.identity() + ": " + e.getMessage());
                Thread.sleep(ADOPTION_TRY);
            }
        }
    }

    /** On a thread of its own, which may wait for libvirt; it ends with the process. */
    private static void takeStock(Agent agent, Stocktaking stock) {
        Thread.ofPlatform().daemon().name("stocktaking").start(() -> {
            try {
                while (true) {
                    agent.found(stock.take());
                    Thread.sleep(STOCKTAKING);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** On a thread of its own, like {@link #takeStock}. */
    private static void watchGuests(GuestWatch watch) {
        Thread.ofPlatform().daemon().name("guests").start(() -> {
            try {
                while (true) {
                    Thread.sleep(GuestWatch.EVERY);
                    watch.round();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Orchestrators.Credentials credentials(SessionSecret secret) {
        return () -> {
            List<String> kept = secret.secret().orElseThrow(() -> new IOException("the agent has not joined yet"));
            return new Orchestrators.Credential(kept.get(0), kept.get(1));
        };
    }

    /** What agents that are no more left of copies. */
    private void tidy(NodeCache cache) {
        Thread.ofPlatform().daemon().name("cache").start(() -> {
            try {
                cache.tidy();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "the cache cannot be tidied " + config.identity() + ": " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Only an agent of a pool is told to: its account is the one that others trust. */
    private static void prefetch(Agent agent, Prefetcher prefetcher) {
        agent.onPrefetch(prefetcher::order);
        Thread.ofPlatform().daemon().name("prefetch").start(() -> {
            try {
                prefetcher.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private CompletableFuture<Acceleration> probe(JobDirectory directory) {
        CompletableFuture<Acceleration> found = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("probe").start(() -> {
            try {
                found.complete(new KvmProbe(config.stateDir(), directory.path()).find());
            } catch (InterruptedException | RuntimeException e) {
                LOG.log(Level.WARNING, "KVM could not be tried, so it is not used: " + e);
                found.complete(Acceleration.EMULATION);
            }
        });
        return found;
    }

    private SessionDaemons daemons(JobDirectory directory) {
        Path cache = directory.sub("cache");
        try {
            new KeptCapabilities(config.stateDir()).link(cache);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "libvirt finds out anew what QEMU can do: " + e.getMessage());
        }
        return new SessionDaemons(directory.sub("run"), directory.sub("cfg"), cache, directory.sub("data"));
    }

    /** The address of this node that the orchestrator sees: no packet is sent to find it out. */
    private InetAddress address() throws IOException {
        @Nullable String configured = config.nodeAddress();
        if (configured != null) {
            return InetAddress.getByName(configured);
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(config.urls().getFirst().getHost(), 9));
            InetAddress local = socket.getLocalAddress();
            return local instanceof Inet4Address ? local : InetAddress.getByName("127.0.0.1");
        }
    }
}
