package io.anemone.cli.papers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

    /** Of a plain machine with one processor: 128 MiB for agent and libvirt, 128 for QEMU. */
    private static final int OVERHEAD_MIB = 256;

    private static final Set<String> FIELDS = Set.of(
            "name",
            "image",
            "flavor",
            "hardware",
            "network",
            "vcpus",
            "memoryMiB",
            "path",
            "walltime",
            "project",
            "partition",
            "pool",
            "sshKeys",
            "userData",
            "labels");

    private Path directory = Path.of("/nonexistent");
    private Path script = directory;

    private record Run(int exit, String output) {}

    /** A home with the examples in it, and programs that stand in for Slurm's and the agent. */
    @BeforeEach
    void home(@TempDir Path temporary) throws IOException {
        directory = temporary;
        Path examples = Files.createDirectories(temporary.resolve("my home/examples"));
        script = Files.copy(Repository.file("examples/direct-vm.sbatch"), examples.resolve("direct-vm.sbatch"));
        Files.copy(Repository.file("examples/vm.yaml"), examples.resolve("vm.yaml"));
        program("agent", "echo \"agent: $*\"; exit 20");
        program("scontrol", "echo \"   Command=$SCRIPT\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"static.json", "scheduled.json"})
    void request_hasFieldsOfTheApi(String name) throws JsonProcessingException {
        JsonNode request = Json.parse(Repository.text("examples/" + name));

        assertThat(request.properties()).extracting(entry -> entry.getKey()).isSubsetOf(FIELDS);
        assertThat(request.path("path").asText() + ".json").isEqualTo(name);
    }

    @Test
    void directJob_asksForTheGuestsMemoryAndTheOverhead() {
        int guest = number("examples/vm.yaml", "memoryMiB: (\\d+)");

        assertThat(number("examples/direct-vm.sbatch", "--mem=(\\d+)M")).isEqualTo(guest + OVERHEAD_MIB);
        assertThat(number("examples/direct-vm.sbatch", "--cpus-per-task=(\\d+)"))
                .isEqualTo(number("examples/vm.yaml", "vcpus: (\\d+)"));
    }

    @Test
    void specBesideTheScript_isFoundThroughTheScheduler() throws Exception {
        Run run = submit(script.toString(), directory);

        assertThat(run.output()).isEqualTo("agent: run " + script.resolveSibling("vm.yaml") + "\n");
        assertThat(run.exit()).isEqualTo(20);
    }

    @Test
    void submitDirectory_isLookedAtWhenTheSchedulerDoesNotSay() throws Exception {
        assertThat(submit("(null)", script.resolveSibling("")).output()).contains("agent: run ");
        assertThat(submit("(null)", directory.resolve("my home")).output()).contains("/examples/vm.yaml");
    }

    @Test
    void specThatIsNowhere_isExit2WithAdvice() throws Exception {
        Run run = submit("(null)", directory);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.output()).contains("There is no vm.yaml").contains("sbatch direct-vm.sbatch my-vm.yaml");
    }

    @Test
    void namedSpec_isTaken() throws Exception {
        Files.writeString(directory.resolve("own.yaml"), "name: own\n");

        assertThat(submit("(null)", directory, "own.yaml").output()).isEqualTo("agent: run own.yaml\n");
        assertThat(submit("(null)", directory, "none.yaml").exit()).isEqualTo(2);
    }

    private Run submit(String command, Path submitDirectory, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(submitDirectory.toFile()).redirectErrorStream(true);
        builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment()
                .put("ANEMONE_AGENT", directory.resolve("bin/agent").toString());
        builder.environment().put("SLURM_JOB_ID", "7");
        builder.environment().put("SLURM_SUBMIT_DIR", submitDirectory.toString());
        builder.environment().put("SCRIPT", command);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    private void program(String name, String body) throws IOException {
        Path file = Files.createDirectories(directory.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static int number(String file, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(Repository.text(file));
        assertThat(matcher.find()).as(pattern).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
