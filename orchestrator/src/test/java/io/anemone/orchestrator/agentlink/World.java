package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.lease.LeasePhase;
import io.anemone.core.lease.PoolSpec;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.Storage;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.wire.Join;
import io.anemone.orchestrator.console.ConsoleStore;
import io.anemone.orchestrator.history.HistoryEvent;
import io.anemone.orchestrator.history.HistoryStore;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.lease.LeaseStore;
import io.anemone.orchestrator.pool.PoolStore;
import io.anemone.orchestrator.vm.VmQuery;
import io.anemone.orchestrator.vm.VmRecord;
import io.anemone.orchestrator.vm.VmStore;
import io.anemone.testkit.scheduler.FakeScheduler;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The running orchestrator and a scheduler that does what a test says. */
@Dependent
@SuppressWarnings("NullAway.Init") // injected
class World {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    VmStore vms;

    @Inject
    VmQuery query;

    @Inject
    LeaseStore leases;

    @Inject
    PoolStore pools;

    @Inject
    HistoryStore history;

    @Inject
    DataSource database;

    @Inject
    ConsoleStore consoles;

    @Inject
    FakeScheduler scheduler;

    @ConfigProperty(name = "test.url")
    URI site;

    VmId asksForScheduledVm(String owner) {
        return vms.create(spec(owner, LaunchPath.SCHEDULED, null), Optional.empty(), owner);
    }

    VmId asksForStaticVm(String owner, String pool) {
        return vms.create(spec(owner, LaunchPath.STATIC, pool), Optional.empty(), owner);
    }

    VmId asksForScheduledVm(String owner, Storage storage) {
        VmSpec spec = spec(owner, LaunchPath.SCHEDULED, null);
        return vms.create(spec.with(GuestOptions.DEFAULT.with(storage)), Optional.empty(), owner);
    }

    private static VmSpec spec(String owner, LaunchPath path, @Nullable String pool) {
        return new VmSpec(
                "web",
                owner,
                null,
                path,
                "micro",
                new VmSize(1, 256),
                null,
                null,
                pool,
                List.of(),
                null,
                Map.of(),
                GuestOptions.DEFAULT);
    }

    void pool(String name, int leases) {
        pools.put(new PoolSpec(name, leases, null, Duration.ofHours(24), Duration.ofHours(1)));
    }

    VmRecord vm(VmId id) {
        return query.find(id).orElseThrow();
    }

    VmRecord vmBecomes(VmId id, Phase phase) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(vm(id).phase()).isEqualTo(phase));
        return vm(id);
    }

    LeaseRecord leaseOf(VmId id) {
        await().atMost(PATIENCE).until(() -> vm(id).lease() != null);
        return Objects.requireNonNull(vm(id).lease());
    }

    LeaseRecord leaseBecomes(LeaseRecord lease, LeasePhase phase) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(leases.find(lease.id()).orElseThrow().phase())
                                .isEqualTo(phase));
        return leases.find(lease.id()).orElseThrow();
    }

    /** The one job that a lease's name stands for. */
    JobView jobOf(LeaseRecord lease) {
        await().atMost(PATIENCE).until(() -> !jobsOf(lease).isEmpty());
        assertThat(jobsOf(lease)).hasSize(1);
        return jobsOf(lease).getFirst();
    }

    List<JobView> jobsOf(LeaseRecord lease) {
        return scheduler.everyJob().stream()
                .filter(job -> job.name().equals(lease.id().jobName()))
                .toList();
    }

    JobRequest requestOf(LeaseRecord lease) {
        return scheduler.submits().stream()
                .filter(request -> request.name().equals(lease.id().jobName()))
                .findFirst()
                .orElseThrow();
    }

    Join.WithToken tokenOf(LeaseRecord lease) {
        String token = requestOf(lease).environment().get("ANEMONE_JOIN_TOKEN");
        return new Join.WithToken(lease.id(), Objects.requireNonNull(token));
    }

    /** Starts the lease's job; its agent connects, but has not said hello. */
    TestAgent startsJobOf(LeaseRecord lease) {
        JobView job = jobOf(lease);
        scheduler.start(job.id());
        return agentOf(lease);
    }

    TestAgent agentOf(LeaseRecord lease) {
        JobView job = jobOf(lease);
        return new TestAgent(site, job.id(), Objects.requireNonNull(job.node()));
    }

    /** Room for a test that needs whole nodes: what tests before it left behind is over. */
    void clearsTheNodes() {
        scheduler.isUp();
        scheduler.everyJob().stream()
                .filter(job -> !job.state().over())
                .forEach(job -> scheduler.end(job.id(), JobState.CANCELLED, 15));
    }

    List<String> notesOf(VmId id) {
        return history.ofVm(id).stream().map(HistoryEvent::note).toList();
    }

    long usageRows(VmId vm) {
        try (Connection connection = database.getConnection();
                PreparedStatement count =
                        connection.prepareStatement("select count(*) from vm_usage where vm_id = ?")) {
            count.setObject(1, vm.value());
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
