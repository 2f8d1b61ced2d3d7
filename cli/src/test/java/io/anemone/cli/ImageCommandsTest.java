package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCommandsTest extends CommandTest {

    private static final String SOLVER = """
            {"id": "7d444840-9dc0-41d1-b245-5ffdce74fad2", "name": "researcher/solver", "owner": "researcher",
             "tier": "USER", "visibility": "PRIVATE", "site": false, "current": 2, "description": "The solver",
             "defaultUser": "debian", "minMemoryMiB": 512, "minDiskGiB": 0, "yours": true, "revisions": [
               {"revision": 3, "reference": "researcher/solver@3", "state": "REFUSED",
                "message": "The disk has a backing file.", "virtualBytes": 0, "files": []},
               {"revision": 2, "reference": "researcher/solver@2", "state": "ACTIVE", "virtualBytes": 10737418240,
                "createdAt": "2026-01-01T11:00:00Z",
                "files": [{"role": "disk", "bytes": 1048576, "received": 1048576, "complete": true}]},
               {"revision": 1, "reference": "researcher/solver@1", "state": "ACTIVE", "virtualBytes": 1,
                "createdAt": "2026-01-01T10:00:00Z", "files": []}]}""";

    private static final String PATH = "/api/v1/images/7d444840-9dc0-41d1-b245-5ffdce74fad2";

    @TempDir
    private Path dir;

    @BeforeEach
    void oneImage() {
        site.answers("/images", "{\"items\": [" + SOLVER + "]}");
    }

    @Test
    void show_tellsOfEachRevision() {
        Person.Result result = person.runs("image", "show", "solver");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("researcher/solver@3", "refused", "The disk has a backing file.")
                .contains("active, current", "disk 1.0M", "10G", "private");
    }

    @Test
    void rollback_asksForThatRevision() {
        site.takes("POST", PATH + "/revisions/1/actions/make-current", SOLVER);

        Person.Result result = person.runs("image", "rollback", "researcher/solver@1");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("researcher/solver@1 is current.");
    }

    @Test
    void revisionThatIsNotNamed_orNotThere_isAskedFor() {
        assertThat(person.runs("image", "deprecate", "solver").exit()).isEqualTo(2);
        assertThat(person.runs("image", "deprecate", "solver@9").exit()).isEqualTo(1);
        assertThat(person.runs("image", "delete", "other").exit()).isEqualTo(1);
        assertThat(site.requests("POST")).isEmpty();
        assertThat(site.requests("DELETE")).isEmpty();
    }

    @Test
    void upload_goesOnWhereItBroke_andSaysWhatBecameOfIt() throws IOException {
        // Given: the server has the first four bytes
        Path disk = Files.writeString(dir.resolve("disk.qcow2"), "0123456789", StandardCharsets.US_ASCII);
        String received =
                SOLVER.replaceFirst("\"revision\": 3", "\"revision\": 4").replaceFirst("solver@3", "solver@4");
        site.takes("POST", "/api/v1/images", received);
        site.takes("GET", PATH, received.replaceFirst("REFUSED", "ACTIVE"));
        site.receives(PATH + "/revisions/4/files/disk", "0123");

        // When
        Person.Result result = person.runs(
                "image", "upload", disk.toString(), "--name", "solver", "--format", "qcow2", "--user", "debian");

        // Then
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(site.received()).isEqualTo("0123456789");
        assertThat(result.out()).contains("researcher/solver@4 can be booted.");
        assertThat(site.requests("POST").getFirst().body())
                .contains("84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882")
                .contains("\"bytes\":10");
    }

    @Test
    void refusedImage_isExit1WithTheReason() {
        site.takes("POST", "/api/v1/images", SOLVER);
        site.takes("GET", PATH, SOLVER);

        Person.Result result = person.runs(
                "image",
                "import",
                "https://x.example/d.qcow2",
                "--name",
                "solver",
                "--format",
                "qcow2",
                "--user",
                "debian");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("researcher/solver@3 is refused: The disk has a backing file.");
    }
}
