package io.anemone.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseEffect;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseLimits;
import io.anemone.core.lease.LeaseMachine;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.LeaseStep;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Progress;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmEffect;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmFixtures;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmLimits;
import io.anemone.core.vm.VmMachine;
import io.anemone.core.vm.VmState;
import io.anemone.core.vm.VmStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A whole site in memory, moved by small steps in any order: machines and planner as they are, around them a scheduler
 * that may lose replies and answer nonsense, and agents whose orders may be old.
 */
final class SimulatedSite {

    private static final Grant NODE = new Grant(4, 1024);

    private record Attempt(VmId vm, int number) {}

    /** A job, its agent, and what that agent runs. */
    private static final class Job {
        private final String id;
        private final String name;
        private final String owner;
        private final LeaseId lease;
        private JobState state = JobState.PENDING;
        private boolean joined;
        private final Set<Attempt> toRun = new HashSet<>();
        private final Set<Attempt> toStop = new HashSet<>();
        private final Set<Attempt> domains = new HashSet<>();
        private final Set<Attempt> ended = new HashSet<>();

        private Job(String id, String name, String owner, LeaseId lease) {
            this.id = id;
            this.name = name;
            this.owner = owner;
            this.lease = lease;
        }

        private void over(JobState how) {
            state = how;
            domains.clear();
        }
    }

    private final VmMachine vmMachine = new VmMachine(VmLimits.DEFAULT);
    private final LeaseMachine leaseMachine = new LeaseMachine(LeaseLimits.DEFAULT);
    private final Planner planner = new Planner(PlanFixtures.LIMITS);
    private final Map<Integer, VmView> vms = new LinkedHashMap<>();
    private final Map<LeaseId, LeaseView> leases = new LinkedHashMap<>();
    private final Map<String, Job> jobs = new TreeMap<>();
    private final Set<LeaseId> submits = new HashSet<>();
    private @Nullable JobListing listing;
    private Instant now = PlanFixtures.NOW;
    private int poolSize = 2;
    private int names;

    // --- What users and time do

    void request(LaunchPath path) {
        if (path == LaunchPath.DIRECT) {
            direct();
        } else {
            newVm(path);
        }
    }

