package io.anemone.orchestrator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.image.ReadinessProbe.Kind;
import io.anemone.core.image.ReadinessProbe.OnTimeout;
import io.anemone.core.scheduler.Cluster;
import io.anemone.core.scheduler.NodeView;
import io.anemone.core.scheduler.PartitionView;
import io.anemone.core.vm.GuestNetwork;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Storage;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.wire.Join;
import io.anemone.orchestrator.flavor.FlavorCatalog;
import io.anemone.orchestrator.image.ImageFixtures;
import io.anemone.orchestrator.problem.FieldException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmRequestParserTest {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEq3yIEVGOnbDDjCVVUGzCcQPeYyVnnP3ZgrgHFZdIbp me@home";
    private static final Cluster CLUSTER = new Cluster(
            Instant.EPOCH,
            List.of(node("n1", 4, 3900, "batch", "short"), node("n2", 2, 7800, "batch")),
            List.of(
                    new PartitionView("batch", true, Duration.ofHours(8)),
                    new PartitionView("short", false, Duration.ofMinutes(30)),
                    new PartitionView("forever", false, null)));

    @TempDir
    private Path imageDir;

    private Map<String, String> restricted = Map.of();

    @SuppressWarnings("NullAway.Init") // before each test
    private VmRequestParser parser;

    private VmRequestParser parser(Optional<Cluster> cluster) {
        return new VmRequestParser(
                ImageFixtures.known(imageDir),
                new ImagePolicy(ImageFixtures.config(imageDir, restricted)),
                new FlavorCatalog(Map::of),
                "default"::equals,
                new SiteLimits(() -> cluster, 100),
                new StorageParser(StorageParserTest.config("/scratch")),
                new GuestPolicy(GuestPolicyTest.settings(Map.of())));
    }

    @BeforeEach
    void images() {
        ImageFixtures.write(imageDir, "micro", 128);
        ImageFixtures.write(imageDir, "big", 1024);
        parser = parser(Optional.of(CLUSTER));
    }

    private static NodeView node(String name, int cores, long memory, String... partitions) {
        return new NodeView(name, "idle", true, cores, memory, 0, 0, List.of(partitions));
    }

    /** A request that is good, and what a test changes of it. */
    private static final class Draft {
        private final Map<String, @Nullable Object> fields =
                new HashMap<>(Map.of("name", "solver-1", "image", "micro", "flavor", "small", "path", "scheduled"));

        Draft with(String field, @Nullable Object value) {
            fields.put(field, value);
            return this;
        }

        @SuppressWarnings("unchecked")
        private <T> @Nullable T get(String field) {
            return (@Nullable T) fields.get(field);
        }

        RequestedVm request() {
            return new RequestedVm(
                    get("name"),
                    get("image"),
                    get("flavor"),
                    get("vcpus"),
                    get("memoryMiB"),
                    get("path"),
                    get("walltime"),
                    get("project"),
                    get("partition"),
                    get("pool"),
                    get("sshKeys"),
                    get("userData"),
                    get("labels"),
                    get("readiness"),
                    get("storage"),
                    get("hardware"),
                    get("network"));
        }
    }

    private static Draft good() {
        return new Draft();
    }

    private void refused(Draft draft, ErrorCode code, String field) {
        FieldException refusal =
                catchThrowableOfType(FieldException.class, () -> parser.parse(draft.request(), "alice"));
        assertThat(refusal).as("refusal of %s", field).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal.getMessage())
                .endsWith(".")
                .hasSizeLessThan(500)
                .doesNotContainPattern("[\\p{Cntrl}\\u202A-\\u202E\\u2066-\\u2069]");
    }

    @Test
    void wholeRequest_becomesTheSameSpec() {
        // Given
        Draft draft = good().with("walltime", "PT1H30M")
                .with("project", "climate")
                .with("partition", "batch")
                .with("sshKeys", List.of("  " + KEY + " "))
                .with("userData", "#cloud-config\n")
                .with("labels", Map.of("experiment/run", "reef 7: été, a+b=c@x_y-z/1"));

        // When
        VmSpec spec = parser.parse(draft.request(), "alice");

        // Then
        assertThat(spec)
                .isEqualTo(new VmSpec(
                        "solver-1",
                        "alice",
                        "climate",
                        LaunchPath.SCHEDULED,
                        "micro@1",
                        new VmSize(1, 512),
                        Duration.ofMinutes(90),
                        "batch",
                        null,
                        List.of(KEY),
                        "#cloud-config\n",
                        Map.of("experiment/run", "reef 7: été, a+b=c@x_y-z/1"),
                        new GuestOptions(
                                Hardware.DEFAULT,
                                Storage.NONE,
                                GuestNetwork.DEFAULT,
                                new ReadinessProbe(Kind.SSH, Duration.ofSeconds(60)),
                                "root")));
    }

    @Test
    void restrictedPlace_takesNoUserDataAndNoImageThatGivesRoot() {
        // Given
        ImageFixtures.write(imageDir, "plain", """
                name: plain
                kernel: vmlinuz
                defaultUser: someone
                readiness: {kind: none, timeoutSeconds: 1}
                minMemoryMiB: 128
                """);
        restricted = Map.of("restricted", "static,pool:shared");
        parser = parser(Optional.of(CLUSTER));
        Draft plain = good().with("path", "static").with("image", "plain");

        // When / Then
        refused(good().with("path", "static"), ErrorCode.IMAGE_NOT_ALLOWED, "image");
        refused(plain.with("userData", "#cloud-config"), ErrorCode.IMAGE_NOT_ALLOWED, "userData");
        assertThat(parser.parse(
                                good().with("path", "static")
                                        .with("image", "plain")
                                        .request(),
                                "alice")
                        .image())
                .isEqualTo("plain@1");
        assertThat(parser.parse(good().request(), "alice").image()).isEqualTo("micro@1");
    }

    @Test
    void staticWithoutPool_goesToTheDefaultPool() {
        VmSpec spec = parser.parse(good().with("path", "static").request(), "alice");

        assertThat(spec.pool()).isEqualTo("default");
    }

    @Test
    void ownSize_isTaken() {
        Draft draft = good().with("flavor", null).with("vcpus", 3).with("memoryMiB", 128);

        assertThat(parser.parse(draft.request(), "alice").size()).isEqualTo(new VmSize(3, 128));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "A",
                "a.b",
                "a_b",
                "a b",
                "ä",
                "<b>",
                "a&b",
                "a\"b",
                "a;reboot",
                "$(id)",
                "`id`",
                "a\nb",
                "a\n",
                "a\0b",
                "a\u001bb",
                "a\u202eb",
                "../a",
                "a'b"
            })
    void nameThatIsNoHostName_refused(String name) {
        refused(good().with("name", name), ErrorCode.INVALID_FIELD, "name");
    }

    @Test
    void longNames_refused() {
        refused(good().with("name", "a".repeat(64)), ErrorCode.INVALID_FIELD, "name");
        refused(good().with("name", "a".repeat(1 << 20)), ErrorCode.INVALID_FIELD, "name");
        assertThat(parser.parse(good().with("name", "a".repeat(63)).request(), "alice")
                        .name())
                .hasSize(63);
    }

    @Test
    void missingFields_refusedByName() {
        refused(good().with("name", null), ErrorCode.INVALID_FIELD, "name");
        refused(good().with("image", null), ErrorCode.INVALID_FIELD, "image");
        refused(good().with("path", null), ErrorCode.INVALID_FIELD, "path");
        refused(good().with("flavor", null), ErrorCode.INVALID_FIELD, "flavor");
        refused(good().with("flavor", null).with("vcpus", 1), ErrorCode.INVALID_FIELD, "memoryMiB");
        refused(good().with("flavor", null).with("memoryMiB", 256), ErrorCode.INVALID_FIELD, "vcpus");
        refused(good().with("vcpus", 1), ErrorCode.INVALID_FIELD, "flavor");
    }

    @Test
    void unknownThings_refusedWithACodeOfTheirOwn() {
        refused(good().with("image", "../micro"), ErrorCode.UNKNOWN_IMAGE, "image");
        refused(good().with("flavor", "huge\n"), ErrorCode.UNKNOWN_FLAVOR, "flavor");
        refused(good().with("path", "STATIC"), ErrorCode.INVALID_FIELD, "path");
        refused(good().with("path", "magic\u202e"), ErrorCode.INVALID_FIELD, "path");
        refused(good().with("path", "static").with("pool", "other"), ErrorCode.UNKNOWN_POOL, "pool");
        refused(good().with("partition", "other"), ErrorCode.UNKNOWN_PARTITION, "partition");
    }

    @Test
    void directPath_refusedWithTheWayToGo() {
        FieldException refusal = catchThrowableOfType(
                FieldException.class,
                () -> parser.parse(good().with("path", "direct").request(), "alice"));

        assertThat(refusal.code()).isEqualTo(ErrorCode.PATH_NOT_REQUESTABLE);
        assertThat(refusal).hasMessageContaining("sbatch");
    }

    @ParameterizedTest
    @CsvSource({
        "0,512,vcpus",
        "-1,512,vcpus",
        "1025,512,vcpus",
        "2147483647,512,vcpus",
        "1,0,memoryMiB",
        "1,-512,memoryMiB",
        "1,63,memoryMiB",
        "1,4194305,memoryMiB",
        "1,2147483647,memoryMiB"
    })
    void sizeOutOfRange_refused(int vcpus, int memory, String field) {
        refused(
                good().with("flavor", null).with("vcpus", vcpus).with("memoryMiB", memory),
                ErrorCode.INVALID_FIELD,
                field);
    }

    @Test
    void sizeThatNoSingleNodeHas_refused() {
        Draft draft = good().with("flavor", null);

        refused(draft.with("vcpus", 5).with("memoryMiB", 512), ErrorCode.SIZE_TOO_LARGE, "vcpus");
        refused(draft.with("vcpus", 1).with("memoryMiB", 7561), ErrorCode.SIZE_TOO_LARGE, "memoryMiB");
        // Each node has one of the two, none has both
        refused(draft.with("vcpus", 4).with("memoryMiB", 7500), ErrorCode.SIZE_TOO_LARGE, "memoryMiB");
        // The large node is not in the partition asked for
        refused(
                draft.with("vcpus", 2).with("memoryMiB", 7552).with("partition", "short"),
                ErrorCode.SIZE_TOO_LARGE,
                "memoryMiB");
        assertThat(parser.parse(draft.with("partition", "batch").request(), "alice")
                        .size()
                        .memoryMiB())
                .isEqualTo(7552);
    }

    @Test
    void clusterNotKnownYet_leavesItToTheScheduler() {
        // Given
        parser = parser(Optional.empty());
        Draft draft = good().with("flavor", null)
                .with("vcpus", 1024)
                .with("memoryMiB", 4194304)
                .with("partition", "other")
                .with("walltime", "P300D");

        // When / Then
        assertThat(parser.parse(draft.request(), "alice").partition()).isEqualTo("other");
    }

    @Test
    void clusterListingWithoutNodes_refusesNoSize() {
        parser = parser(Optional.of(new Cluster(Instant.EPOCH, List.of(), CLUSTER.partitions())));

        assertThat(parser.parse(good().with("flavor", "large").request(), "alice")
                        .size()
                        .vcpus())
                .isEqualTo(4);
    }

    @Test
    void lessMemoryThanTheImageNeeds_refused() {
        refused(good().with("image", "big"), ErrorCode.SIZE_TOO_SMALL, "flavor");
        refused(
                good().with("image", "big")
                        .with("flavor", null)
                        .with("vcpus", 1)
                        .with("memoryMiB", 1023),
                ErrorCode.SIZE_TOO_SMALL,
                "memoryMiB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1h",
                "3600",
                "PT0S",
                "PT59S",
                "-PT1H",
                "PT60.5S",
                "P366D",
                "PT99999999999999999999H",
                "P106751991167300D",
                "PT1H\n",
                "<x>",
                "P1Y"
            })
    void walltimeThatIsNone_refused(String walltime) {
        refused(good().with("walltime", walltime), ErrorCode.INVALID_FIELD, "walltime");
    }

    @Test
    void walltimeOverThePartitionsLimit_refused() {
        refused(good().with("walltime", "PT8H1S"), ErrorCode.WALLTIME_TOO_LONG, "walltime");
        refused(good().with("walltime", "PT31M").with("partition", "short"), ErrorCode.WALLTIME_TOO_LONG, "walltime");
        assertThat(parser.parse(good().with("walltime", "PT8H").request(), "alice")
                        .walltime())
                .isEqualTo(Duration.ofHours(8));
    }

    @Test
    void fieldOfAnotherPath_refused() {
        refused(good().with("pool", "default"), ErrorCode.INVALID_FIELD, "pool");
        refused(good().with("path", "static").with("partition", "batch"), ErrorCode.INVALID_FIELD, "partition");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "a b", "a;b", "a\nb", "a\0", "<a>", "$(id)", "é", "a/b"})
    void schedulerNamesWithMoreThanWords_refused(String word) {
        refused(good().with("project", word), ErrorCode.INVALID_FIELD, "project");
        refused(good().with("partition", word), ErrorCode.INVALID_FIELD, "partition");
        refused(good().with("path", "static").with("pool", word), ErrorCode.INVALID_FIELD, "pool");
        refused(good().with("project", "x".repeat(65)), ErrorCode.INVALID_FIELD, "project");
    }

    static Stream<Map<String, String>> badLabels() {
        return Stream.of(
                Map.of("", "v"),
                Map.of("-a", "v"),
                Map.of("a b", "v"),
                Map.of("<a>", "v"),
                Map.of("a\n", "v"),
                Map.of("a\0", "v"),
                Map.of("a".repeat(64), "v"),
                Map.of("k".repeat(1 << 20), "v"));
    }

    @ParameterizedTest
    @MethodSource("badLabels")
    void labelKeyOutOfShape_refused(Map<String, String> labels) {
        refused(good().with("labels", labels), ErrorCode.INVALID_FIELD, "labels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>",
                "a&amp;b",
                "\"",
                "'",
                "a;reboot",
                "$(id)",
                "`id`",
                "a|b",
                "a\nb",
                "a\r",
                "a\0b",
                "a\tb",
                "\u001b[31m",
                "a\u202eb",
                "a\u200bb",
                "a\u2028b",
                "{x}",
                "a\\b",
                "*"
            })
    void labelValueThatMeansMoreThanText_refused(String value) {
        refused(good().with("labels", Map.of("k", value)), ErrorCode.INVALID_FIELD, "labels.k");
    }

    @Test
    void labelsOverTheLimits_refused() {
        // Given
        Map<String, String> many = new HashMap<>();
        IntStream.range(0, 65).forEach(i -> many.put("k" + i, "v"));

        // When / Then
        refused(good().with("labels", many), ErrorCode.INVALID_FIELD, "labels");
        refused(good().with("labels", Map.of("k", "v".repeat(257))), ErrorCode.INVALID_FIELD, "labels.k");
        refused(good().with("labels", Map.of("k", "v".repeat(1 << 20))), ErrorCode.INVALID_FIELD, "labels.k");
        refused(good().with("labels", Collections.singletonMap("k", null)), ErrorCode.INVALID_FIELD, "labels.k");
    }

    @Test
    void sshKeysOverTheLimits_refused() {
        refused(good().with("sshKeys", Collections.nCopies(33, KEY)), ErrorCode.INVALID_FIELD, "sshKeys");
        refused(good().with("sshKeys", List.of(KEY, KEY + "x".repeat(1 << 20))), ErrorCode.INVALID_FIELD, "sshKeys[1]");
        refused(good().with("sshKeys", Collections.singletonList(null)), ErrorCode.INVALID_FIELD, "sshKeys[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", KEY + "\n" + KEY, KEY + "\0", KEY + "\u202e", "command=\"id\" " + KEY})
    void sshKeyThatIsNotOneKey_refused(String line) {
        refused(good().with("sshKeys", List.of(line)), ErrorCode.INVALID_FIELD, "sshKeys[0]");
    }

    @Test
    void userDataOutOfBounds_refused() {
        refused(good().with("userData", "a\0b"), ErrorCode.INVALID_FIELD, "userData");
        refused(good().with("userData", "\ud800"), ErrorCode.INVALID_FIELD, "userData");
        // Bytes count, not characters
        String script = "#!/bin/sh\n";
        int room = 64 * 1024 - script.length();
        refused(good().with("userData", script + "x".repeat(room + 1)), ErrorCode.INVALID_FIELD, "userData");
        refused(good().with("userData", "hello"), ErrorCode.INVALID_FIELD, "userData");
        assertThat(parser.parse(
                                good().with("userData", script + "x".repeat(room))
                                        .request(),
                                "alice")
                        .userData())
                .hasSize(64 * 1024);
    }

    @Test
    void directRequest_getsTheSameChecksButNoneOfTheCluster() {
        // Given
        Join.VmRequest large = direct("big-one", 1024);
        Join.VmRequest bad = direct("Bad Name", 1);

        // When
        VmSpec spec = parser.parseDirect(large, "bob");
        AnemoneException refusal = catchThrowableOfType(AnemoneException.class, () -> parser.parseDirect(bad, "bob"));

        // Then
        assertThat(spec.path()).isEqualTo(LaunchPath.DIRECT);
        assertThat(spec.owner()).isEqualTo("bob");
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_FIELD);
    }

    private static Join.VmRequest direct(String name, int vcpus) {
        return new Join.VmRequest(name, "micro", null, vcpus, 256, null, null, List.of(KEY), null, Map.of());
    }

    private @Nullable ReadinessProbe probe(RequestedReadiness readiness) {
        return parser.parse(good().with("readiness", readiness).request(), "alice")
                .options()
                .readiness();
    }

    @Test
    void accountThatTheKeysAreFor_isTheImages() {
        assertThat(parser.parse(good().request(), "alice").options().user()).isEqualTo("root");
    }

    @Test
    void readiness_isLaidOverWhatTheImageSays() {
        assertThat(parser.parse(good().request(), "alice").options().readiness())
                .isEqualTo(new ReadinessProbe(Kind.SSH, Duration.ofSeconds(60)));
        assertThat(probe(new RequestedReadiness(null, "PT5S", null, "fail")))
                .isEqualTo(new ReadinessProbe(Kind.SSH, Duration.ofSeconds(5), null, OnTimeout.FAIL));
        assertThat(probe(new RequestedReadiness("console", "PT1M", "login: ", null)))
                .isEqualTo(new ReadinessProbe(Kind.CONSOLE, Duration.ofMinutes(1), "login: ", OnTimeout.TELL));
        assertThat(probe(new RequestedReadiness("cloud-init", "PT10M", null, "tell")))
                .isEqualTo(new ReadinessProbe(Kind.CLOUD_INIT, Duration.ofMinutes(10)));
        assertThat(probe(new RequestedReadiness("agent", "PT1M", null, null)))
                .extracting(ReadinessProbe::kind)
                .isEqualTo(Kind.AGENT);
    }

    @ParameterizedTest
    @CsvSource({
        "magic,,,,readiness.kind",
        "SSH,,,,readiness.kind",
        "ssh,soon,,,readiness.timeout",
        "ssh,PT0S,,,readiness.timeout",
        "ssh,PT0.5S,,,readiness.timeout",
        "ssh,P2D,,,readiness.timeout",
        "ssh,PT9223372036854775807S,,,readiness.timeout",
        "ssh,,text,,readiness.pattern",
        "console,,,,readiness.pattern",
        "console,,' ',,readiness.pattern",
        "ssh,,,explode,readiness.onTimeout"
    })
    void badReadiness_isRefusedByItsField(
            @Nullable String kind,
            @Nullable String timeout,
            @Nullable String pattern,
            @Nullable String onTimeout,
            String field) {
        refused(
                good().with("readiness", new RequestedReadiness(kind, timeout, pattern, onTimeout)),
                ErrorCode.INVALID_FIELD,
                field);
    }

    @Test
    void patternThatIsNoLine_isRefused() {
        for (String pattern : List.of("a\nb", "\u001b[2J", "x".repeat(257))) {
            refused(
                    good().with("readiness", new RequestedReadiness("console", null, pattern, null)),
                    ErrorCode.INVALID_FIELD,
                    "readiness.pattern");
        }
    }
}
