package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A node as its own root sees it. */
final class Node {

    private static final Pattern DOMAIN = Pattern.compile("guest=anemone-([0-9a-f]{8})-");
    static final List<String> NAMES = List.of("n1", "n2", "n3");

    private final Box box;
    private final String name;

    Node(Box box, String name) {
        this.box = box;
        this.name = name;
    }

    /** Process ids of the QEMUs that run this VM, any attempt of it: the one sure sign of a live domain. */
    List<String> guestsOf(String vmId) {
        return pids("guest=anemone-" + vmId.substring(0, 8) + "-");
    }

    List<String> allGuests() {
        return pids("guest=anemone-");
    }

    /** Which VMs' domains run here, by the beginnings of their ids; one that runs twice is in it twice. */
    List<String> running() {
        return box.asRoot(name, "pgrep", "--list-full", "-f", "guest=anemone-").linesIfAny().stream()
                .flatMap(line -> DOMAIN.matcher(line).results())
                .map(match -> match.group(1))
                .toList();
    }

    /** Process ids of the agents that this job started. */
    List<String> agentsOf(String jobId) {
        List<String> found = new ArrayList<>();
        for (String pid : pids("io\\.anemone\\.agent\\.Main")) {
            Ran environment = box.asRoot(name, "cat", "/proc/" + pid + "/environ");
            if (List.of(environment.out().split("\0")).contains("SLURM_JOB_ID=" + jobId)) {
                found.add(pid);
            }
        }
        return found;
    }

    /** Whether an agent that this job started has the file in its memory. */
    boolean agentUses(String jobId, String file) {
        return agentsOf(jobId).stream()
                .anyMatch(pid ->
                        box.asRoot(name, "cat", "/proc/" + pid + "/maps").out().contains(file));
    }

    /** To each of them; one may be gone with another that was hit first. */
    void signal(String signal, List<String> pids) {
        List<String> failed = pids.stream()
                .map(pid -> box.asRoot(name, "kill", "-" + signal, pid))
                .filter(ran -> ran.exit() != 0)
                .map(Ran::err)
                .toList();
        assertThat(failed).hasSizeLessThan(pids.size()).allMatch(said -> said.contains("No such process"));
    }

    /** What Anemone has here: domains, QEMUs, job directories, users' caches, agents, session libvirtds. */
    List<String> traces() {
        List<String> traces = new ArrayList<>();
        box.asRoot(name, "virsh", "-q", "-c", "qemu:///system", "list", "--all", "--name").lines().stream()
                .filter(domain -> domain.startsWith("anemone-"))
                .forEach(domain -> traces.add(name + ": domain " + domain));
        allGuests().forEach(pid -> traces.add(name + ": qemu " + pid));
        pids("io\\.anemone\\.agent\\.Main").forEach(pid -> traces.add(name + ": agent " + pid));
        for (String user : List.of("researcher", "batch")) {
            box.asRoot(name, "pgrep", "-l", "-u", user)
                    .linesIfAny()
                    .forEach(process -> traces.add(name + ": process of " + user + ": " + process));
        }
        // The service account's part of the cache of images is kept on purpose; a user's goes with their last job.
        box
                .asRoot(name, "find", "/var/lib/anemone", "-mindepth", "1", "-maxdepth", "1", "-name", "*-*")
                .lines()
                .stream()
                .filter(path -> path.contains("/job-") || path.contains("/cache-") || path.contains("/.gone-"))
                .filter(path -> !path.endsWith("/cache-anemone"))
                .forEach(path -> traces.add(name + ": " + path));
        return traces;
    }

    /** Files that keep what accounts found out about KVM and QEMU, each with its owner's user id. */
    List<String> answers() {
        return box
                .asRoot(name, "find", "/var/lib/anemone", "-maxdepth", "2", "-type", "f", "-printf", "%P of %U\n")
                .lines()
                .stream()
                .filter(file -> file.startsWith("kvm-probe-") || file.startsWith("qemu-capabilities-"))
                .toList();
    }

    /** Copies of disks that are, or were, being saved as images. */
    List<String> copies() {
        return box.asRoot(name, "find", "/var/lib/anemone", "-path", "*/save/*").lines();
    }

    private List<String> pids(String pattern) {
        return box.asRoot(name, "pgrep", "-f", pattern).linesIfAny();
    }
}
