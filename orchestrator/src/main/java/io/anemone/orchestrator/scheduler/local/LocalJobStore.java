package io.anemone.orchestrator.scheduler.local;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.anemone.core.scheduler.JobRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One directory for each job: {@code job.json}, {@code script}, {@code environment.json} (secrets: gone once the job
 * has started), {@code output}, and {@code exit}, which the job's wrapper writes.
 */
final class LocalJobStore {

    private static final TypeReference<Map<String, String>> ENVIRONMENT = new TypeReference<>() {};

    private final Path root;
    private final ObjectMapper json =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    LocalJobStore(Path root) {
        this.root = root;
        makePrivate(root);
    }

    List<LocalJob> load() {
        try (Stream<Path> directories = Files.list(root)) {
            List<LocalJob> jobs = new ArrayList<>();
            for (Path file : directories.map(path -> path.resolve("job.json")).toList()) {
                if (Files.exists(file)) {
                    jobs.add(json.readValue(file.toFile(), LocalJob.class));
                }
            }
            jobs.sort(Comparator.comparingLong(LocalJob::id));
            return jobs;
        } catch (IOException e) {
            throw new UncheckedIOException("The jobs in " + root + " cannot be read", e);
        }
    }

    /** A number that no job had before, not even one that is forgotten by now. */
    long nextId() {
        Path file = root.resolve("last-id");
        try {
            long id = Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) + 1 : 1;
            replace(file, Long.toString(id).getBytes(StandardCharsets.UTF_8));
            return id;
        } catch (IOException | NumberFormatException e) {
            throw new UncheckedIOException(new IOException(file + " cannot be used", e));
        }
    }

    /** The job's files first, its record last: without a record there is no job. */
    void create(LocalJob job, JobRequest request) {
        makePrivate(directory(job));
        try {
            Files.writeString(script(job), request.script());
            Files.setPosixFilePermissions(script(job), PosixFilePermissions.fromString("rwx------"));
            replace(directory(job).resolve("environment.json"), json.writeValueAsBytes(request.environment()));
        } catch (IOException e) {
            throw new UncheckedIOException("Job " + job.id() + " cannot be written down", e);
        }
        save(job);
    }

    void save(LocalJob job) {
        try {
            replace(directory(job).resolve("job.json"), json.writeValueAsBytes(job));
        } catch (IOException e) {
            throw new UncheckedIOException("Job " + job.id() + " cannot be written down", e);
        }
    }

    Map<String, String> environment(LocalJob job) throws IOException {
        return json.readValue(directory(job).resolve("environment.json").toFile(), ENVIRONMENT);
    }

    void forgetEnvironment(LocalJob job) {
        try {
            Files.deleteIfExists(directory(job).resolve("environment.json"));
        } catch (IOException e) {
            throw new UncheckedIOException("The environment of job " + job.id() + " cannot be removed", e);
        }
    }

    /** What the job's script ended with; empty while it runs, and for ever if its wrapper was killed. */
    OptionalInt exitCode(LocalJob job) {
        try {
            Path file = exitFile(job);
            return Files.exists(file)
                    ? OptionalInt.of(Integer.parseInt(Files.readString(file).strip()))
                    : OptionalInt.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    void delete(LocalJob job) {
        try (Stream<Path> files = Files.list(directory(job))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory(job));
        } catch (IOException e) {
            throw new UncheckedIOException("Job " + job.id() + " cannot be removed", e);
        }
    }

    Path directory(LocalJob job) {
        return root.resolve(Long.toString(job.id()));
    }

    Path script(LocalJob job) {
        return directory(job).resolve("script");
    }

    Path output(LocalJob job) {
        return directory(job).resolve("output");
    }

    Path exitFile(LocalJob job) {
        return directory(job).resolve("exit");
    }

    private static void makePrivate(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("The directory of anemone.local.state-dir cannot be made: " + directory, e);
        }
    }

    /** All of it or nothing, whatever happens in between. */
    private static void replace(Path file, byte[] content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, content);
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system of " + file + " cannot replace files atomically", e);
        }
    }
}
