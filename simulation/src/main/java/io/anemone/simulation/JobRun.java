package io.anemone.simulation;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.Sighting;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.wire.AgentMode;
import io.anemone.core.wire.Join;
import io.anemone.testkit.hypervisor.FakeHypervisor;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job on its node: its agent, and the fence around it. When the job is over nothing of it is left, and not
 * before that does the scheduler say that it is over.
 */
final class JobRun {

    private static final long KILL_WAIT = 5000;

    private final Site site;
    private final Cluster cluster;
    private final Node node;
    private final JobView job;
    private final Join.@Nullable VmRequest request;
    private final FakeHypervisor hypervisor;
    private final MemoryFiles files;
    private @Nullable AgentRun agent;
    private int agentsLost;
    private final Set<DomainId> rightlyEnded = new HashSet<>();
    private boolean ending;
    private boolean over;

    /** @param request what a direct job's owner wants; null for a job that was submitted for a lease */
    JobRun(Site site, Cluster cluster, Node node, JobView job, Join.@Nullable VmRequest request) {
        this.site = site;
        this.cluster = cluster;
        this.node = node;
        this.job = job;
        this.request = request;
        this.hypervisor = mode() == AgentMode.SYSTEM ? node.hypervisor() : new FakeHypervisor(site.storage().memory);
        this.files = new MemoryFiles(site.faults(), site.bug());
        if (mode() == AgentMode.SESSION && site.faults().has(Fault.GUESTS_IGNORE_SHUTDOWN)) {
            site.faults().happened(Fault.GUESTS_IGNORE_SHUTDOWN);
            hypervisor.guestsIgnoreShutdown();
        }
    }

    void start() {
        site.world().tell(toString(), "starts on " + node.name);
        startAgent(site.world().between(50, 500));
    }

    private void startAgent(long wait) {
        site.world().after(World.NATURE, wait, () -> {
            if (!ending && !over) {
                agent = new AgentRun(site, this);
                agent.start();
            }
        });
    }

    AgentMode mode() {
        return job.owner().equals(Cluster.SERVICE_USER) ? AgentMode.SYSTEM : AgentMode.SESSION;
    }

    Optional<LeaseId> lease() {
        return LeaseId.ofJobName(job.name());
    }

    Join.@Nullable VmRequest request() {
        return request;
    }

    JobView job() {
        return job;
    }

    /** When its time limit is, as the agent was last told: it may have been moved since, and nobody could say so. */
    Instant endsAt() {
        Instant told = agent == null ? null : agent.toldEnd();
        return told != null ? told : Objects.requireNonNull(job.endsAt());
    }

    boolean timeWasUp() {
        return agent != null && agent.timeWasUp();
    }

    Node node() {
        return node;
    }

    FakeHypervisor hypervisor() {
        return hypervisor;
    }

    MemoryFiles files() {
        return files;
    }

    Optional<AgentRun> agent() {
        return Optional.ofNullable(agent).filter(run -> !run.life().over());
    }

    /** Whether its end has begun: its guests end with it. */
    boolean ending() {
        return ending;
    }

    /** Whether an agent of it died before, and left the job's directory and perhaps guests. */
    boolean lostAgents() {
        return agentsLost > 0;
    }

    /** Its agent died after it could not write its secret to the full disk: two faults of a node, and the job's end. */
    boolean lostItsSecret() {
        return lostAgents() && files.secret().isEmpty();
    }

    boolean over() {
        return over;
    }

    /** The agent is about to end a guest: there must be a reason. */
    void guestIsEnded(DomainId id) {
        // A guest that was asked to shut down is ended, though its time may have been extended since.
        if (hypervisor.exists(id) && !rightlyEnded.contains(id)) {
            new Reasons(site, this).check(id);
            rightlyEnded.add(id);
        }
    }

    /** The agent is about to save a guest, which ends it: that must be wanted. */
    void guestIsSaved(DomainId id) {
        new Reasons(site, this).checkSave(id);
        rightlyEnded.add(id);
    }

    void domainIsGone(DomainId id) {
        site.domains().ended(id, this);
    }

    /** The guest ends by itself. */
    void guestEnds(DomainId id, Sighting.Ending ending) {
        hypervisor.ends(id, ending);
        domainIsGone(id);
    }

    /** By the scheduler: the agent is told, and killed with all that is left if it takes too long. */
    void end(JobState how, int exitCode) {
        if (ending || over) {
            return;
        }
        ending = true;
        site.world().tell(toString(), "is ended: " + how);
        cluster.completing(job.id(), this);
        agent().ifPresent(AgentRun::terminate);
        site.world().after(World.NATURE, agent().isPresent() ? KILL_WAIT : 100, () -> fence(how, exitCode));
    }

    /** The agent is done, and with it the job: what still runs must have had a reason to end. */
    void agentExited(int exitCode) {
        site.domains().of(this).forEach(domain -> guestIsEnded(domain.id()));
        scriptEnded(exitCode);
    }

    private void scriptEnded(int exitCode) {
        if (over) {
            return;
        }
        JobState how = exitCode == 0 ? JobState.COMPLETED : JobState.FAILED;
        boolean asked = ending;
        ending = true;
        if (!asked) {
            cluster.completing(job.id(), this);
            site.world().after(World.NATURE, site.world().between(50, 800), () -> fence(how, exitCode));
        }
    }

    /** The agent's process is gone without a word. The script may start another. */
    void agentDied(boolean again) {
        agentsLost++;
        if (again && !ending) {
            startAgent(site.world().between(100, 2000));
        } else {
            scriptEnded(137);
        }
    }

    void killGuests() {
        site.domains().of(this).forEach(domain -> guestEnds(domain.id(), Sighting.Ending.DESTROYED));
    }

    /** The control group is emptied, or the epilog has run. */
    void fence(JobState how, int exitCode) {
        if (over) {
            return;
        }
        over = true;
        ending = true;
        agent().ifPresent(AgentRun::kill);
        killGuests();
        site.world().tell(toString(), "is over: " + how + " " + exitCode);
        cluster.over(job.id(), this, how, exitCode);
    }

    @Override
    public String toString() {
        return "job-" + job.id();
    }
}
