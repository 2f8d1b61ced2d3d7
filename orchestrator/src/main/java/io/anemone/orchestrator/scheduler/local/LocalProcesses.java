package io.anemone.orchestrator.scheduler.local;

import io.anemone.orchestrator.scheduler.local.LocalJob.Run;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes of jobs, as proc(5) tells of them. A job is a session of its own; a process that left the session is
 * still known by {@link #MARK} in its environment, which daemons inherit.
 *
 * <p>Unlike Slurm's cgroup this is no fence against a process that drops both and whose parents are gone.
 */
final class LocalProcesses {

    static final String MARK = "ANEMONE_LOCAL_JOB";

    private static final Path PROC = Path.of("/proc");

    /**
     * Runs {@code $1} and writes its exit code to {@code $2}. It outlives SIGTERM, which goes to the whole session, but
     * by a handler, since an ignored signal would be ignored by the script, too; wait is cut short by it.
     */
    private static final String WRAPPER =
            "trap : TERM; \"$1\" & while :; do wait $!; code=$?; kill -0 $! 2>/dev/null || break; done;"
                    + " echo $code > \"$2.next\" && mv \"$2.next\" \"$2\"";

    private final String node;
    private final String boot;

    /** @param node what jobs are told that their node is called */
    LocalProcesses(String node) {
        this.node = node;
        try {
            this.boot =
                    Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            throw new IllegalStateException("The local scheduler needs Linux with /proc", e);
        }
    }

    /** Starts a job; what an orchestrator started of it and died before it could write that down is ended first. */
    Run start(LocalJobStore store, LocalJob job, Map<String, String> environment, Instant now) throws IOException {
        kill(marked(store, job));
        Files.deleteIfExists(store.exitFile(job));
        ProcessBuilder builder = new ProcessBuilder(
                        "setsid",
                        "/bin/sh",
                        "-c",
                        WRAPPER,
                        "anemone-job",
                        store.script(job).toString(),
                        store.exitFile(job).toString())
                .directory(new File(System.getProperty("user.home")))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(store.output(job).toFile());
        builder.environment().clear();
        builder.environment().put("HOME", System.getProperty("user.home"));
        builder.environment().put("USER", System.getProperty("user.name"));
        builder.environment().put("SLURM_JOB_ID", Long.toString(job.id()));
        builder.environment().put("SLURMD_NODENAME", node);
        builder.environment().putAll(environment);
        builder.environment().put(MARK, mark(store, job));
        long pid = builder.start().pid();
        long tick = stat(pid).map(Stat::startTick).orElse(0L);
        return new Run(pid, tick, boot, now);
    }

    boolean sameBoot(Run run) {
        return run.boot().equals(boot);
    }

    /** Whether the job's wrapper lives: then nothing has happened to the job. */
    boolean leaderLives(Run run) {
        return sameBoot(run)
                && stat(run.pid())
                        .filter(stat -> stat.lives() && stat.startTick() == run.startTick())
                        .isPresent();
    }

    /**
     * Every living process of a job: its session, what carries its mark, and what descends from those. Empty means that
     * nothing of it runs any more.
     */
    Set<Long> of(LocalJobStore store, LocalJob job, Run run) {
        if (!sameBoot(run)) {
            return Set.of();
        }
        Map<Long, Stat> living = living();
        Set<Long> members = new TreeSet<>(session(run, living));
        members.addAll(marked(store, job));
        int before;
        do {
            before = members.size();
            living.forEach((pid, stat) -> {
                if (members.contains(stat.parent())) {
                    members.add(pid);
                }
            });
        } while (members.size() > before);
        return members;
    }

    /**
     * Asks a job to end. As with Slurm, daemons that it started are left to it, so that it can end them in its own
     * order; when its script has ended by itself, they are asked, too.
     */
    void terminate(LocalJobStore store, LocalJob job, Run run) {
        Set<Long> session = sameBoot(run) ? session(run, living()) : Set.of();
        Set<Long> asked = session.isEmpty() ? of(store, job, run) : session;
        asked.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
    }

    void kill(Set<Long> pids) {
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private static Set<Long> session(Run run, Map<Long, Stat> living) {
        Stat leader = living.get(run.pid());
        if (leader != null && leader.startTick() != run.startTick()) {
            // A later process of that pid, with a session of its own perhaps: then ours is gone.
            return Set.of();
        }
        return living.entrySet().stream()
                .filter(entry -> entry.getKey() == run.pid() || entry.getValue().session() == run.pid())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<Long> marked(LocalJobStore store, LocalJob job) {
        byte[] mark = (MARK + "=" + mark(store, job)).getBytes(StandardCharsets.UTF_8);
        return living().keySet().stream().filter(pid -> carries(pid, mark)).collect(Collectors.toSet());
    }

    private static String mark(LocalJobStore store, LocalJob job) {
        return store.directory(job).toAbsolutePath().toString();
    }

    private static Map<Long, Stat> living() {
        Map<Long, Stat> living = new TreeMap<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::parseLong)
                    .forEach(pid -> stat(pid).filter(Stat::lives).ifPresent(stat -> living.put(pid, stat)));
        } catch (IOException e) {
            throw new IllegalStateException("/proc cannot be read", e);
        }
        return living;
    }

    /** Whether one of the process's variables is exactly this. Another account's cannot be read, and is not ours. */
    private static boolean carries(long pid, byte[] variable) {
        byte[] environment;
        try {
            environment = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ"));
        } catch (IOException e) {
            return false;
        }
        int start = 0;
        for (int at = 0; at <= environment.length; at++) {
            if (at == environment.length || environment[at] == 0) {
                if (Arrays.equals(environment, start, at, variable, 0, variable.length)) {
                    return true;
                }
                start = at + 1;
            }
        }
        return false;
    }

    private static Optional<Stat> stat(long pid) {
        try {
            String line =
                    Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            // The second field is the command in parentheses, and may hold anything.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return Optional.of(new Stat(
                    fields[0].charAt(0),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[19])));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Fields 3 (state), 4 (ppid), 6 (session) and 22 (starttime) of proc_pid_stat(5). */
    private record Stat(char state, long parent, long session, long startTick) {

        /** A zombie is dead; its parent may take its time to see that. */
        boolean lives() {
            return state != 'Z' && state != 'X';
        }
    }
}
