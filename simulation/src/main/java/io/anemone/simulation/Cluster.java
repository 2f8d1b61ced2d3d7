package io.anemone.simulation;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.wire.Join;
import io.anemone.testkit.scheduler.FakeNode;
import io.anemone.testkit.scheduler.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scheduler and its nodes as they truly are: starts jobs where there is room, and ends them at their limit. */
final class Cluster {

    static final String SERVICE_USER = "anemone";

    private final Site site;
    private final FakeScheduler scheduler;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, JobRun> runs = new LinkedHashMap<>();
    private final Map<String, Join.VmRequest> requests = new HashMap<>();
    private final List<JobRun> unknown = new ArrayList<>();
    private long silentUntil;
    private long version;

    Cluster(Site site) {
        this.site = site;
        List<FakeNode> fakes = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            boolean off = site.faults().has(Fault.CLOCK_OFF_BY_MINUTES)
                    && site.world().chance(0.5);
            if (off) {
                site.faults().happened(Fault.CLOCK_OFF_BY_MINUTES);
            }
            long offset =
                    off ? site.world().between(-180_000, 180_000) : site.world().between(-300, 300);
            nodes.add(new Node("n" + i, new PartyClock(site.world(), offset), site.storage()));
            fakes.add(new FakeNode("n" + i, Node.CORES, Node.MEMORY_MIB));
        }
        this.scheduler = new FakeScheduler(new PartyClock(site.world(), 0), fakes);
        site.world().after(World.NATURE, 300, this::round);
    }

    FakeScheduler scheduler() {
        return scheduler;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** What runs, be it known to the scheduler or not. */
    List<JobRun> running() {
        List<JobRun> all = new ArrayList<>(unknown);
        runs.values().stream().filter(run -> !run.over()).forEach(all::add);
        return all;
    }

    boolean answers() {
        return site.world().now() >= silentUntil;
    }

    void silentUntil(long time) {
        silentUntil = time;
    }

    long version() {
        return version;
    }

    /** Jobs of ours, by the scheduler's own books, that are not over. */
    List<JobView> live() {
        return scheduler.everyJob().stream().filter(job -> !job.state().over()).toList();
    }

    Optional<JobRun> run(String jobId) {
        return Optional.ofNullable(runs.get(jobId)).filter(run -> !run.over());
    }

    // What users do

    String submitDirect(String owner, Join.VmRequest request, Duration walltime) {
        scheduler.submit(new JobRequest("my-vm", owner, null, null, 1, 1024, walltime, false, "agent", Map.of()));
        version++;
        String id = scheduler.everyJob().getLast().id();
        requests.put(id, request);
        return id;
    }

    void submitForeign() {
        scheduler.submit(new JobRequest(
                "mpi",
                "somebody",
                null,
                null,
                1,
                256,
                Duration.ofSeconds(site.world().between(10, 60)),
                false,
                "agent",
                Map.of()));
        version++;
    }

    // What the scheduler does

    private void round() {
        for (JobView job : scheduler.everyJob()) {
            switch (job.state()) {
                case PENDING -> tryToStart(job);
                case RUNNING -> endAtLimit(job);
                case SUSPENDED, COMPLETING, COMPLETED, CANCELLED, FAILED, TIMEOUT, PREEMPTED, NODE_FAIL -> {}
            }
        }
        site.world().after(World.NATURE, 300, this::round);
    }

    private void tryToStart(JobView job) {
        if (!answers()) {
            return;
        }
        for (Node node : nodes) {
            List<JobView> here = live().stream()
                    .filter(other -> node.name.equals(other.node()))
                    .toList();
            int cores = Node.CORES - here.stream().mapToInt(JobView::cores).sum();
            long memory = Node.MEMORY_MIB
                    - here.stream().mapToLong(JobView::memoryMiB).sum();
            boolean whole = job.cores() == 0;
            boolean room = whole ? here.isEmpty() : job.cores() <= cores && job.memoryMiB() <= memory;
            if (room && node.up(site.world().now()) && !runsAlready(job.id(), node)) {
                scheduler.startOn(job.id(), node.name);
                version++;
                JobView started = known(job.id());
                JobRun run = new JobRun(site, this, node, started, requests.get(job.id()));
                runs.put(job.id(), run);
                boolean ours = run.lease().isPresent() || run.request() != null;
                if (ours) {
                    run.start();
                }
                return;
            }
        }
    }

    /** A node launches no second copy of a job that it runs, as when the scheduler has lost the first (slurmd). */
    private boolean runsAlready(String jobId, Node node) {
        return unknown.stream()
                .anyMatch(run -> run.node() == node && run.job().id().equals(jobId));
    }

    private void endAtLimit(JobView job) {
        boolean soon = job.endsAt() != null
                && !job.endsAt().minusMillis(400).isAfter(site.world().time());
        if (soon) {
            JobRun run = runs.get(job.id());
            if (run != null) {
                run.end(JobState.TIMEOUT, 0);
            }
        }
    }

    JobView known(String jobId) {
        return scheduler.everyJob().stream()
                .filter(job -> job.id().equals(jobId))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no job " + jobId));
    }

    private boolean knows(JobRun run) {
        return runs.get(run.job().id()) == run;
    }

    void completing(String jobId, JobRun run) {
        if (knows(run)) {
            scheduler.completing(jobId);
            version++;
        }
    }

    void over(String jobId, JobRun run, JobState how, int exitCode) {
        if (knows(run)) {
            scheduler.end(jobId, how, exitCode);
        }
        unknown.remove(run);
        version++;
    }

    void cancel(String jobId, String owner) {
        Optional<JobRun> run = run(jobId);
        if (run.isPresent()) {
            run.get().end(JobState.CANCELLED, 143);
        } else {
            scheduler.cancel(jobId, owner);
            version++;
        }
    }

    void extend(String jobId, Duration by) {
        JobView job = known(jobId);
        if (job.state() == JobState.RUNNING && job.endsAt() != null) {
            scheduler.extendTo(jobId, job.endsAt().plus(by));
            version++;
        }
    }

    // What befalls it

    /** Jobs that were submitted in its last seconds are lost; what runs of them is ended when its node reports. */
    void restartsWithout(long lastMillis) {
        silentUntil = site.world().now() + site.world().between(500, 5000);
        List<JobView> lost = scheduler.everyJob().stream()
                .filter(job -> job.submittedAt().isAfter(site.world().time().minusMillis(lastMillis)))
                .toList();
        for (JobView job : lost) {
            scheduler.forget(job.id());
            requests.remove(job.id());
            JobRun run = runs.remove(job.id());
            if (run != null && !run.over()) {
                unknown.add(run);
                long registration =
                        silentUntil - site.world().now() + site.world().between(0, 1000);
                site.world().after(World.NATURE, registration, () -> run.fence(JobState.CANCELLED, 143));
            }
            site.world().tell("scheduler", "loses job " + job.id());
        }
        if (!lost.isEmpty()) {
            int newest = scheduler.everyJob().stream()
                    .mapToInt(job -> Integer.parseInt(job.id()))
                    .max()
                    .orElse(0);
            scheduler.givesOutIdsFrom(newest + 1);
            version++;
        }
    }

    /** Power is lost: nothing on the node survives; the scheduler notices later. */
    void crash(Node node) {
        long back = site.world().between(5000, 40_000);
        List<JobRun> here = running().stream().filter(run -> run.node() == node).toList();
        node.crashedUntil(site.world().now() + back);
        for (JobRun run : here) {
            run.agent().ifPresent(AgentRun::kill);
            run.killGuests();
            boolean again = run.request() == null && site.world().chance(0.5);
            site.world().after(World.NATURE, site.world().between(1000, 10_000), () -> noticeLoss(run, again));
        }
    }

    private void noticeLoss(JobRun run, boolean again) {
        if (run.over()) {
            return;
        }
        run.fence(JobState.NODE_FAIL, 1);
        if (again && knows(run)) {
            runs.remove(run.job().id());
            scheduler.putBack(run.job().id());
            site.world().tell("scheduler", "puts job " + run.job().id() + " back into its queue");
        }
    }

    /** Whether a job of this lease is not over. */
    boolean hasJobOf(LeaseId lease) {
        return live().stream().anyMatch(job -> job.name().equals(lease.jobName()));
    }
}
