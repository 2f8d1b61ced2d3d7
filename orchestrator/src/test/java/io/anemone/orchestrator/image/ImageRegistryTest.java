package io.anemone.orchestrator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.anemone.orchestrator.image.inspection.HostileFiles;
import io.anemone.orchestrator.image.inspection.Qcow2Builder;
import io.anemone.orchestrator.testing.Api;
import io.anemone.orchestrator.testing.Orchestrators;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class ImageRegistryTest {

    private static final String CONTENT = "/images/{id}/revisions/{revision}/files/{role}";
    private static final String REVISION = "/images/{id}/revisions/{revision}";

    @Inject
    Orchestrators others;

    @Inject
    Upkeep upkeep;

    @Inject
    ImageStorage storage;

    @ConfigProperty(name = "anemone.images.imports.from")
    List<String> sources;

    /** An image that is being made: its id and the number of its revision. */
    private record Begun(String account, String id, int revision) {
        ValidatableResponse sends(int offset, byte[] piece) {
            return Api.as(account)
                    .contentType(UploadResource.PIECE)
                    .header(UploadResource.OFFSET, offset)
                    .body(piece)
                    .patch(CONTENT, id, revision, "disk")
                    .then();
        }

        String state() {
            Response answer = Api.as(account).get("/images/" + id);
            // An image without revisions is none.
            if (answer.statusCode() == 404) {
                return "DELETED";
            }
            List<Map<String, Object>> revisions = answer.path("revisions");
            return revisions.stream()
                    .filter(each -> Integer.valueOf(revision).equals(each.get("revision")))
                    .map(each -> each.get("state") + " " + each.get("message"))
                    .findFirst()
                    .orElse("DELETED");
        }

        Begun becomes(String state) {
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> assertThat(state()).startsWith(state));
            return this;
        }

        ValidatableResponse does(String action) {
            return Api.as(account)
                    .post(REVISION + "/actions/" + action, id, revision)
                    .then();
        }

        ValidatableResponse deleted() {
            return Api.as(account).delete(REVISION, id, revision).then();
        }
    }

    private static Map<String, Object> request(String name, Map<String, Object> file) {
        Map<String, Object> disk = new HashMap<>(file);
        disk.put("role", "disk");
        return new HashMap<>(Map.of(
                "name",
                name,
                "defaultUser",
                "someone",
                "diskFormat",
                "qcow2",
                "minMemoryMiB",
                64,
                "files",
                List.of(disk)));
    }

    private static Response post(String account, Map<String, Object> request) {
        return Api.as(account).contentType(ContentType.JSON).body(request).post("/images");
    }

    private static Begun begin(String account, Map<String, Object> request) {
        Response answer = post(account, request);
        answer.then().statusCode(201);
        return new Begun(account, answer.path("id"), answer.path("revisions[0].revision"));
    }

    private static Begun begin(String account, String name, byte[] disk) {
        return begin(account, request(name, Map.of("bytes", disk.length)));
    }

    private static Begun uploaded(String account, String name, byte[] disk) {
        Begun begun = begin(account, name, disk);
        begun.sends(0, disk).statusCode(204);
        return begun;
    }

    private static byte[] disk(String text) {
        return new Qcow2Builder().data(text).bytes();
    }

    private static Response launch(String account, String image) {
        return Api.as(account)
                .contentType(ContentType.JSON)
                .body(Map.of("name", "guest", "image", image, "flavor", "micro", "path", "scheduled"))
                .post("/vms");
    }

    @Test
    void uploadInPieces_isTakenUpWhereItBroke_andBootsOnceItIsChecked() {
        // Given
        byte[] disk = disk("in pieces");
        Begun begun = begin("alice", request("pieces", Map.of("bytes", disk.length, "sha256", Sha256.of(disk))));

        // When
        begun.sends(0, Arrays.copyOf(disk, 1000)).statusCode(204).header(UploadResource.OFFSET, "1000");
        begun.sends(0, Arrays.copyOf(disk, 1000)).statusCode(409).body("code", equalTo("UPLOAD_OFFSET"));
        begun.sends(2000, new byte[10]).statusCode(409);
        Api.as("alice")
                .head(CONTENT, begun.id(), begun.revision(), "disk")
                .then()
                .statusCode(200)
                .header(UploadResource.OFFSET, "1000")
                .header(UploadResource.LENGTH, String.valueOf(disk.length));
        launch("alice", "alice/pieces").then().statusCode(422).body("code", equalTo("UNKNOWN_IMAGE"));
        begun.sends(1000, Arrays.copyOfRange(disk, 1000, disk.length)).statusCode(204);

        // Then
        begun.becomes("ACTIVE");
        Api.as("alice")
                .get("/images/" + begun.id())
                .then()
                .body("current", equalTo(1))
                .body("visibility", equalTo("PRIVATE"))
                .body("revisions[0].virtualBytes", equalTo(1 << 30))
                .body("revisions[0].files[0].sha256", equalTo(Sha256.of(disk)));
        launch("alice", "alice/pieces").then().statusCode(202).body("image", equalTo("alice/pieces@1"));
        begun.sends(disk.length, new byte[1]).statusCode(409).body("code", equalTo("IMAGE_WRONG_STATE"));
    }

    @Test
    void whatArrivedDamaged_isRefused() {
        byte[] disk = disk("damaged");
        Begun begun = begin("alice", request("damaged", Map.of("bytes", disk.length, "sha256", "0".repeat(64))));

        begun.sends(0, disk).statusCode(204);

        begun.becomes("REFUSED The disk arrived with another SHA-256");
        launch("alice", "alice/damaged@1").then().statusCode(422);
    }

    @Test
    void hostileDisk_isRefusedWithAReason_andNothingOfItIsKept() throws IOException {
        byte[] disk = new Qcow2Builder().backing("/etc/passwd").bytes();

        Begun begun = uploaded("alice", "hostile", disk).becomes("REFUSED The disk has a backing file");

        assertThat(storage.blob(Sha256.of(disk))).isEmpty();
        upkeep.tidy();
        assertThat(storage.parts()).isEmpty();
        launch("alice", "alice/hostile@1").then().statusCode(422);
        begun.does("make-current").statusCode(409).body("code", equalTo("IMAGE_WRONG_STATE"));
    }

    @Test
    void moreThanWasDeclared_isNotTaken() {
        Begun begun = begin("alice", "small", new byte[512]);

        begun.sends(0, new byte[513]).statusCode(400);
        begun.sends(512, new byte[1]).statusCode(400);
        begun.deleted().statusCode(204);
    }

    @Test
    void anothersPrivateImage_isAsAbsentAsOneThatNeverWas() {
        // Given
        Begun begun = uploaded("alice", "secret", disk("secret")).becomes("ACTIVE");
        Begun asBob = new Begun("bob", begun.id(), begun.revision());

        // When / Then
        Api.as("bob").get("/images/" + begun.id()).then().statusCode(404);
        Api.as("bob").get("/images").then().body("items.name", not(hasItem("alice/secret")));
        asBob.sends(0, new byte[1]).statusCode(404);
        asBob.deleted().statusCode(404);
        asBob.does("deprecate").statusCode(404);
        launch("bob", "alice/secret")
                .then()
                .statusCode(422)
                .body("code", equalTo("UNKNOWN_IMAGE"))
                .body("detail", not(containsString("alice/secret,")));

        // When it is shared with a project that both are in
        share("alice", begun.id(), Map.of("visibility", "project", "project", "climate"))
                .statusCode(200);

        // Then
        launch("bob", "alice/secret").then().statusCode(202);
        asBob.deleted().statusCode(404);
        share("alice", begun.id(), Map.of("visibility", "project", "project", "others"))
                .statusCode(400);
        share("alice", begun.id(), Map.of("visibility", "public")).statusCode(403);
        share("olga", begun.id(), Map.of("visibility", "public")).statusCode(200);
        Api.as("bob").get("/images").then().body("items.name", hasItem("alice/secret"));
        share("alice", begun.id(), Map.of("visibility", "private")).statusCode(200);
        launch("bob", "alice/secret").then().statusCode(422);
    }

    private static ValidatableResponse share(String account, String id, Map<String, String> body) {
        return Api.as(account)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/images/{id}/actions/share", id)
                .then();
    }

    @Test
    void newRevision_isCurrent_untilItIsRolledBackOrDeprecated() {
        // Given
        Begun first = uploaded("alice", "rolling", disk("first")).becomes("ACTIVE");
        String pinned = launch("alice", "alice/rolling").path("id");
        Begun second = uploaded("alice", "rolling", disk("second")).becomes("ACTIVE");
        assertThat(second.id()).isEqualTo(first.id());

        // When / Then
        launch("alice", "alice/rolling").then().body("image", equalTo("alice/rolling@2"));
        first.does("make-current").statusCode(200).body("current", equalTo(1));
        launch("alice", "alice/rolling").then().body("image", equalTo("alice/rolling@1"));
        launch("alice", "alice/rolling@2").then().body("image", equalTo("alice/rolling@2"));
        first.does("deprecate").statusCode(200).body("current", equalTo(2));
        launch("alice", "alice/rolling@1").then().statusCode(202);
        launch("alice", "alice/rolling@3").then().statusCode(422);
        Api.as("alice").get("/vms/" + pinned).then().body("image", equalTo("alice/rolling@1"));
    }

    @Test
    void deletedWhileAVmNeedsIt_keepsItsFilesUntilTheVmIsOver() throws IOException {
        // Given
        byte[] disk = disk("in use");
        Begun begun = uploaded("alice", "used", disk).becomes("ACTIVE");
        String vm = launch("alice", "alice/used").path("id");

        // When
        begun.deleted().statusCode(204);
        begun.deleted().statusCode(204);
        upkeep.tidy();

        // Then
        launch("alice", "alice/used").then().statusCode(422);
        launch("alice", "alice/used@1").then().statusCode(422);
        assertThat(storage.blob(Sha256.of(disk))).isPresent();

        // When
        Api.as("alice").delete("/vms/" + vm);
        others.execute(
                "update vm set phase = 'STOPPED', stop_reason = 'USER', outcome_kind = null where id = '" + vm + "'");
        upkeep.tidy();

        // Then
        assertThat(storage.blob(Sha256.of(disk))).isEmpty();
    }

    @Test
    void sameContentTwice_isKeptOnce_andStaysWhileOneNeedsIt() throws IOException {
        // Given
        byte[] disk = disk("twice");
        Begun hers = uploaded("alice", "twice", disk).becomes("ACTIVE");
        uploaded("bob", "twice", disk).becomes("ACTIVE");

        // When
        hers.deleted().statusCode(204);
        upkeep.tidy();

        // Then
        assertThat(storage.blob(Sha256.of(disk))).isPresent();
        launch("bob", "bob/twice").then().statusCode(202);
    }

    @Test
    void moreThanTheQuota_isRefused() {
        post("bob", request("huge", Map.of("bytes", 9 << 20)))
                .then()
                .statusCode(422)
                .body("code", equalTo("IMAGE_QUOTA"));
    }

    @Test
    void goldenImage_isTheOperatorsToMake_andHasNoOwnerInItsName() {
        Map<String, Object> golden = request("site-made", Map.of("bytes", 512));
        golden.put("tier", "golden");

        post("alice", golden).then().statusCode(403);
        post("olga", golden)
                .then()
                .statusCode(201)
                .body("name", equalTo("site-made"))
                .body("tier", equalTo("GOLDEN"));
        golden.put("name", "micro");
        post("olga", golden).then().statusCode(400).body("detail", containsString("image directory"));
    }

    @Test
    void kernelAndInitrd_areUploadedApart() {
        // Given
        byte[] kernel = HostileFiles.kernel(4096, 8192);
        byte[] initrd = new byte[512];
        initrd[0] = 0x1f;
        initrd[1] = (byte) 0x8b;
        Map<String, Object> request = new HashMap<>(Map.of(
                "name",
                "booting",
                "defaultUser",
                "root",
                "cmdline",
                "console=ttyS0",
                "files",
                List.of(
                        Map.of("role", "kernel", "bytes", kernel.length),
                        Map.of("role", "initrd", "bytes", initrd.length))));

        // When
        Begun begun = begin("alice", request);
        piece(begun, "initrd", initrd);
        assertThat(begun.state()).startsWith("RECEIVING");
        piece(begun, "kernel", kernel);

        // Then
        begun.becomes("ACTIVE");
    }

    private static void piece(Begun begun, String role, byte[] bytes) {
        Api.as(begun.account())
                .contentType(UploadResource.PIECE)
                .header(UploadResource.OFFSET, 0)
                .body(bytes)
                .patch(CONTENT, begun.id(), begun.revision(), role)
                .then()
                .statusCode(204);
    }

    @Test
    void importFromAnAllowedDirectory_isFetchedAndChecked() throws IOException {
        // Given
        Path inbox = Path.of(sources.getFirst());
        Files.write(inbox.resolve("good.qcow2"), disk("imported"));

        // When / Then
        begin("alice", request("imported", Map.of("source", inbox + "/good.qcow2")))
                .becomes("ACTIVE");
        launch("alice", "alice/imported").then().statusCode(202);
    }

    @Test
    void importOfWhatIsNoRegularFile_orLeadsOutOfTheDirectory_isRefused() throws IOException, InterruptedException {
        // Given
        Path inbox = Path.of(sources.getFirst());
        Path outside = Files.write(Files.createTempDirectory("outside").resolve("secret"), disk("outside"));
        Files.createSymbolicLink(inbox.resolve("link"), outside);
        Files.createSymbolicLink(inbox.resolve("away"), outside.getParent());
        Files.createDirectory(inbox.resolve("directory"));
        new ProcessBuilder("mkfifo", inbox.resolve("pipe").toString()).start().waitFor();

        // When / Then
        for (String name : List.of("link", "pipe", "directory")) {
            begin("bob", request("odd-" + name, Map.of("source", inbox + "/" + name)))
                    .becomes("REFUSED The source is no regular");
        }
        for (String source : List.of(
                inbox + "/../secret",
                inbox.toString(),
                "/etc/passwd",
                "/dev/zero",
                "relative",
                "file:///etc/passwd",
                "http://localhost:1/allowed-not/x",
                "http://localhost:1/allowed/../x",
                "http://localhost:1/allowed/%2e%2e/x",
                "http://localhost:2/allowed/x",
                "http://localhost:1@evil/allowed/x",
                "json:{\"driver\":\"file\"}")) {
            post("bob", request("odd", Map.of("source", source)))
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("SOURCE_NOT_ALLOWED"));
        }
    }

    @Test
    void linkedDirectoryOnTheWay_isNotFollowed() throws IOException {
        Path inbox = Path.of(sources.getFirst());
        Path outside = Files.createTempDirectory("elsewhere");
        Files.write(outside.resolve("good.qcow2"), disk("elsewhere"));
        Files.createSymbolicLink(inbox.resolve("way"), outside);

        Begun begun = begin("bob", request("way", Map.of("source", inbox + "/way/good.qcow2")));

        assertThat(begun.state()).startsWith("RECEIVING");
        begun.deleted().statusCode(204);
    }

    @Test
    void uploadThatNobodyGoesOnWith_isGivenUp() throws IOException {
        // Given
        Begun begun = begin("bob", "forgotten", new byte[1024]);
        begun.sends(0, new byte[512]).statusCode(204);
        upkeep.tidy();
        assertThat(begun.state()).startsWith("RECEIVING");

        // When
        others.execute("update image_revision set changed_at = now() - interval '25 hours' where state = 'RECEIVING'");
        upkeep.tidy();

        // Then
        assertThat(begun.state()).isEqualTo("DELETED");
        begun.sends(512, new byte[512]).statusCode(409);
    }

    @Test
    void checkOfADeadOrchestrator_isDoneByAnother() {
        // Given: one that claimed it for long, and died
        byte[] disk = disk("orphan");
        Begun begun = begin("alice", "orphan", disk);
        others.another(3600);
        others.execute(
                "update image_revision set claimed_by = (select id from orchestrator where host = 'elsewhere' limit 1),"
                        + " claimed_until = now() + interval '2 seconds' where image_id = '" + begun.id() + "'");

        // When
        begun.sends(0, disk).statusCode(204);

        // Then
        begun.becomes("ACTIVE");
    }

    @Test
    void siteImageWithOtherContent_isAnotherRevision() {
        @Nullable Integer current = Api.as("alice").get("/images").path("items.find { it.name == 'micro' }.current");

        assertThat(current).isEqualTo(1);
        launch("alice", "micro@1").then().statusCode(202);
        launch("alice", "micro@2").then().statusCode(422);
    }
}
