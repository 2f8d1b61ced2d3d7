package io.anemone.orchestrator.lease;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.testing.Api;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.anemone.orchestrator.vm.VmQuery;
import io.anemone.orchestrator.vm.VmRecord;
import io.anemone.orchestrator.vm.VmStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
class LeaseResourceTest {

    @Inject
    VmStore vms;

    @Inject
    VmQuery query;

    @Inject
    LeaseStore leases;

    /** Nothing is done here if the loop was quicker. */
    private String leaseOf(String vm, String owner) {
        VmId id = VmId.parse(vm);
        vms.requestLease(
                id, new LeaseSpec(LaunchPath.SCHEDULED, owner, null, null, null, 1, 256, Duration.ofHours(1), false));
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
                    .body("memoryMiB", equalTo(256))
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
        await().atMost(Duration.ofSeconds(90))
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
    void leaseOfAPool_showsEachUserTheirOwnVmsOnly() {
        // Given
        LeaseId lease = leases.request(
                new LeaseSpec(LaunchPath.STATIC, "anemone", null, null, "elsewhere", 0, 0, Duration.ofHours(1), true),
                null);

        // When / Then
        Api.as("olga").get("/leases/" + lease).then().statusCode(200).body("vms", empty());
        Api.as("alice").get("/leases/" + lease).then().statusCode(404);
    }
}
