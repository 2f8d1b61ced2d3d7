package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.vm.HeldVolume;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.Storage;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VolumeFile;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.Api;
import io.anemone.orchestrator.testing.AtOnce;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A volume from VM to VM. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class VolumePathTest {

    private static final Storage DATA = new Storage(null, List.of(), List.of("data"), List.of());

    @Inject
    World world;

    private String volume = "";

    @BeforeEach
    void aVolume() {
        world.clearsTheNodes();
        volume = Api.as("alice")
                .contentType(ContentType.JSON)
                .body(Map.of("name", "data", "sizeGiB", 2))
                .post("/volumes")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @AfterEach
    void noVolume() {
        List<String> vms =
                Api.as("alice").get("/vms?active=true").then().extract().path("items.id");
        vms.forEach(vm -> Api.as("alice").delete("/vms/" + vm));
        world.clearsTheNodes();
        vms.forEach(vm -> world.vmBecomes(VmId.parse(vm), Phase.STOPPED));
        Api.as("alice").delete("/volumes/" + volume).then().statusCode(204);
    }

    private void refused() {
        AnemoneException refusal =
                catchThrowableOfType(AnemoneException.class, () -> world.asksForScheduledVm("alice", DATA));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.VOLUME_IN_USE);
    }

    private static Storage storageOf(TestAgent agent, VmId vm) {
        return agent
                .desired(
                        orders -> orders.run().stream().anyMatch(run -> run.vm().equals(vm)))
                .run()
                .stream()
                .filter(run -> run.vm().equals(vm))
                .map(DesiredVm::options)
                .findFirst()
                .orElseThrow()
                .storage();
    }

    @Test
    void silentVm_holdsItsVolumeUntilTheSchedulersWord_andTheNextOneHasALaterFence() {
        // Given
        VmId first = world.asksForScheduledVm("alice", DATA);
        LeaseRecord lease = world.leaseOf(first);
        try (TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease))) {
            HeldVolume held = storageOf(agent, first).held().getFirst();
            assertThat(held)
                    .isEqualTo(new HeldVolume(
                            "data", new VolumeFile(UUID.fromString(volume), "/shared/volumes"), 2, false, 1));
            agent.reports(first, 1, AgentPhase.READY);
            world.vmBecomes(first, Phase.READY);
        }

        // Then: its agent is silent now, and deleting it changes nothing as long as nobody knows that it is over
        refused();
        Api.as("alice").delete("/vms/" + first);
        world.vmBecomes(first, Phase.STOPPING);
        refused();

        // When
        world.scheduler.end(world.jobOf(lease).id(), JobState.CANCELLED, 15);
        world.vmBecomes(first, Phase.STOPPED);

        // Then
        VmId second = world.asksForScheduledVm("alice", DATA);
        LeaseRecord next = world.leaseOf(second);
        try (TestAgent agent = world.startsJobOf(next).joins(world.tokenOf(next))) {
            assertThat(storageOf(agent, second).held()).singleElement().satisfies(held -> {
                assertThat(held.made()).isTrue();
                assertThat(held.generation()).isEqualTo(2);
            });
        }
    }

    @Test
    void manyAtOnce_oneTakesIt() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        AtOnce.run(Collections.nCopies(8, () -> {
            try {
                world.asksForScheduledVm("alice", DATA);
                taken.incrementAndGet();
            } catch (AnemoneException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.VOLUME_IN_USE);
            }
        }));

        assertThat(taken).hasValue(1);
    }

    @Test
    void deletedVolume_isForTheOwnersNextAgentToRemove() {
        // Given
        VmId user = world.asksForScheduledVm("alice", DATA);
        Api.as("alice").delete("/vms/" + user);
        world.vmBecomes(user, Phase.STOPPED);
        String deleted = volume;
        Api.as("alice").delete("/volumes/" + deleted).then().statusCode(204);
        aVolume();

        // When
        VmId other = world.asksForScheduledVm("alice", Storage.NONE);
        LeaseRecord lease = world.leaseOf(other);
        try (TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease))) {
            assertThat(storageOf(agent, other).deleted())
                    .contains(new VolumeFile(UUID.fromString(deleted), "/shared/volumes"));
            agent.reports(other, 1, AgentPhase.READY);
            world.vmBecomes(other, Phase.READY);
        }

        // Then
        VmId third = world.asksForScheduledVm("alice", Storage.NONE);
        assertThat(world.vm(third).spec().options().storage().deleted())
                .doesNotContain(new VolumeFile(UUID.fromString(deleted), "/shared/volumes"));
    }
}
