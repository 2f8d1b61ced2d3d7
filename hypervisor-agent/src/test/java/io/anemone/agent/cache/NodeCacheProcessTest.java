package io.anemone.agent.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache between processes, as agents are: some are killed, some belong to other accounts. */
@SuppressWarnings("NullAway.Init") // before each test
class NodeCacheProcessTest {

    private static final int SIZE = 20 << 20;

    /** Slow enough that others come while one copies: 20 MiB in about two seconds. */
    private static final String RATE = Integer.toString(10 << 20);

    @TempDir
    Path directory;

    private Path content;
    private Path opened;
    private Blob blob;
    private final List<Process> running = new ArrayList<>();

    @BeforeEach
    void makeContent() throws IOException {
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        content = Files.write(directory.resolve("content"), bytes);
        blob = TestSource.blobOf(bytes);
        opened = Files.createFile(directory.resolve("opened"));
        // Other accounts come through, as they do on a node.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(opened, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    @AfterEach
    void endAll() {
        running.forEach(Process::destroyForcibly);
    }

    private Path node(String name) throws IOException {
        Path node = Files.createDirectories(directory.resolve(name));
        // Like /tmp; Java has no name for the sticky bit.
        Files.setAttribute(node, "unix:mode", 01777);
        return node;
    }

    private Process agent(Path node, String rate, List<String> before, Stream<String> vms) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                CacheProcess.class.getName(),
                node.toString(),
                content.toString(),
                blob.sha256(),
                opened.toString(),
                rate));
        vms.forEach(command::add);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        running.add(process);
        return process;
    }

    private static List<String> answers(Process agent) throws IOException, InterruptedException {
        String text = new String(agent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).isZero();
        return text.lines().toList();
    }

    private List<Long> offsets() throws IOException {
        return Files.readAllLines(opened).stream()
                .map(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .toList();
    }

    @Test
    void thirtyVmsOfSixAgentsOnThreeNodes_copyOnceForEachNode() throws Exception {
        List<Process> agents = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            agents.add(agent(
                    node("n" + i % 3), RATE, List.of(), IntStream.range(0, 5).mapToObj(vm -> number + "-" + vm)));
        }

        List<String> told = new ArrayList<>();
        for (Process agent : agents) {
            told.addAll(answers(agent));
        }

        assertThat(told).hasSize(30).allSatisfy(line -> assertThat(line).contains(" true "));
        assertThat(told.stream().filter(line -> line.contains("COPIED"))).hasSize(3);
        assertThat(offsets()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void killedWhileItCopied_anotherThatWaitsTakesOver_andGoesOnWhereItWas() throws Exception {
        Path node = node("n1");
        Process killed = agent(node, RATE, List.of(), Stream.of("killed"));
        Awaitility.await().until(() -> partialBytes(node) > SIZE / 4);
        Process waiting = agent(node, RATE, List.of(), Stream.of("waiting"));
        Awaitility.await().until(() -> Files.exists(node.resolve("job-waiting")));

        killed.destroyForcibly().waitFor();

        assertThat(answers(waiting)).singleElement().asString().contains("COPIED true");
        assertThat(offsets()).hasSize(2).satisfies(at -> {
            assertThat(at.getFirst()).isZero();
            assertThat(at.getLast()).isGreaterThan(SIZE / 4);
        });
    }

    private static long partialBytes(Path node) throws IOException {
        Path partials =
                node.resolve("cache-" + Files.getOwner(Path.of("/proc/self")).getName() + "/partial");
        if (!Files.isDirectory(partials)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(partials)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    // What follows starts processes of other accounts, which only root can.

    private static List<String> as(String account) {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        return List.of("setpriv", "--reuid", account, "--regid", "65534", "--clear-groups", "--");
    }

    @Test
    void agentsOfOtherAccounts_readWhatRootKeeps_andCannotChangeIt() throws Exception {
        Assumptions.assumeTrue(readableForAll(), "other accounts cannot read the classes");
        Path node = node("n1");
        assertThat(answers(agent(node, RATE, List.of(), Stream.of("root"))))
                .singleElement()
                .asString()
                .contains("COPIED true");

        assertThat(answers(agent(node, RATE, as("nobody"), Stream.of("nobody"))))
                .singleElement()
                .asString()
                .contains("CACHED true");

        Path entry = node.resolve("cache-root/public").resolve(blob.sha256());
        for (String attack : List.of(
                "echo x >>" + entry,
                "rm -f " + entry,
                "mv " + node.resolve("cache-root") + " " + node.resolve("x"),
                "ls " + entry.getParent(),
                "touch " + node.resolve("cache-root/locks/content"))) {
            List<String> command = new ArrayList<>(as("nobody"));
            command.addAll(List.of("sh", "-c", attack));
            assertThat(new ProcessBuilder(command).start().waitFor()).as(attack).isNotZero();
        }
        assertThat(Digest.matches(entry, blob)).isTrue();
    }

    @Test
    void whatNobodyKeeps_isTrustedByNobodyElse() throws Exception {
        Assumptions.assumeTrue(readableForAll(), "other accounts cannot read the classes");
        Path node = node("n1");
        assertThat(answers(agent(node, RATE, as("nobody"), Stream.of("nobody"))))
                .singleElement()
                .asString()
                .contains("COPIED true");

        assertThat(answers(agent(node, RATE, List.of(), Stream.of("root"))))
                .singleElement()
                .asString()
                .contains("COPIED true");

        assertThat(offsets()).containsExactly(0L, 0L);
    }

    /** The test's classes may be in a home that others cannot enter. */
    private static boolean readableForAll() {
        return Stream.of(System.getProperty("java.class.path").split(":", -1))
                .filter(entry -> entry.endsWith("classes"))
                .map(Path::of)
                .allMatch(NodeCacheProcessTest::openToOthers);
    }

    private static boolean openToOthers(Path path) {
        try {
            for (Path at = path.toAbsolutePath(); at != null; at = at.getParent()) {
                if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void hit_costsNextToNothing() throws Exception {
        Path node = node("n1");
        answers(agent(node, Integer.toString(1 << 30), List.of(), Stream.of("first")));
        NodeCache cache = new NodeCache(
                node, List.of(), new CacheLimits(1L << 30, 0, Duration.ofHours(1), Duration.ofSeconds(1)));
        Path job = Files.createDirectory(node.resolve("job"));
        List<Long> micros = new ArrayList<>();

        for (int i = 0; i < 200; i++) {
            long begun = System.nanoTime();
            cache.hold(blob, new Shelf.Open(), new FileSource(content), job.resolve("image-" + i), CopyWatch.NONE);
            micros.add((System.nanoTime() - begun) / 1000);
        }

        micros.sort(null);
        System.out.println("a hit in the cache takes " + micros.get(100) + " us (median), " + micros.get(190)
                + " us (95 %), the first ones included");
        assertThat(Objects.requireNonNull(micros.get(100))).isLessThan(20_000L);
    }
}
