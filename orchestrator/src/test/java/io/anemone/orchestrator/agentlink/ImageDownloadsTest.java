package io.anemone.orchestrator.agentlink;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.image.ImageFile;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.WireTypes;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
class ImageDownloadsTest {

    private static final String FILE = WireTypes.IMAGES_PATH + "/{sha256}";

    @Inject
    World world;

    private static RequestSpecification agent(LeaseId lease, String secret) {
        return given().header(WireTypes.LEASE_HEADER, lease.toString()).header("Authorization", "Bearer " + secret);
    }

    private static ImageFile kernel(DesiredVm order) {
        return Objects.requireNonNull(order.image().content().kernel());
    }

    @Test
    void agent_getsTheFilesOfTheVmsOnItsLease_wholeAndInParts() {
        // Given
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord lease = world.leaseOf(vm);
        try (TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease))) {
            ImageFile kernel = kernel(agent.toRun(vm));
            // When / Then
            byte[] whole = agent(lease.id(), agent.welcome().secret())
                    .get(FILE, kernel.sha256())
                    .then()
                    .statusCode(200)
                    .header("ETag", "\"" + kernel.sha256() + "\"")
                    .header("Content-Length", Long.toString(kernel.bytes()))
                    .extract()
                    .asByteArray();
            assertThat(whole).hasSize((int) kernel.bytes());
            agent(lease.id(), agent.welcome().secret())
                    .header("Range", "bytes=10-")
                    .get(FILE, kernel.sha256())
                    .then()
                    .statusCode(206)
                    .header("Content-Range", "bytes 10-31/32");
            agent(lease.id(), agent.welcome().secret())
                    .header("Range", "bytes=32-")
                    .get(FILE, kernel.sha256())
                    .then()
                    .statusCode(416);
            agent(lease.id(), agent.welcome().secret())
                    .head(FILE, kernel.sha256())
                    .then()
                    .statusCode(200)
                    .header("Content-Length", "32");
        }
    }

    @Test
    void whoeverIsNotTheLeasesAgent_orAsksForAnotherFile_getsNothing() {
        // Given
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord lease = world.leaseOf(vm);
        VmId anothers = world.asksForScheduledVm("bob");
        LeaseRecord anothersLease = world.leaseOf(anothers);
        try (TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease));
                TestAgent other = world.startsJobOf(anothersLease).joins(world.tokenOf(anothersLease))) {
            String kernel = kernel(agent.toRun(vm)).sha256();
            String secret = agent.welcome().secret();

            // When / Then
            given().get(FILE, kernel).then().statusCode(401);
            given().header("Authorization", "Bearer " + secret)
                    .get(FILE, kernel)
                    .then()
                    .statusCode(401);
            agent(lease.id(), other.welcome().secret()).get(FILE, kernel).then().statusCode(401);
            agent(lease.id(), "").get(FILE, kernel).then().statusCode(401);
            agent(lease.id(), secret).get(FILE, "0".repeat(64)).then().statusCode(404);
            agent(lease.id(), secret).get(FILE, "..%2f..%2fetc%2fpasswd").then().statusCode(404);

            // When
            agent.reportsEnd(vm, 1, StopReason.GUEST, "off");
            world.vmBecomes(vm, Phase.STOPPED);

            // Then
            agent(lease.id(), secret).get(FILE, kernel).then().statusCode(404);
        }
    }
}
