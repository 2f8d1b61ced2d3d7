package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.Inventory;
import io.anemone.core.wire.Remains;
import io.anemone.core.wire.Stray;
import io.anemone.orchestrator.lease.LeaseQuery;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.Api;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The live audit over the running service: what agents and scheduler tell, what is shown, and what is ordered. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class AuditTest {

    private static final Inventory NOTHING = new Inventory(List.of(), List.of());

    @Inject
    World world;

    @Inject
    LeaseQuery leases;

    @Inject
    EntityManager entities;

    /** One for each test: a pool whose lease was ended early waits before it asks for the next. */
    private final String pool = "audited-" + UUID.randomUUID();

    private LeaseRecord lease;
    private TestAgent agent;

    @BeforeEach
    void holdsAPool() {
        world.clearsTheNodes();
        world.pool(pool, 1);
        await().atMost(World.PATIENCE)
                .until(() -> leases.list(true, 1000).stream().anyMatch(this::audited));
        lease = leases.list(true, 1000).stream()
                .filter(this::audited)
                .findFirst()
                .orElseThrow();
        agent = world.startsJobOf(lease).joins(world.tokenOf(lease));
    }

    private boolean audited(LeaseRecord lease) {
        return pool.equals(lease.spec().pool());
    }

    @AfterEach
    void endPool() {
        agent.close();
        world.pool(pool, 0);
        world.clearsTheNodes();
    }

    /** A VM that ran on the pool's lease and was over long ago. */
    private VmId endedLongAgo() {
        VmId vm = world.asksForStaticVm("ada", pool);
        agent.toRun(vm);
        agent.reports(vm, 1, AgentPhase.READY);
        world.vmBecomes(vm, Phase.READY);
        agent.reportsEnd(vm, 1, StopReason.GUEST, "off");
        world.vmBecomes(vm, Phase.STOPPED);
        change("update vm set ended_at = ended_at - interval '1 hour' where id = :id", vm.value());
        return vm;
    }

    private void change(String sql, UUID id) {
        QuarkusTransaction.requiringNew()
                .run(() ->
                        entities.createNativeQuery(sql).setParameter("id", id).executeUpdate());
    }

    private Inventory stray(VmId vm) {
        return new Inventory(List.of(new Stray(vm, 1, lease.id(), "1")), List.of());
    }

    private static JsonPath invariants() {
        return Api.as("olga")
                .get("/invariants")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<Map<String, Object>> about(String list, String id) {
        return invariants().getList(list + ".findAll { v -> v.subjects.any { it.id == '" + id + "' } }");
    }

    private static List<Map<String, Object>> open(Object id) {
        return about("items.collectMany { it.violations }", id.toString());
    }

    private static List<Map<String, Object>> healed(Object id) {
        return about("healed", id.toString());
    }

    @Test
    void strayDomainOfAVmThatIsOver_isShown_endedByOrder_andHealed() {
        // Given
        VmId vm = endedLongAgo();

        // When
        agent.sees(stray(vm));

        // Then
        assertThat(agent.toStop(vm).graceSeconds()).isZero();
        await().atMost(World.PATIENCE).until(() -> !open(vm).isEmpty());
        assertThat(open(vm))
                .singleElement()
                .satisfies(violation -> assertThat(violation).containsEntry("invariant", "I2"));
        assertThat(invariants().getObject("items.find { it.id == 'I2' }.holds", Boolean.class))
                .isFalse();

        // And when
        agent.sees(NOTHING);

        // Then
        await().atMost(World.PATIENCE).until(() -> open(vm).isEmpty());
        assertThat(healed(vm))
                .singleElement()
                .satisfies(violation -> assertThat(violation).containsKeys("healedAt", "age"));
        assertThat(world.notesOf(vm))
                .anyMatch(note -> note.startsWith("the audit found: ") && note.endsWith("(I2)"))
                .anyMatch(note -> note.startsWith("healed: "));
        agent.desired(orders -> orders.stop().isEmpty());
    }

    @Test
    void strayDomainOfNobodyWeKnow_isShown_andNeverEnded() {
        // Given
        VmId unheardOf = new VmId(UUID.randomUUID());
        Stray foreign = new Stray(unheardOf, 1, new LeaseId(UUID.randomUUID()), "9");
        agent.sees(new Inventory(List.of(foreign), List.of()));

        // When
        await().atMost(World.PATIENCE).until(() -> !open(unheardOf).isEmpty());

        // Then
        assertThat(open(unheardOf))
                .singleElement()
                .satisfies(violation ->
                        assertThat(String.valueOf(violation.get("healing"))).contains("operator"));
        VmId known = endedLongAgo();
        agent.sees(new Inventory(List.of(foreign, new Stray(known, 1, lease.id(), "1")), List.of()));
        assertThat(agent.desired(orders -> !orders.stop().isEmpty()).stop())
                .extracting(stop -> stop.vm())
                .containsExactly(known);
        agent.sees(NOTHING);
        await().atMost(World.PATIENCE).until(() -> open(unheardOf).isEmpty());
    }

    @Test
    void agentThatCannotTell_leavesItOpen_andHealsNothing() {
        // Given
        VmId vm = endedLongAgo();
        agent.sees(stray(vm));
        await().atMost(World.PATIENCE).until(() -> !open(vm).isEmpty());

        // When
        agent.sees(null);
        change(
                "update inventory set changed_at = changed_at - interval '1 hour' where lease_id = :id",
                lease.id().value());
        change(
                "update lease set contact_changed_at = contact_changed_at - interval '1 hour' where id = :id",
                lease.id().value());

        // Then
        await().atMost(World.PATIENCE)
                .until(() -> invariants().getString("items.find { it.id == 'I9' }.unknown") != null);
        assertThat(invariants().getObject("items.find { it.id == 'I9' }.holds", Boolean.class))
                .isNull();
        assertThat(open(vm)).hasSize(1);
        agent.sees(NOTHING);
        await().atMost(World.PATIENCE).until(() -> open(vm).isEmpty());
    }

    @Test
    void agentOfAUsersOwnJob_cannotRaiseAnAlarmAboutOthers() {
        // Given
        VmId theirs = endedLongAgo();
        VmId own = world.asksForScheduledVm("mallory");
        LeaseRecord ownLease = world.leaseOf(own);
        try (TestAgent mallory = world.startsJobOf(ownLease).joins(world.tokenOf(ownLease))) {
            mallory.toRun(own);

            // When
            mallory.sees(new Inventory(
                    List.of(
                            new Stray(theirs, 1, lease.id(), "1"),
                            new Stray(new VmId(UUID.randomUUID()), 1, lease.id(), "1"),
                            new Stray(own, 7, ownLease.id(), "1")),
                    List.of(new Remains(own, 3))));

            // Then
            await().atMost(World.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(items(ownLease)).containsExactlyInAnyOrder(own.value(), own.value()));
        }
    }

    private List<UUID> items(LeaseRecord of) {
        return QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery(
                                "select vm_id from inventory_item where lease_id = :lease", UUID.class)
                        .setParameter("lease", of.id().value())
                        .getResultStream()
                        .map(UUID.class::cast)
                        .toList());
    }

    @Test
    void historyWithAGap_isShown_untilItIsWhole() {
        // Given
        VmId vm = endedLongAgo();
        change("update event set to_phase = 'BOOTING' where vm_id = :id and to_phase = 'READY'", vm.value());

        // Then
        await().atMost(World.PATIENCE).until(() -> !open(vm).isEmpty());
        assertThat(open(vm))
                .singleElement()
                .satisfies(violation -> assertThat(violation).containsEntry("invariant", "I4"));

        // When
        change("update event set to_phase = 'READY' where vm_id = :id and to_phase = 'BOOTING'", vm.value());

        // Then
        await().atMost(World.PATIENCE).until(() -> open(vm).isEmpty());
    }

    @Test
    void vmLostWithALeaseThatLives_hasNoProofOfItsEnd() {
        VmId vm = endedLongAgo();
        change("update vm set stop_reason = 'LEASE_LOST' where id = :id", vm.value());

        await().atMost(World.PATIENCE).until(() -> !open(vm).isEmpty());
        assertThat(open(vm))
                .singleElement()
                .satisfies(violation -> assertThat(violation).containsEntry("invariant", "I5"));
        change("update vm set stop_reason = 'GUEST' where id = :id", vm.value());
        await().atMost(World.PATIENCE).until(() -> open(vm).isEmpty());
    }

    @Test
    void silentScheduler_leavesItOpenWhetherJobsAndLeasesBelongTogether() {
        world.scheduler.isDown();
        try {
            await().atMost(World.PATIENCE)
                    .until(() -> invariants().getString("items.find { it.id == 'I3' }.unknown") != null);
            assertThat(invariants().getObject("items.find { it.id == 'I3' }.holds", Boolean.class))
                    .isNull();
        } finally {
            world.scheduler.isUp();
        }
        await().atMost(World.PATIENCE)
                .until(() -> invariants().getString("items.find { it.id == 'I3' }.unknown") == null);
    }

    @Test
    void jobThatOutlivesItsLease_isShown_andEnded() {
        // Given
        agent.close();
        world.scheduler.end(world.jobOf(lease).id(), JobState.NODE_FAIL, 1);
        world.leaseBecomes(lease, LeasePhase.RELEASED);

        // When
        world.scheduler.submit(world.requestOf(lease));

        // Then
        await().atMost(World.PATIENCE)
                .until(() -> !healed(lease.id()).isEmpty() || !open(lease.id()).isEmpty());
        await().atMost(World.PATIENCE)
                .until(() ->
                        world.jobsOf(lease).stream().allMatch(job -> job.state().over()));
        await().atMost(World.PATIENCE).until(() -> open(lease.id()).isEmpty());
    }

    @Test
    void operator_seesNineInvariants_andMetricsCountThem() {
        await().atMost(World.PATIENCE)
                .untilAsserted(() -> Api.as("olga")
                        .get("/invariants")
                        .then()
                        .statusCode(200)
                        .body("items", hasSize(9))
                        .body("items.find { it.id == 'I6' }.holds", equalTo(true))
                        .body("items.find { it.id == 'I6' }.title", equalTo("No lease is oversold")));
        assertThat(Api.as("olga").basePath("").get("/q/metrics").asString())
                .contains("anemone_invariant_violations{invariant=\"I6\"} 0.0")
                .contains("anemone_invariant_oldest_age_seconds{invariant=\"I6\"} 0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "bob"})
    void user_mayNotSeeTheAudit(String account) {
        Api.as(account).get("/invariants").then().statusCode(403).body("code", equalTo("FORBIDDEN"));
    }
}