    void delete(int choice) {
        pick(List.copyOf(vms.keySet()), choice, n -> {
            VmView vm = view(n);
            if (!vm.state().phase().terminal()) {
                vms.put(n, new VmView(vm.id(), vm.spec(), Goal.TERMINATE, vm.state()));
                apply(n, new VmEvent.TerminateRequested(StopReason.USER, "ended"));
            }
        });
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    // --- What the orchestrator does

    void plan() {
        List<VmView> live = vms.values().stream()
                .filter(vm -> !vm.state().phase().terminal())
                .toList();
        Snapshot snapshot =
                new Snapshot(live, List.copyOf(leases.values()), List.of(PlanFixtures.pool(poolSize)), listing);
        for (Decision decision : planner.plan(snapshot, now)) {
            switch (decision) {
                case Decision.ForVm(VmId vm, VmEvent event) -> apply(number(vm), event);
                case Decision.ForLease(LeaseId lease, LeaseEvent event) -> apply(lease, event);
                case Decision.RequestLease(VmId vm, LeaseSpec spec) -> {
                    LeaseId lease = newLease(spec, vm, LeaseMachine.requested());
                    apply(number(vm), new VmEvent.LeaseRequested(lease));
                }
                case Decision.RequestPoolLease(LeaseSpec spec) -> newLease(spec, null, LeaseMachine.requested());
                case Decision.Hold hold -> {}
                case Decision.ConfirmJob(LeaseId lease, String id) -> confirm(lease, id);
                case Decision.CancelStray stray -> cancel(stray.jobId());
            }
        }
    }

    private void confirm(LeaseId lease, String id) {
        Job job = Objects.requireNonNull(jobs.get(id), "jobs are never forgotten here");
        apply(lease, LeasePlanner.seen(seen(job)));
    }

    /** One outbox row: search, then submit while wanted. The reply may be lost, and the row then stays. */
    void submit(int choice, boolean replyLost) {
        pick(List.copyOf(submits), choice, lease -> {
            LeaseView view = lease(lease);
            Job job = jobs.values().stream()
                    .filter(j -> j.name.equals(lease.jobName()))
                    .findFirst()
                    .orElse(null);
            if (job == null && view.state() instanceof LeaseState.Submitting) {
                job = newJob(lease.jobName(), view.spec().owner(), lease);
            }
            if (!replyLost) {
                submits.remove(lease);
                apply(
                        lease,
                        job != null
                                ? new LeaseEvent.Submitted(job.id)
                                : new LeaseEvent.SubmitRefused(
                                        new Failure(ErrorCode.SUBMIT_REJECTED, "not wanted any more")));
            }
        });
    }

    // --- What the scheduler does

    void answer() {
        listing = new JobListing(
                now, true, jobs.values().stream().map(SimulatedSite::seen).toList());
        pass(Duration.ofMillis(1));
    }

    /** Empty, cut short, or from long ago: nothing of this may end anything. */
    void answerNonsense(int kind) {
        List<JobView> some =
                jobs.values().stream().limit(1).map(SimulatedSite::seen).toList();
        listing = switch (kind % 3) {
            case 0 -> new JobListing(now, true, List.of());
            case 1 -> new JobListing(now, false, some);
            default -> new JobListing(PlanFixtures.NOW.minusSeconds(9), true, List.of());
        };
    }

    void start(int choice) {
        pick(in(JobState.PENDING), choice, job -> job.state = JobState.RUNNING);
    }

    void end(int choice, JobState how) {
        List<Job> live = new ArrayList<>(in(JobState.RUNNING));
        live.addAll(in(JobState.PENDING));
        pick(live, choice, job -> job.over(how));
    }

    // --- What agents do

    void join(int choice) {
        pick(in(JobState.RUNNING), choice, job -> {
            job.joined = true;
            apply(job.lease, new LeaseEvent.AgentJoined(job.id, "n" + job.id, now.plus(Duration.ofHours(8)), NODE));
            sync(job);
        });
    }

    /** The agent hears what it shall do; until the next time it acts on this. */
    void sync(int choice) {
        pick(joined(), choice, this::sync);
    }

    private void sync(Job job) {
        job.toRun.clear();
        job.toStop.clear();
        boolean release = lease(job.lease).state() instanceof LeaseState.Releasing;
        for (VmView vm : vms.values()) {
            if (vm.state() instanceof VmState.OnLease on && on.lease().equals(job.lease)) {
                boolean stop = release || on instanceof VmState.Stopping;
                (stop ? job.toStop : job.toRun).add(new Attempt(vm.id(), on.attempt()));
            }
        }
    }

    void work(int choice, Progress progress, boolean fails) {
        pick(joined(), choice, job -> {
            for (Attempt attempt : Set.copyOf(job.toRun)) {
                run(job, attempt, progress, fails);
            }
            for (Attempt attempt : Set.copyOf(job.toStop)) {
                job.domains.remove(attempt);
                job.ended.add(attempt);
                apply(
                        number(attempt.vm()),
                        new VmEvent.AttemptEnded(attempt.number(), StopReason.OPERATOR, "ended as ordered"));
            }
        });
    }

    private void run(Job job, Attempt attempt, Progress progress, boolean fails) {
        int vm = number(attempt.vm());
        if (job.ended.contains(attempt)) {
            return;
        }
        if (fails) {
            job.domains.remove(attempt);
            job.ended.add(attempt);
            apply(vm, new VmEvent.AttemptFailed(attempt.number(), VmFixtures.NODE_FAULT));
        } else {
            job.domains.add(attempt);
            apply(vm, new VmEvent.Progressed(attempt.number(), progress, null));
        }
    }

    // --- What must hold

    void check() {
        Map<VmId, Integer> live = new LinkedHashMap<>();
        for (Job job : jobs.values()) {
            job.domains.forEach(domain -> live.merge(domain.vm(), 1, Integer::sum));
            int memory = job.domains.stream()
                    .mapToInt(domain -> view(number(domain.vm())).spec().size().memoryMiB())
                    .sum();
            assertThat(memory).as("I6: memory on job %s", job.id).isLessThanOrEqualTo(NODE.memoryMiB());
        }
        assertThat(live.values()).as("I1: live domains of each VM").allMatch(count -> count == 1);
        for (VmView vm : vms.values()) {
            if (vm.state().phase().terminal()) {
                assertThat(live).as("%s is over", vm).doesNotContainKey(vm.id());
            }
        }
        for (LeaseView lease : leases.values()) {
            if (lease.state().phase().terminal()) {
                assertThat(liveJobs(lease.id())).as("I3: %s is over", lease).isZero();
            }
            assertThat(liveJobs(lease.id())).as("I3: jobs of %s", lease).isLessThanOrEqualTo(1);
        }
    }

    /** Everybody does their part: whatever was going on comes to its end. */
    void settle() {
        poolSize = 0;
        for (int i = 0; i < vms.size(); i++) {
            delete(i);
        }
        for (int round = 0; round < 60; round++) {
            pass(Duration.ofSeconds(20));
            plan();
            List.copyOf(submits).forEach(lease -> submit(0, false));
            in(JobState.PENDING).forEach(job -> start(0));
            jobs.values().stream()
                    .filter(job -> job.state == JobState.RUNNING && !job.joined)
                    .forEach(this::joinNow);
            joined().forEach(this::sync);
            for (int i = 0; i < jobs.size(); i++) {
                work(i, Progress.RUNNING, false);
            }
            answer();
            check();
        }
        assertThat(vms.values()).allMatch(vm -> vm.state().phase().terminal(), "is over");
        assertThat(leases.values()).allMatch(lease -> lease.state().phase().terminal(), "is over");
        assertThat(jobs.values()).allMatch(job -> job.state.over());
    }

    boolean everReady() {
        return vms.values().stream().anyMatch(vm -> vm.state() instanceof VmState.Ready);
    }

    private void joinNow(Job job) {
        job.joined = true;
        apply(job.lease, new LeaseEvent.AgentJoined(job.id, "n" + job.id, now.plus(Duration.ofHours(8)), NODE));
    }

    private long liveJobs(LeaseId lease) {
        return jobs.values().stream()
                .filter(job -> job.lease.equals(lease) && !job.state.over())
                .count();
    }

    // --- Records

    private int newVm(LaunchPath path) {
        int n = ++names;
        vms.put(n, PlanFixtures.vm(n, path, VmMachine.initial(now)));
        return n;
    }

    private void direct() {
        VmId vm = view(newVm(LaunchPath.DIRECT)).id();
        String id = String.valueOf(1000 + names);
        LeaseSpec spec = PlanFixtures.own(0, LaunchPath.DIRECT, vm, LeaseMachine.requested())
                .spec();
        LeaseId lease = newLease(spec, vm, leaseMachine.foundRunning(id, "n" + id, now));
        Job job = new Job(id, "my-job", spec.owner(), lease);
        job.state = JobState.RUNNING;
        jobs.put(id, job);
    }

    private LeaseId newLease(LeaseSpec spec, @Nullable VmId vm, LeaseState state) {
        LeaseId id = PlanFixtures.leaseId(++names);
        leases.put(id, new LeaseView(id, spec, vm, state, now, PlanFixtures.NOW));
        return id;
    }

    private Job newJob(String name, String owner, LeaseId lease) {
        Job job = new Job(String.valueOf(1000 + ++names), name, owner, lease);
        jobs.put(job.id, job);
        return job;
    }

    private void apply(int n, VmEvent event) {
        VmView vm = view(n);
        if (vmMachine.apply(vm.spec(), vm.state(), event, now) instanceof VmStep.Moved moved) {
            vms.put(n, new VmView(vm.id(), vm.spec(), vm.goal(), moved.next()));
            for (VmEffect effect : moved.effects()) {
                switch (effect) {
                    case VmEffect.SyncAgent sync -> {}
                    case VmEffect.StartJudged judged -> {}
                    case VmEffect.ReleaseLease release ->
                        apply(release.lease(), new LeaseEvent.ReleaseRequested(release.cause()));
                }
            }
        }
    }

    private void apply(LeaseId id, LeaseEvent event) {
        LeaseView lease = lease(id);
        if (leaseMachine.apply(lease.state(), event, now) instanceof LeaseStep.Moved moved) {
            Instant since = moved.next().phase() == lease.state().phase() ? lease.since() : now;
            leases.put(id, new LeaseView(id, lease.spec(), lease.vm(), moved.next(), since, lease.jobSubmittedAt()));
            for (LeaseEffect effect : moved.effects()) {
                switch (effect) {
                    case LeaseEffect.SubmitJob submit -> submits.add(id);
                    case LeaseEffect.CancelJob cancel -> cancel(cancel.jobId());
                    case LeaseEffect.SyncAgent sync -> {}
                }
            }
        }
    }

    private void cancel(String id) {
        Job job = jobs.get(id);
        if (job != null && !job.state.over()) {
            job.over(JobState.CANCELLED);
        }
    }

    private static JobView seen(Job job) {
        return PlanFixtures.job(job.id, job.name, job.owner, job.state);
    }

    private List<Job> in(JobState state) {
        return jobs.values().stream().filter(job -> job.state == state).toList();
    }

    private List<Job> joined() {
        return in(JobState.RUNNING).stream().filter(job -> job.joined).toList();
    }

    private VmView view(int n) {
        return Objects.requireNonNull(vms.get(n));
    }

    private LeaseView lease(LeaseId id) {
        return Objects.requireNonNull(leases.get(id));
    }

    private static int number(VmId vm) {
        return (int) vm.value().getLeastSignificantBits();
    }

    private static <T> void pick(List<T> from, int choice, Consumer<T> action) {
        if (!from.isEmpty()) {
            action.accept(from.get(Math.floorMod(choice, from.size())));
        }
    }
}
