package io.anemone.core.audit;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.plan.Snapshot;
import io.anemone.core.plan.VmView;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmFixtures;
import io.anemone.core.vm.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts of a small site: lease {@code n} is on node {@code n<n>}, and its job is numbered as it is. */
final class AuditFixtures {

    static final Instant NOW = VmFixtures.NOW;
    static final Instant LONG_AGO = NOW.minusSeconds(3600);
    static final Instant JUST_NOW = NOW.minusSeconds(1);
    static final VmId VM = new VmId(new UUID(1, 1));
    static final Facts.Records SOUND = new Facts.Records(List.of(), List.of(), List.of(), List.of());

    private AuditFixtures() {}

    static LeaseId leaseId(int n) {
        return new LeaseId(new UUID(7, n));
    }

    static LeaseView lease(int n, LeaseState state) {
        LeaseSpec spec =
                new LeaseSpec(LaunchPath.STATIC, "anemone", null, null, "default", 0, 0, Duration.ofHours(8), true);
        return new LeaseView(leaseId(n), spec, null, state, LONG_AGO, null);
    }

    static LeaseState.Active active(int n) {
        return new LeaseState.Active(String.valueOf(n), "n" + n, NOW.plusSeconds(3600), new Grant(2, 1280));
    }

    /** A domain of {@link #VM} that says it belongs to lease {@code marked} and is seen by that of lease {@code by}. */
    static SeenDomain domain(int attempt, int by, int marked, Instant since, @Nullable VmFate vm) {
        return new SeenDomain(new DomainId(VM, attempt), leaseId(by), "n" + by, leaseId(marked), since, vm, null);
    }

    static VmFate alive(int attempt, int lease) {
        return new VmFate(attempt, null, leaseId(lease), "n" + lease);
    }

    static VmFate over(Instant at) {
        return new VmFate(1, at, leaseId(1), "n1");
    }

    static JobView job(String id, LeaseId namedAfter, String owner) {
        return new JobView(
                id, namedAfter.jobName(), owner, JobState.RUNNING, "", "n1", 1, 512, LONG_AGO, LONG_AGO, null, null);
    }

    static JobListing listing(boolean complete, JobView... jobs) {
        return new JobListing(JUST_NOW, complete, List.of(jobs));
    }

    static Facts living(List<VmView> vms, List<LeaseView> leases) {
        JobListing jobs = listing(
                true,
                leases.stream()
                        .filter(lease -> lease.state().jobId() != null)
                        .map(lease -> job(
                                String.valueOf(lease.state().jobId()),
                                lease.id(),
                                lease.spec().owner()))
                        .toArray(JobView[]::new));
        return facts(vms, leases, jobs, List.of());
    }

    static Facts facts(List<VmView> vms, List<LeaseView> leases, @Nullable JobListing jobs, List<LeaseFate> named) {
        return new Facts(new Snapshot(vms, leases, List.of(), jobs), List.of(), List.of(), List.of(), named, SOUND);
    }

    static Facts domains(SeenDomain... seen) {
        return with(List.of(seen), List.of());
    }

    static Facts with(List<SeenDomain> domains, List<LeaseId> silent) {
        Snapshot empty = new Snapshot(List.of(), List.of(), List.of(), listing(true));
        return new Facts(empty, domains, List.of(), silent, List.of(), SOUND);
    }

    static Facts records(Facts.Records records) {
        Snapshot empty = new Snapshot(List.of(), List.of(), List.of(), listing(true));
        return new Facts(empty, List.of(), List.of(), List.of(), List.of(), records);
    }

    /** What a fresh auditor says of these facts. */
    static List<Violation> violations(Facts facts) {
        return violations(new Auditor(AuditBounds.DEFAULT), facts, NOW);
    }

    static List<Violation> violations(Auditor auditor, Facts facts, Instant now) {
        return auditor.audit(facts, now).stream()
                .flatMap(verdict -> verdict.violations().stream())
                .toList();
    }

    static Verdict verdict(Invariant invariant, Facts facts) {
        return new Auditor(AuditBounds.DEFAULT)
                .audit(facts, NOW).stream()
                        .filter(verdict -> verdict.invariant() == invariant)
                        .findFirst()
                        .orElseThrow();
    }

    static List<Invariant> broken(Facts facts) {
        return Arrays.stream(Invariant.values())
                .filter(invariant ->
                        Boolean.FALSE.equals(verdict(invariant, facts).holds()))
                .toList();
    }
}
