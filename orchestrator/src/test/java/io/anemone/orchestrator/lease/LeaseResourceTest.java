package io.anemone.orchestrator.lease;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.testing.Api;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.anemone.orchestrator.vm.VmQuery;
import io.anemone.orchestrator.vm.VmRecord;
import io.anemone.orchestrator.vm.VmStore;
import io.anemone.testkit.scheduler.FakeScheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
class LeaseResourceTest {

    /** What a VM of 256 MiB takes, its QEMU included. */
    private static final int MEMORY_MIB = 384;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Inject
    VmStore vms;

    @Inject
    VmQuery query;

    @Inject
    LeaseStore leases;

    @Inject
    VisibleLeases visible;

    @Inject
    FakeScheduler scheduler;

    @Inject
    Clock clock;

    /** Nothing is done here if the loop was quicker. */
    private String leaseOf(String vm, String owner) {
        VmId id = VmId.parse(vm);
        vms.requestLease(
                id,
                new LeaseSpec(
                        LaunchPath.SCHEDULED, owner, null, null, null, 1, MEMORY_MIB, Duration.ofHours(1), false));
        return query.find(id)
                .map(VmRecord::lease)
                .map(LeaseRecord::id)
                .orElseThrow()
                .toString();
    }

    @Test
    void lease_isSeenByTheOwnerOfItsVmAndByOperators() {
        // Given
        String vm = Api.createVm("alice", "leased");
        String lease = leaseOf(vm, "alice");

        // When / Then
        for (String account : new String[] {"alice", "olga"}) {
            Api.as(account)
                    .get("/leases/" + lease)
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(lease))
                    .body("path", equalTo("scheduled"))
                    .body("owner", equalTo("alice"))
                    .body("cores", equalTo(1))
                    .body("memoryMiB", equalTo(MEMORY_MIB))
                    .body("connected", equalTo(false))
                    .body("vms", contains(vm));
            Api.as(account).queryParam("active", "true").get("/leases").then().body("items.id", hasItem(lease));
        }
        Api.as("bob").get("/leases/" + lease).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        Api.as("bob").get("/leases").then().statusCode(200).body("items.id", not(hasItem(lease)));
        Api.as("alice").get("/leases/nonsense").then().statusCode(404);
        Api.as("alice").queryParam("active", "maybe").get("/leases").then().statusCode(400);
    }

    @Test
    void actions_areForOperators() {
        String lease = leaseOf(Api.createVm("alice", "mine"), "alice");

        for (String action : new String[] {"drain", "release"}) {
            Api.as("alice")
                    .post("/leases/" + lease + "/actions/" + action)
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json");
            Api.as("olga")
                    .post("/leases/" + new LeaseId(new UUID(0, 0)) + "/actions/" + action)
                    .then()
                    .statusCode(404);
        }
        Api.as("alice").get("/leases/" + lease).then().body("end", equalTo(null));
    }

    @Test
    void release_endsTheLeaseOnce() {
        // Given
        String lease = leaseOf(Api.createVm("alice", "released"), "alice");

        // When
        Api.as("olga")
                .post("/leases/" + lease + "/actions/release")
                .then()
                .statusCode(202)
                .body("id", equalTo(lease));

        // Then
        await().atMost(PATIENCE)
                .until(() ->
                        "RELEASED".equals(Api.as("olga").get("/leases/" + lease).path("phase")));
        Api.as("olga")
                .post("/leases/" + lease + "/actions/release")
                .then()
                .statusCode(409)
                .body("code", equalTo("WRONG_PHASE"));
    }

    @Test
    void drainOfALeaseThatIsNotActive_refused() {
        String lease = leaseOf(Api.createVm("alice", "early"), "alice");

        Api.as("olga")
                .post("/leases/" + lease + "/actions/drain")
                .then()
                .statusCode(409)
                .body("code", equalTo("WRONG_PHASE"));
    }

    @Test
    void leaseThatTwoUsersShare_showsEachTheirOwnVmsOnly() {
        // Given: a pool's lease that is ACTIVE, with a VM of each user on it
        putPool(1);
        await().atMost(PATIENCE)
                .until(() -> findPoolLease().map(LeaseJson::jobId).isPresent());
        LeaseJson lease = poolLease();
        String jobId = String.valueOf(lease.jobId());
        scheduler.start(jobId);
        await().atMost(PATIENCE).until(() -> poolLease().phase() == LeasePhase.STARTING);
        LeaseEvent joined = new LeaseEvent.AgentJoined(
                jobId,
                String.valueOf(poolLease().node()),
                clock.instant().plus(Duration.ofHours(1)),
                new Grant(4, 3840));
        leases.apply(LeaseId.parse(lease.id()), joined, null);
        String alices = createOnPool("alice");
        String bobs = createOnPool("bob");
        await().atMost(PATIENCE).until(() -> poolLease().vms().size() == 2);

        // When / Then
        Api.as("alice").get("/leases/" + lease.id()).then().statusCode(200).body("vms", contains(alices));
        Api.as("bob").get("/leases/" + lease.id()).then().statusCode(200).body("vms", contains(bobs));
        Api.as("olga").get("/leases/" + lease.id()).then().body("vms", containsInAnyOrder(alices, bobs));
        String mine = "items.find { it.id == '" + lease.id() + "' }.vms";
        Api.as("alice").get("/leases").then().body(mine, contains(alices));
        String node = String.valueOf(poolLease().node());
        String vms = "items.find { it.name == '" + node + "' }.vms.id";
        Api.as("bob").get("/nodes").then().body(vms, contains(bobs));
        Api.as("olga").get("/nodes").then().body(vms, containsInAnyOrder(alices, bobs));
        Api.as("olga")
                .get("/pools")
                .then()
                .body("items.find { it.name == 'shared' }.active", equalTo(1))
                .body("items.find { it.name == 'shared' }.vms", equalTo(2))
                .body("items.find { it.name == 'shared' }.freeCores", equalTo(2));
        // A tenant of the lease is not its operator
        Api.as("alice")
                .post("/leases/" + lease.id() + "/actions/release")
                .then()
                .statusCode(403);
        putPool(0);
    }

    private static void putPool(int leases) {
        Api.as("olga")
                .contentType(ContentType.JSON)
                .body(Map.of("leases", leases))
                .put("/pools/shared")
                .then()
                .statusCode(200);
    }

    private static String createOnPool(String account) {
        return Api.as(account)
                .contentType(ContentType.JSON)
                .body(Map.of("name", "tenant", "image", "micro", "flavor", "micro", "path", "static", "pool", "shared"))
                .post("/vms")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private LeaseJson poolLease() {
        return findPoolLease().orElseThrow();
    }

    private Optional<LeaseJson> findPoolLease() {
        return visible.list(new Caller("olga", true), true).stream()
                .filter(lease -> "shared".equals(lease.pool()))
                .findFirst();
    }
}
