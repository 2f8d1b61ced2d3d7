package io.anemone.orchestrator.agentlink;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.anemone.core.vm.Phase;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.SaveOrder;
import io.anemone.core.wire.WireTypes;
import io.anemone.orchestrator.image.inspection.Qcow2Builder;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.Api;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class SaveImageTest {

    private static final String SAVE = WireTypes.SAVES_PATH + "/{save}";

    @Inject
    World world;

    @BeforeEach
    void room() {
        world.clearsTheNodes();
    }

    private static VmId launched(String account, String image) {
        String id = Api.as(account)
                .contentType(ContentType.JSON)
                .body(Map.of("name", "guest", "image", image, "flavor", "micro", "path", "scheduled"))
                .post("/vms")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        return new VmId(UUID.fromString(id));
    }

    private TestAgent running(VmId vm) {
        LeaseRecord lease = world.leaseOf(vm);
        TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease));
        agent.toRun(vm);
        agent.reports(vm, 1, AgentPhase.READY);
        world.vmBecomes(vm, Phase.READY);
        return agent;
    }

    private static ValidatableResponse saves(String account, VmId vm, String name, @Nullable String key) {
        RequestSpecification request =
                Api.as(account).contentType(ContentType.JSON).body(Map.of("name", name));
        return (key == null ? request : request.header("Idempotency-Key", key))
                .post("/vms/{id}/image", vm.toString())
                .then();
    }

    private static ValidatableResponse saves(String account, VmId vm, String name) {
        return saves(account, vm, name, null);
    }

    private static SaveOrder order(TestAgent agent, VmId vm) {
        return agent
                .desired(all -> all.run().stream().anyMatch(run -> run.asks().save() != null))
                .run()
                .stream()
                .filter(run -> run.vm().equals(vm))
                .map(DesiredVm::asks)
                .map(asks -> Objects.requireNonNull(asks.save()))
                .findFirst()
                .orElseThrow();
    }

    private static RequestSpecification as(TestAgent agent) {
        return given().header(WireTypes.LEASE_HEADER, agent.welcome().lease().toString())
                .header("Authorization", "Bearer " + agent.welcome().secret());
    }

    private static ValidatableResponse tells(TestAgent agent, UUID save, VmId vm, Map<String, Object> more) {
        Map<String, Object> report = new HashMap<>(
                Map.of("vm", vm.toString(), "attempt", 1, "doneBytes", 0, "totalBytes", 0, "quiesced", false));
        report.putAll(more);
        return as(agent)
                .contentType(ContentType.JSON)
                .body(report)
                .post(SAVE, save)
                .then();
    }

    private static ValidatableResponse sends(TestAgent agent, UUID save, int offset, byte[] piece) {
        return as(agent)
                .contentType("application/octet-stream")
                .header(WireTypes.OFFSET_HEADER, offset)
                .body(piece)
                .put(SAVE, save)
                .then();
    }

    private static Map<String, Object> whole(byte[] disk) throws Exception {
        return Map.of(
                "step",
                "SENDING",
                "totalBytes",
                disk.length,
                "sha256",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(disk)));
    }

    private static void becomes(String account, String image, String state) {
        await().atMost(World.PATIENCE)
                .untilAsserted(() -> assertThat(revision(account, image)).startsWith(state));
    }

    private static String revision(String account, String image) {
        List<String> states = Api.as(account).get("/images/" + image).path("revisions.state");
        List<String> messages = Api.as(account).get("/images/" + image).path("revisions.message");
        return states.getFirst() + " " + messages.getFirst();
    }

    private void noted(VmId vm, String note) {
        await().atMost(World.PATIENCE)
                .untilAsserted(() -> assertThat(world.notesOf(vm)).anyMatch(each -> each.contains(note)));
    }

    @Test
    void disk_isBroughtInPieces_checked_andBootsAsItsImageDoes() throws Exception {
        // Given
        byte[] disk = new Qcow2Builder().data("the guest's").bytes();
        VmId vm = launched("alice", "disky");
        try (TestAgent agent = running(vm)) {
            // When
            String image = saves("alice", vm, "mine")
                    .statusCode(202)
                    .body("name", equalTo("alice/mine"))
                    .body("reference", equalTo("alice/mine@1"))
                    .body("state", equalTo("RECEIVING"))
                    .extract()
                    .path("image");
            SaveOrder order = order(agent, vm);

            // Then
            assertThat(order.image()).isEqualTo("alice/mine@1");
            assertThat(order.mostBytes()).isLessThan(8 << 20);
            tells(agent, order.save(), vm, Map.of("step", "COPYING", "doneBytes", 1 << 20, "totalBytes", 4 << 20))
                    .statusCode(200);
            assertThat(revision("alice", image)).contains("1 of 4 MiB");
            Api.as("alice")
                    .get("/vms/" + vm)
                    .then()
                    .body("message", containsString("It is being saved as alice/mine@1."));

            // When
            tells(agent, order.save(), vm, whole(disk)).statusCode(200).header(WireTypes.OFFSET_HEADER, "0");
            sends(agent, order.save(), 0, Arrays.copyOf(disk, 1000)).header(WireTypes.OFFSET_HEADER, "1000");
            sends(agent, order.save(), 0, Arrays.copyOf(disk, 1000)).header(WireTypes.OFFSET_HEADER, "1000");
            tells(agent, order.save(), vm, whole(disk)).statusCode(200).header(WireTypes.OFFSET_HEADER, "1000");
            Api.as("alice")
                    .contentType("application/offset+octet-stream")
                    .header("Upload-Offset", 1000)
                    .body(new byte[1])
                    .patch("/images/{id}/revisions/1/files/disk", image)
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("IMAGE_WRONG_STATE"));
            sends(agent, order.save(), 1000, Arrays.copyOfRange(disk, 1000, disk.length))
                    .statusCode(200)
                    .header(WireTypes.OFFSET_HEADER, String.valueOf(disk.length));

            // Then
            becomes("alice", image, "ACTIVE");
            Api.as("alice")
                    .get("/images/" + image)
                    .then()
                    .body("visibility", equalTo("PRIVATE"))
                    .body("tier", equalTo("USER"))
                    .body("owner", equalTo("alice"))
                    .body("defaultUser", equalTo("someone"))
                    .body("readiness.pattern", equalTo("login"))
                    .body("revisions[0].savedFrom", equalTo(vm.toString()))
                    .body("revisions[0].files.size()", equalTo(2));
            Api.as("bob").get("/images/" + image).then().statusCode(404);
            noted(vm, "its disk is to be saved as image alice/mine@1");
            noted(vm, "as it would be after a power cut");
            noted(vm, "its disk is saved as image alice/mine@1");
            agent.desired(all -> all.run().stream().allMatch(run -> run.asks().save() == null));
            tells(agent, order.save(), vm, whole(disk)).statusCode(404);
            launched("alice", "alice/mine");
        }
    }

    @Test
    void onlyWhoMaySeeTheVm_savesIt_oneAtATime() {
        VmId vm = launched("alice", "disky");
        saves("alice", vm, "early").statusCode(409).body("code", equalTo("WRONG_PHASE"));
        try (TestAgent agent = running(vm)) {
            saves("bob", vm, "stolen").statusCode(404);
            Api.anonymous()
                    .contentType(ContentType.JSON)
                    .body(Map.of("name", "stolen"))
                    .post("/vms/{id}/image", vm.toString())
                    .then()
                    .statusCode(401);
            saves("alice", vm, "No Name").statusCode(400);

            // When
            String image = saves("olga", vm, "byolga", "once")
                    .statusCode(202)
                    .extract()
                    .path("image");

            // Then
            Api.as("alice").get("/images/" + image).then().statusCode(200).body("owner", equalTo("alice"));
            saves("alice", vm, "byolga", "once").statusCode(202).body("image", equalTo(image));
            saves("alice", vm, "other", "once").statusCode(409).body("code", equalTo("IDEMPOTENCY_CONFLICT"));
            saves("alice", vm, "second").statusCode(409).body("code", equalTo("SAVE_UNDER_WAY"));

            // When it is deleted
            SaveOrder order = order(agent, vm);
            Api.as("alice").delete("/images/{id}/revisions/1", image).then().statusCode(204);

            // Then its agent stops, and another may be asked for
            agent.desired(all -> all.run().stream().allMatch(run -> run.asks().save() == null));
            tells(agent, order.save(), vm, Map.of("step", "COPYING")).statusCode(404);
            String second =
                    saves("alice", vm, "second").statusCode(202).extract().path("image");
            Api.as("alice").delete("/images/{id}/revisions/1", second).then().statusCode(204);
        }
    }

    @Test
    void guestThatLivesInItsMemory_hasNothingToSave() {
        VmId vm = launched("alice", "micro");
        try (TestAgent agent = running(vm)) {
            saves("alice", vm, "memory").statusCode(409).body("code", equalTo("NOTHING_TO_SAVE"));
        }
    }

    @Test
    void anotherLeasesAgent_andWhatIsNoDiskOrTooLarge_areRefused() throws Exception {
        byte[] disk = new Qcow2Builder().backing("/etc/passwd").bytes();
        VmId vm = launched("alice", "disky");
        VmId anothers = launched("bob", "disky");
        try (TestAgent agent = running(vm);
                TestAgent other = running(anothers)) {
            String image = saves("alice", vm, "bad").statusCode(202).extract().path("image");
            SaveOrder order = order(agent, vm);

            // When / Then
            tells(other, order.save(), vm, whole(disk)).statusCode(404);
            sends(other, order.save(), 0, disk).statusCode(404);
            given().post(SAVE, order.save()).then().statusCode(401);
            sends(agent, order.save(), 0, disk).statusCode(400);
            tells(agent, order.save(), vm, Map.of("step", "SENDING", "totalBytes", 5, "sha256", "no"))
                    .statusCode(400);
            tells(agent, order.save(), vm, whole(disk)).statusCode(200);
            sends(agent, order.save(), 1, disk).statusCode(400);
            sends(agent, order.save(), 0, disk).statusCode(200);
            becomes("alice", image, "REFUSED The disk has a backing file");
            noted(vm, "its disk is not saved as image alice/bad@1: The disk has a backing file");

            // When
            saves("alice", vm, "bad").statusCode(202);
            tells(
                            agent,
                            order(agent, vm).save(),
                            vm,
                            Map.of("step", "SENDING", "totalBytes", 9 << 20, "sha256", "0".repeat(64)))
                    .statusCode(200);

            // Then
            becomes("alice", image, "REFUSED The disk has");
        }
    }

    @Test
    void nodeThatFails_andVmThatEnds_leaveNothingWaiting() {
        VmId vm = launched("alice", "disky");
        try (TestAgent agent = running(vm)) {
            // When
            String image =
                    saves("alice", vm, "failed").statusCode(202).extract().path("image");
            tells(agent, order(agent, vm).save(), vm, Map.of("step", "FAILED", "message", "no room\non the node"))
                    .statusCode(200);

            // Then
            assertThat(revision("alice", image)).isEqualTo("REFUSED no room on the node.");
            agent.desired(all -> all.run().stream().allMatch(run -> run.asks().save() == null));

            // When
            saves("alice", vm, "failed").statusCode(202);
            order(agent, vm);
            agent.reportsEnd(vm, 1, StopReason.GUEST, "off");
            world.vmBecomes(vm, Phase.STOPPED);

            // Then
            becomes("alice", image, "REFUSED The VM was over");
            saves("alice", vm, "late").statusCode(409).body("code", equalTo("WRONG_PHASE"));
        }
    }
}
