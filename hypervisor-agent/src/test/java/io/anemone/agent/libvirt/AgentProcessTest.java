package io.anemone.agent.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.agent.Guests;
import io.anemone.agent.link.WireJson;
import io.anemone.agent.stub.StubOrchestrator;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.image.ImageContent;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageTier;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.AgentExit;
import io.anemone.core.wire.DesiredVm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program as a job runs it: its own process, as an ordinary user, with session libvirt and real QEMU. */
class AgentProcessTest {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String TOKEN = "the-join-token";

    private final StubOrchestrator orchestrator;
    private final Path directory;
    private final Path state;
    private final DomainId id = Guests.id();
    private final List<Process> agents = new ArrayList<>();

    AgentProcessTest() throws Exception {
        Session.assumeInstalled();
        orchestrator = new StubOrchestrator(0);
        directory = Session.open(Files.createTempDirectory("anp"));
        state = Session.open(directory.resolve("s"));
    }

    @BeforeEach
    void prepare() throws Exception {
        Path image = Session.open(Session.open(directory.resolve("images")).resolve("sector"));
        Files.write(image.resolve("disk.img"), Guests.obedientBootSector());
        copyClasses(Session.open(directory.resolve("lib")));
    }

    @AfterEach
    void end() throws Exception {
        agents.forEach(Process::destroyForcibly);
        own().forEach(ProcessHandle::destroyForcibly);
        orchestrator.close();
        new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
    }

    /** The classes stand where only their builder may read; the agent runs as somebody else. */
    private void copyClasses(Path lib) throws Exception {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path)) {
                Files.copy(path, lib.resolve(path.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            } else if (Files.isDirectory(path) && !entry.contains("test-classes")) {
                new ProcessBuilder("cp", "-r", entry + "/.", lib.toString())
                        .start()
                        .waitFor();
            }
        }
        new ProcessBuilder("chmod", "-R", "a+rX", lib.toString()).start().waitFor();
    }

    private Process agent() throws IOException {
        List<String> command = new ArrayList<>(Session.launcher());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                directory.resolve("lib") + ":" + directory.resolve("lib") + "/*",
                "io.anemone.agent.Main",
                "lease"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("agent.log").toFile()));
        builder.environment().put("ANEMONE_URL", orchestrator.url().toString());
        builder.environment().put("ANEMONE_LEASE", StubOrchestrator.LEASE);
        builder.environment().put("ANEMONE_JOIN_TOKEN", TOKEN);
        builder.environment().put("ANEMONE_STATE_DIR", state.toString());
        builder.environment()
                .put("ANEMONE_IMAGES_DIR", directory.resolve("images").toString());
        builder.environment().put("SLURM_JOB_ID", "77");
        builder.environment().put("SLURMD_NODENAME", "n1");
        Process process = builder.start();
        agents.add(process);
        return process;
    }

    private void desireVm() {
        ImageDefinition image = new ImageDefinition(
                "sector",
                1,
                "one boot sector",
                new ImageContent(
                        null,
                        null,
                        null,
                        // Of another length it would be another revision's, and fetched.
                        new ImageFile("disk.img", "0".repeat(64), Guests.obedientBootSector().length),
                        ImageContent.DiskFormat.RAW,
                        512),
                "root",
                new ReadinessProbe(ReadinessProbe.Kind.NONE, Guests.READY_LIMIT),
                new ImageNeeds(64, 0, ImageNeeds.Architecture.X86_64),
                ImageTier.GOLDEN);
        DesiredVm vm = new DesiredVm(
                id.vm(),
                1,
                "web-1",
                "me",
                image,
                new VmSize(1, 64),
                List.of(Guests.KEY),
                null,
                null,
                GuestOptions.DEFAULT);
        orchestrator.desire("[" + new WireJson().writeValue(vm) + "]", "[]");
    }

    private JsonNode last() {
        return orchestrator.lastReportOf(id.vm().toString());
    }

    private void awaitPhase(String phase) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(last().path("phase").asText())
                        .as(() -> log())
                        .isEqualTo(phase));
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("agent.log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    /** Processes of this job, wherever they hang in the process tree. */
    private List<ProcessHandle> own() {
        return ProcessHandle.allProcesses()
                .filter(process -> mentions(process, state.toString()))
                .toList();
    }

    private static boolean mentions(ProcessHandle process, String text) {
        return Stream.of("environ", "cmdline")
                .anyMatch(file -> read(process, file).contains(text));
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void agentKilled_itsSuccessorAdoptsTheGuestAndNothingIsLeftAtTheEnd() throws Exception {
        // Given
        desireVm();
        Process first = agent();
        awaitPhase("READY");
        long pid = first.pid();
        assertThat(own().stream().filter(process -> process.pid() != pid))
                .as("libvirtd, virtlogd, QEMU")
                .hasSizeGreaterThanOrEqualTo(3)
                .noneMatch(process -> mentions(process, TOKEN));
        String startedAt = last().path("startedAt").asText();

        // When
        first.destroyForcibly().waitFor();
        Process second = agent();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(last().path("adopted").asBoolean()).isTrue());

        // Then
        assertThat(last().path("startedAt").asText()).isEqualTo(startedAt);
        awaitPhase("READY");

        // When: its owner stops it, and the guest obeys the power button
        orchestrator.desire(
                "[]", "[{\"vm\":\"" + id.vm() + "\",\"attempt\":1,\"reason\":\"USER\",\"graceSeconds\":60}]");
        awaitPhase("ENDED");
        orchestrator.desire("[]", "[]");

        // Then
        assertThat(second.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).as(log()).isEqualTo(AgentExit.DONE.code());
        assertThat(last().path("reason").asText()).isEqualTo("USER");
        assertThat(state.resolve("job-77")).doesNotExist();
        await().atMost(SOON).untilAsserted(() -> assertThat(own()).isEmpty());
    }

    @Test
    void schedulerCancels_guestAndAgentAreGoneAndTheEndIsReported() throws Exception {
        // Given
        desireVm();
        Process agent = agent();
        awaitPhase("READY");

        // When
        agent.destroy();

        // Then
        assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).as(log()).isEqualTo(AgentExit.LEASE_ENDED.code());
        assertThat(last().path("phase").asText()).isEqualTo("ENDED");
        assertThat(state.resolve("job-77")).doesNotExist();
        await().atMost(SOON).untilAsserted(() -> assertThat(own()).isEmpty());
    }
}
