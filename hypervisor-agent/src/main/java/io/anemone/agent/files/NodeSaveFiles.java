package io.anemone.agent.files;

import io.anemone.agent.save.SaveFiles;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.AgentMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * In the job's directory, apart from the guest's own files. In system mode QEMU may run as another account, which may write
 * the copy then: nobody can list the directory, and nobody else knows the file's name.
 */
public final class NodeSaveFiles implements SaveFiles {

    private static final Duration TOOL_LIMIT = Duration.ofSeconds(30);
    private static final String NOTE = "save";
    private static final String FROZEN = "frozen";

    private final JobDirectory job;

    public NodeSaveFiles(JobDirectory job) {
        this.job = job;
    }

    @Override
    public Path make(DomainId id, UUID save, long bytes) throws IOException, InterruptedException {
        remove(id);
        Path directory = job.makeForSave(id);
        JobDirectory.write(directory.resolve(NOTE), save.toString());
        Path file = directory.resolve(UUID.randomUUID() + ".qcow2");
        Command.Result result = Command.run(
                TOOL_LIMIT, List.of("qemu-img", "create", "-q", "-f", "qcow2", file.toString(), Long.toString(bytes)));
        if (result.exitCode() != 0) {
            throw new IOException("The node could not make a file for the copy: " + result.output());
        }
        boolean others = job.agentMode() == AgentMode.SYSTEM;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(others ? "rw-rw-rw-" : "rw-------"));
        return file;
    }

    @Override
    public void noteFreeze(DomainId id) throws IOException {
        JobDirectory.write(job.ofSave(id).resolve(FROZEN), "");
    }

    @Override
    public Optional<Begun> begun(DomainId id) throws IOException {
        Path directory = job.ofSave(id);
        try {
            UUID save =
                    UUID.fromString(Files.readString(directory.resolve(NOTE)).strip());
            return Optional.of(new Begun(save, Files.exists(directory.resolve(FROZEN))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException("what was to be saved is not noted as it was written", e);
        }
    }

    @Override
    public void remove(DomainId id) throws IOException {
        JobDirectory.removeTree(job.ofSave(id));
    }

    @Override
    public long room() throws IOException {
        return Files.getFileStore(job.path()).getUsableSpace();
    }
}
