package io.anemone.agent.guest;

import io.anemone.agent.files.GuestFiles;
import io.anemone.agent.files.Seed;
import io.anemone.agent.vm.ReadinessCheck;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.vm.SshEndpoint;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The probes. Each looks at something that belongs to this guest's domain alone (the port forwarded to it, its channel,
 * its console), so that nobody but the guest itself can answer.
 */
public final class GuestReadiness implements ReadinessCheck {

    private static final Looks NOTHING_TO_SEE = () -> false;

    private final GuestFiles files;
    private final GuestAgent agent;
    private final Executor threads;

    /** @param threads for what may block for seconds */
    public GuestReadiness(Hypervisor hypervisor, GuestFiles files, Executor threads) {
        this.files = files;
        this.agent = new GuestAgent(hypervisor);
        this.threads = threads;
    }

    @Override
    public Looks at(DomainMark mark, ReadinessProbe probe) {
        return switch (probe.kind()) {
            case NONE -> () -> true;
            case SSH -> ssh(mark);
            case AGENT -> new Pings(mark.id());
            case CONSOLE -> console(mark.id(), String.valueOf(probe.pattern()));
            case CLOUD_INIT -> console(mark.id(), Seed.doneMessage(mark.id().uuid()));
        };
    }

    private static Looks ssh(DomainMark mark) {
        SshEndpoint ssh = mark.ssh();
        return ssh == null ? NOTHING_TO_SEE : () -> SshBanner.seen(ssh);
    }

    private Looks console(DomainId id, String wanted) {
        return files.consoles(id)
                .map(consoles -> Path.of(consoles.log()))
                .map(log -> new ConsoleSearch(log, wanted))
                .<Looks>map(search -> search::found)
                .orElse(NOTHING_TO_SEE);
    }

    /** A guest that does not answer holds up its own ping and nothing else. */
    private final class Pings implements Looks {
        private final DomainId id;
        private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(false);

        Pings(DomainId id) {
            this.id = id;
        }

        @Override
        public boolean ready() {
            if (!answer.isDone()) {
                return false;
            }
            boolean answered = answer.join();
            if (!answered) {
                answer = CompletableFuture.supplyAsync(this::ping, threads);
            }
            return answered;
        }

        private boolean ping() {
            try {
                return agent.answers(id);
            } catch (HypervisorException e) {
                return false;
            }
        }
    }
}
