package io.anemone.orchestrator.image.inspection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program over one file that nobody trusts: no network, none of the host's files but /usr and that one, no rights,
 * no writing, and limits on memory, processor, open files and time. It is made of bubblewrap and prlimit(1); where one of
 * them is missing, {@link #missing} says what that leaves open.
 */
public final class Cage {

    private static final int MAX_OUTPUT = 64 * 1024;
    private static final Path BWRAP = Path.of("/usr/bin/bwrap");
    private static final Path UNSHARE = Path.of("/usr/bin/unshare");
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    private static final Duration PROBE = Duration.ofSeconds(10);

    /** How much of anything the program may have. */
    public record Limits(long memoryBytes, Duration cpu, Duration time) {}

    /**
     * How it ended.
     *
     * @param exitCode as a shell tells it; 128 and more for a signal
     * @param inTime   false if its time ran out and it was killed
     */
    public record Outcome(int exitCode, String output, boolean inTime) {}

    private enum Walls {
        /** Its own file system, network, processes and users. */
        BUBBLEWRAP,
        /** The same without a file system of its own. */
        NAMESPACES,
        NONE
    }

    private final Limits limits;
    private final Walls walls;
    private final boolean limited;

    private Cage(Limits limits, Walls walls, boolean limited) {
        this.limits = limits;
        this.walls = walls;
        this.limited = limited;
    }

    /** The best cage that this host gives: each way is tried. */
    public static Cage build(Limits limits) throws InterruptedException {
        boolean limited = Files.isExecutable(PRLIMIT);
        for (Walls walls : List.of(Walls.BUBBLEWRAP, Walls.NAMESPACES)) {
            Cage cage = new Cage(new Limits(limits.memoryBytes(), limits.cpu(), PROBE), walls, limited);
            if (cage.works()) {
                return new Cage(limits, walls, limited);
            }
        }
        return new Cage(limits, Walls.NONE, limited);
    }

    private boolean works() throws InterruptedException {
        try {
            Outcome outcome = run(Path.of("/usr/bin/test"), List.of("-r"), Path.of("/usr/bin/test"));
            return outcome.inTime() && outcome.exitCode() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What this cage does not keep a program from, in words; empty if it is whole. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        switch (walls) {
            case BUBBLEWRAP -> {}
            case NAMESPACES -> missing.add("it can read the host's files (bubblewrap is not there or does not work)");
            case NONE ->
                missing.add(
                        "it can read the host's files and use the network (neither bubblewrap nor" + " unshare work)");
        }
        if (!limited) {
            missing.add("its memory, processor time and writing have no limits (prlimit is not there)");
        }
        return missing;
    }

    /** Runs {@code program arguments... file}. The file has another name in there. */
    public Outcome run(Path program, List<String> arguments, Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (limited) {
            command.addAll(List.of(
                    PRLIMIT.toString(),
                    "--as=" + limits.memoryBytes(),
                    "--cpu=" + Math.max(1, limits.cpu().toSeconds()),
                    "--fsize=0",
                    "--nofile=64",
                    "--core=0",
                    "--"));
        }
        String inside = "/image";
        switch (walls) {
            case BUBBLEWRAP -> command.addAll(bubblewrap(program, file, inside));
            case NAMESPACES -> {
                command.addAll(List.of(
                        UNSHARE.toString(),
                        "--user",
                        "--map-current-user",
                        "--net",
                        "--ipc",
                        "--uts",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--"));
                inside = file.toAbsolutePath().toString();
            }
            case NONE -> inside = file.toAbsolutePath().toString();
        }
        command.add(program.toString());
        command.addAll(arguments);
        command.add(inside);
        return run(command);
    }

    private static List<String> bubblewrap(Path program, Path file, String inside) {
        List<String> command = new ArrayList<>(List.of(
                BWRAP.toString(),
                "--unshare-all",
                "--unshare-user",
                "--uid",
                "65534",
                "--gid",
                "65534",
                "--die-with-parent",
                "--new-session",
                "--cap-drop",
                "ALL",
                "--clearenv",
                "--setenv",
                "PATH",
                "/usr/bin",
                "--ro-bind",
                "/usr",
                "/usr",
                "--symlink",
                "usr/bin",
                "/bin",
                "--symlink",
                "usr/lib",
                "/lib",
                "--symlink",
                "usr/lib64",
                "/lib64",
                "--ro-bind-try",
                "/etc/ld.so.cache",
                "/etc/ld.so.cache",
                "--dev",
                "/dev"));
        if (!program.startsWith("/usr")) {
            command.addAll(List.of("--ro-bind", program.toString(), program.toString()));
        }
        command.addAll(List.of("--ro-bind", file.toAbsolutePath().toString(), inside, "--chdir", "/", "--"));
        return command;
    }

    private Outcome run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> output = new CompletableFuture<>();
            Thread.ofPlatform()
                    .daemon()
                    .name("cage-output")
                    .start(() -> output.complete(read(process.getInputStream())));
            boolean inTime = process.waitFor(limits.time().toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                kill(process);
                process.waitFor();
            }
            // A child that it left behind may hold the pipe open: what has come by then is all that counts
            String said = output.completeOnTimeout("", 2, TimeUnit.SECONDS).join();
            return new Outcome(process.exitValue(), said, inTime);
        } finally {
            kill(process);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String read(InputStream from) {
        try (from) {
            String said = new String(from.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
            from.skip(Long.MAX_VALUE);
            return said;
        } catch (IOException e) {
            return "";
        }
    }
}
