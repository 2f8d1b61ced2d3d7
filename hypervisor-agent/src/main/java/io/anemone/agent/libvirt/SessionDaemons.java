package io.anemone.agent.libvirt;

import io.anemone.agent.AgentConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The job's own libvirtd and virtlogd, below the job's directory. They are children of the agent, not of libvirt's
 * client library: so that they get an environment of their own (without secrets, with XDG directories that no other
 * job shares: an HPC home is shared by all nodes) and can be ended for certain.
 */
public final class SessionDaemons implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(15);
    private static final Duration END_LIMIT = Duration.ofMillis(500);

    private final List<String> launcher;
    private final Path runtime;
    private final Map<String, String> directories;
    private @Nullable Process logDaemon;
    private @Nullable Process daemon;
    private boolean closed;

    /** @param run, config, cache, data the four XDG directories; they exist */
    public SessionDaemons(Path run, Path config, Path cache, Path data) {
        this(List.of(), run, config, cache, data);
    }

    /** @param launcher put before the daemons' commands: root's own libvirtd would be the node's, so tests change user */
    SessionDaemons(List<String> launcher, Path run, Path config, Path cache, Path data) {
        this.launcher = List.copyOf(launcher);
        this.runtime = run.resolve("libvirt");
        this.directories = Map.of(
                "XDG_RUNTIME_DIR", run.toString(),
                "XDG_CONFIG_HOME", config.toString(),
                "XDG_CACHE_HOME", cache.toString(),
                "XDG_DATA_HOME", data.toString());
    }

    /** For libvirt's client: this daemon and no other. */
    public String uri() {
        return "qemu:///session?socket=" + runtime.resolve("libvirt-sock");
    }

    /** Starts what does not run. One that an earlier agent of the job left is used as it is. */
    public synchronized void ensure() {
        if (closed) {
            return;
        }
        try {
            Files.createDirectories(runtime);
            if (running("virtlogd.pid", "virtlogd").isEmpty()) {
                logDaemon = start("virtlogd");
            }
            if (running("libvirtd.pid", "libvirtd").isEmpty()) {
                // A dead daemon leaves its socket behind, which would look like the new one's.
                Files.deleteIfExists(runtime.resolve("libvirt-sock"));
                daemon = start("libvirtd");
                awaitSocket(daemon);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends both daemons, and every guest process that is still there. */
    @Override
    public synchronized void close() {
        closed = true;
        List<ProcessHandle> all = Stream.of(
                        child(daemon),
                        child(logDaemon),
                        running("libvirtd.pid", "libvirtd"),
                        running("virtlogd.pid", "virtlogd"))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        // Nothing of theirs is kept, so there is nothing to shut down in order; the scheduler's kill wait is short.
        guests().forEach(ProcessHandle::destroyForcibly);
        all.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(all);
    }

    /** Started outside the daemon's control by libvirt; it notes each one's process id. */
    private List<ProcessHandle> guests() {
        Path notes = runtime.resolve("qemu").resolve("run");
        if (!Files.isDirectory(notes)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(notes)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pid"))
                    .map(name -> running("qemu/run/" + name, "qemu-system-x86_64"))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process that a pid file names, if it is alive and really the program: a pid may be another's by now. */
    private Optional<ProcessHandle> running(String pidFile, String program) {
        try {
            long pid = Long.parseLong(Files.readString(runtime.resolve(pidFile)).strip());
            String comm = Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                    .strip();
            // The kernel cuts names at 15 characters.
            return program.startsWith(comm) ? ProcessHandle.of(pid) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Process start(String program) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program)
                .redirectErrorStream(true)
                .redirectOutput(runtime.resolve(program + ".log").toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("ANEMONE_"));
        environment.remove(AgentConfig.TOKEN_VARIABLE);
        environment.putAll(directories);
        environment.put("PATH", environment.getOrDefault("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin");
        // The search path that counts for starting it is this process's own.
        List<String> command = new ArrayList<>(launcher);
        command.add(find(program));
        builder.command(command);
        return builder.start();
    }

    private static String find(String program) throws IOException {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(program + " is not installed on this node"))
                .toString();
    }

    private void awaitSocket(Process process) throws IOException {
        Path socket = runtime.resolve("libvirt-sock");
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            // The pid file is written before the socket listens; the client's tries cover the rest.
            if (Files.exists(socket)) {
                return;
            }
            try {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while libvirtd started", e);
            }
        }
        throw new IOException("libvirtd did not start: see " + runtime.resolve("libvirtd.log"));
    }

    private static Optional<ProcessHandle> child(@Nullable Process process) {
        return process == null || !process.isAlive() ? Optional.empty() : Optional.of(process.toHandle());
    }

    private static void awaitEnd(List<ProcessHandle> processes) {
        long end = System.nanoTime() + END_LIMIT.toNanos();
        for (ProcessHandle process : processes) {
            try {
                process.onExit().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                // Killed already; a slow init only reaps it late.
                continue;
            }
        }
    }
}
