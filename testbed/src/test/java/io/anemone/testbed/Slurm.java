package io.anemone.testbed;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cluster's own commands, asked on the head: what Anemone says is held against them. */
final class Slurm {

    record Job(String id, String user, String state, String node, String name) {}

    private final Box box;

    Slurm(Box box) {
        this.box = box;
    }

    /** Jobs that are not over. */
    List<Job> queue() {
        return box.asRoot("head", "squeue", "--noheader", "--format=%i|%u|%T|%N|%j").lines().stream()
                .map(line -> line.split("\\|", -1))
                .map(f -> new Job(f[0], f[1], f[2], f[3], f[4]))
                .toList();
    }

    /** Names of all jobs that the scheduler remembers: those that are over, too. */
    List<String> names() {
        return box.asRoot("head", "squeue", "--noheader", "--states=all", "--format=%j")
                .lines();
    }

    Optional<Job> queued(String id) {
        return queue().stream().filter(job -> job.id().equals(id)).findFirst();
    }

    void cancel(String id) {
        box.asRoot("head", "scancel", id).ok();
    }

    /** A field of {@code scontrol show job}, e.g. {@code ExitCode}. */
    String field(String id, String field) {
        String shown = box.asRoot("head", "scontrol", "show", "job", id).ok();
        Matcher matcher =
                Pattern.compile("(?:^|\\s)" + Pattern.quote(field) + "=(\\S*)").matcher(shown);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Submits a script that is on the cluster, from the user's home. */
    String submit(String user, String... arguments) {
        String[] command = new String[arguments.length + 2];
        command[0] = "sbatch";
        command[1] = "--parsable";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return box.as(user, "n1", command).ok();
    }

    void partition(String name, String state) {
        box.asRoot("head", "scontrol", "update", "PartitionName=" + name, "State=" + state)
                .ok();
    }
}
