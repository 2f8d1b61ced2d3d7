package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VmCreateTest extends CommandTest {

    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample me@here";

    @Test
    void everyOption_isInTheRequest() throws IOException {
        // Given
        Path key = person.file("my.pub", KEY + "\n# a remark\n\n");
        Path userData = person.file("user-data", "#cloud-config\n");

        // When
        Person.Result result = person.runs(
                "vm",
                "create",
                "web",
                "--image",
                "debian-12",
                "--vcpus",
                "2",
                "--memory",
                "2G",
                "--path",
                "static",
                "--walltime",
                "1h30m",
                "--ssh-key",
                key.toString(),
                "--label",
                "a=b",
                "--label",
                "c=d=e",
                "--user-data",
                userData.toString(),
                "--project",
                "lab",
                "--pool",
                "default",
                "--readiness",
                "console",
                "--ready-text",
                "login: ",
                "--ready-within",
                "10m",
                "--ready-or-fail",
                "--firmware",
                "uefi",
                "--tpm",
                "--huge-pages",
                "--publish",
                "80,443",
                "-p",
                "8080",
                "--isolated",
                "--bridge",
                "br0",
                "--idempotency-key",
                "k1");

        // Then
        assertThat(result.exit()).as(result.err()).isZero();
        FakeSite.Request request = site.requests("POST").getFirst();
        assertThat(request.key()).isEqualTo("k1");
        assertThat(Vms.json(request.body())).isEqualTo(Vms.json("""
                {"name": "web", "image": "debian-12", "path": "static", "vcpus": 2, "memoryMiB": 2048,
                 "walltime": "PT1H30M", "project": "lab", "pool": "default", "sshKeys": ["%s"],
                 "labels": {"a": "b", "c": "d=e"}, "userData": "#cloud-config\\n",
                 "readiness": {"kind": "console", "pattern": "login: ", "timeout": "PT10M", "onTimeout": "fail"},
                 "hardware": {"firmware": "uefi", "tpm": true, "hugePages": true},
                 "network": {"ports": [80, 443, 8080], "isolated": true, "bridge": "br0"}}
                """.formatted(KEY)));
        assertThat(result.out()).startsWith("VM web (" + Vms.idOf("web") + ") is PENDING");
    }

    @Test
    void disks_areInTheRequest() {
        person.runs(
                "vm",
                "create",
                "web",
                "--image",
                "debian-12",
                "--flavor",
                "small",
                "--root-size",
                "20G",
                "--scratch",
                "1T",
                "--scratch",
                "5",
                "--volume",
                "results",
                "--share",
                "/a=b/c=in:ro",
                "--share",
                "/d=out");

        assertThat(Vms.json(site.requests("POST").getFirst().body()).path("storage"))
                .isEqualTo(Vms.json("""
                {"rootGiB": 20, "scratchGiB": [1024, 5], "volumes": ["results"],
                 "shares": [{"path": "/a=b/c", "tag": "in", "readOnly": true},
                            {"path": "/d", "tag": "out", "readOnly": false}]}
                """));
    }

    @Test
    void shareOrSizeThatIsNone_isWrongUsage() {
        for (String wrong : new String[] {"--share=/a", "--share==b", "--scratch=much", "--root-size=5M"}) {
            Person.Result result = person.runs("vm", "create", "web", "--image", "micro", "--flavor", "small", wrong);

            assertThat(result.exit()).isEqualTo(2);
        }
        assertThat(site.requests("POST")).isEmpty();
    }

    @Test
    void noKeyNamed_takesThoseInHome() throws IOException {
        person.file(".ssh/id_ed25519.pub", KEY);

        person.runs("vm", "create", "web", "--image", "micro", "--flavor", "small");

        JsonNode body = Vms.json(site.requests("POST").getFirst().body());
        assertThat(body.path("sshKeys").get(0).asText()).isEqualTo(KEY);
        assertThat(body.path("path").asText()).isEqualTo("scheduled");
        assertThat(body.path("flavor").asText()).isEqualTo("small");
    }

    @Test
    void noKeyAnywhere_isSaid() {
        Person.Result result = person.runs("vm", "create", "web", "--image", "micro", "--flavor", "small");

        assertThat(result.exit()).isZero();
        assertThat(result.err()).contains("nobody will be able to log in");
    }

    @Test
    void privateKey_isNeverSent() throws IOException {
        Path key = person.file("id_ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n");

        Person.Result result =
                person.runs("vm", "create", "web", "--image", "micro", "--flavor", "small", "-i", key.toString());

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("is a private key; it was not sent.");
        assertThat(site.requests()).isEmpty();
    }

    @Test
    void lostReply_isAskedAgainUnderTheSameKey() {
        // Given
        site.losesNextReply();

        // When
        Person.Result result = person.runs("vm", "create", "web", "--image", "micro", "--flavor", "small", "-q");

        // Then
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo(Vms.idOf("web") + System.lineSeparator());
        assertThat(site.requests("POST"))
                .hasSize(2)
                .extracting(FakeSite.Request::key)
                .containsOnly(site.requests("POST").getFirst().key());
        assertThat(site.vmCount()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_FIELD, ''",
        "409, IDEMPOTENCY_CONFLICT, use another --idempotency-key",
        "413, REQUEST_TOO_LARGE, ''",
        "422, UNKNOWN_IMAGE, see: anemone image list",
        "422, UNKNOWN_FLAVOR, see: anemone flavor list",
        "422, UNKNOWN_POOL, see: anemone pool list",
        "422, UNKNOWN_PARTITION, see: anemone partition list",
        "422, PATH_NOT_REQUESTABLE, sbatch examples/direct-vm.sbatch",
        "422, SIZE_TOO_LARGE, see: anemone node list",
        "422, WALLTIME_TOO_LONG, see: anemone partition list",
        "503, DATABASE_UNAVAILABLE, try again in a moment",
        "500, INTERNAL, ''"
    })
    void refusal_isExit1WithTheServersSentence(int status, String code, String hint) {
        site.refusesNext(status, code, "It cannot be, because of " + code + ".");

        Person.Result result = person.runs("vm", "create", "web", "--image", "x", "--flavor", "small");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .contains("anemone: It cannot be, because of " + code + ".")
                .contains(hint);
        assertThat(result.out()).isEmpty();
        assertThat(site.requests("POST")).hasSize(1);
    }

    @Test
    void waiting_tellsEachPhaseOnce() {
        // Given
        site.goesThrough(Vms.idOf("web"), "QUEUED", "QUEUED", "BOOTING", "RUNNING", "READY");

        // When
        Person.Result result = person.runs("vm", "create", "--image", "micro", "--flavor", "small", "--wait", "web");

        // Then
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err())
                .containsOnlyOnce("QUEUED")
                .contains("   0.0 s  QUEUED", "   1.0 s  BOOTING", "   2.0 s  READY");
        assertThat(result.out()).contains("is READY").contains("anemone vm ssh web");
    }

    @Test
    void waitingForRunning_doesNotWaitForReady() {
        site.goesThrough(Vms.idOf("web"), "BOOTING", "RUNNING", "READY");

        Person.Result result = person.runs(
                "vm", "create", "web", "--image", "micro", "--flavor", "small", "--wait=running", "-o", "json");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Vms.json(result.out()).path("phase").asText()).isEqualTo("RUNNING");
    }

    @Test
    void vmThatFails_endsTheWaitingWithExit1() {
        site.goesThrough(Vms.idOf("web"), "PREPARING", "FAILED");

        Person.Result result = person.runs("vm", "create", "web", "--image", "micro", "--flavor", "small", "--wait");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("is over and will not be READY: FAILED");
    }

    @Test
    void timeUsedUp_isExit5() {
        site.goesThrough(Vms.idOf("web"), "QUEUED");

        Person.Result result = person.runs(
                "vm", "create", "web", "--image", "micro", "--flavor", "small", "--wait", "--timeout", "1m");

        assertThat(result.exit()).isEqualTo(5);
        assertThat(person.waited()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "--flavor small --vcpus 2",
        "--vcpus 2",
        "--memory 2G",
        "--vcpus 2 --memory lots",
        "--vcpus 1.5 --memory 2G",
        "--flavor small --walltime soon",
        "--flavor small --wait=SOON",
        "--flavor small --no-such-option",
        "--flavor small --user-data /no/such/file",
        "--flavor small --ssh-key /no/such/file"
    })
    void commandLineWithoutSense_isExit2AndSendsNothing(String options) {
        String[] arguments = ("vm create web --image micro " + options).split(" ");

        Person.Result result = person.runs(arguments);

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("anemone: ");
        assertThat(site.requests()).isEmpty();
    }
}
