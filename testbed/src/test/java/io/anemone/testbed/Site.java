package io.anemone.testbed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The box that is up, with a user and a batch user who have ssh keys of their own. */
final class Site {

    static final String RESEARCHER = "researcher";
    static final String BATCH = "batch";
    static final String OPERATOR = "operator";

    private static final Site UP = new Site();

    private final Box box = new Box();
    private final Slurm slurm = new Slurm(box);
    private final Map<String, Api> sessions = new ConcurrentHashMap<>();
    private final List<Guest> guests = new ArrayList<>();

    private Site() {}

    static Site up() {
        return UP;
    }

    Box box() {
        return box;
    }

    Slurm slurm() {
        return slurm;
    }

    Node node(String name) {
        return new Node(box, name);
    }

    Api api(String account) {
        return sessions.computeIfAbsent(account, name -> Api.logIn(box.url(), name, box.password(name)));
    }

    /** At the first or the second orchestrator, by the same log-in. */
    Api apiOf(int orchestrator, String account) {
        return api(account).at(box.urls().get(orchestrator - 1));
    }

    List<Guest> guests() {
        return List.copyOf(guests);
    }

    // --- Launching

    Guest launch(LaunchPath path) {
        return switch (path) {
            case STATIC -> request("static", Map.of());
            case SCHEDULED -> request("scheduled", Map.of());
            case DIRECT -> direct(submitDirect());
        };
    }

    /** By the API as the researcher; {@code more} adds to the request or changes it. */
    Guest request(String path, Map<String, Object> more) {
        return request(api(RESEARCHER), path, more);
    }

    /** As the researcher. */
    Guest request(Api api, String path, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "name",
                "box-" + path,
                "image",
                "micro",
                "flavor",
                "micro",
                "path",
                path,
                "sshKeys",
                List.of(key(RESEARCHER))));
        body.putAll(more);
        Vm vm = new Vm(api.post("/vms", body).ok());
        return known(new Guest(this, RESEARCHER, vm.id()));
    }

    /** The example that users are given, as it stands. */
    String submitDirect(String... options) {
        key(BATCH);
        String[] arguments = new String[options.length + 1];
        System.arraycopy(options, 0, arguments, 0, options.length);
        arguments[options.length] = "/opt/anemone/examples/direct-vm.sbatch";
        return slurm.submit(BATCH, arguments);
    }

    /** The VM that this direct job registers. */
    Guest direct(String jobId) {
        List<Vm> found = Await.within(
                Duration.ofSeconds(30),
                "the VM of direct job " + jobId + " is known",
                () -> Vm.listOf(api(BATCH).get("/vms?path=direct&active=true").ok()).stream()
                        .filter(vm -> vm.jobId().equals(jobId))
                        .toList(),
                vms -> !vms.isEmpty());
        return known(new Guest(this, BATCH, found.getFirst().id()));
    }

    private Guest known(Guest guest) {
        guests.add(guest);
        return guest;
    }

    /** The public key of this user's own, made on first use; /home is one for the whole cluster. */
    String key(String user) {
        String file = "/home/" + user + "/.ssh/id_ed25519";
        if (box.as(user, "head", "test", "-s", file + ".pub").exit() != 0) {
            box.as(user, "head", "mkdir", "-p", "-m", "0700", "/home/" + user + "/.ssh")
                    .ok();
            box.as(user, "head", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", user, "-f", file)
                    .ok();
        }
        return box.as(user, "head", "cat", file + ".pub").ok();
    }

    // --- The pool

    /** Sets the pool's size, and waits until that many leases are ACTIVE and no others are left. */
    void pool(int leases) {
        api(OPERATOR).put("/pools/default", Map.of("leases", leases)).ok();
        Await.within(
                Duration.ofSeconds(90),
                "the pool holds " + leases + " leases",
                this::poolPhases,
                phases -> phases.size() == leases && phases.stream().allMatch("ACTIVE"::equals));
    }

    List<String> poolPhases() {
        List<String> phases = new ArrayList<>();
        api(OPERATOR).get("/leases?active=true").ok().path("items").forEach(lease -> {
            if (lease.path("pool").asText("").equals("default")) {
                phases.add(lease.path("phase").asText());
            }
        });
        return phases;
    }

    // --- The orchestrator's own fate

    void killOrchestrator() {
        box.asRoot("head", "pkill", "-KILL", "-f", "quarkus-run\\.jar").ok();
        Await.within(Duration.ofSeconds(10), "the orchestrator is dead", () -> Api.ready(box.url()), ready -> !ready);
    }

    void startOrchestrator() {
        box.up();
        Await.within(Duration.ofSeconds(60), "the orchestrator is ready", () -> Api.ready(box.url()), ready -> ready);
    }

    /** Power loss for one of two. */
    void killOrchestrator(int orchestrator) {
        String service = orchestrator == 1 ? "orchestrator" : "orchestrator-" + orchestrator;
        box.asRoot("head", "sh", "-c", "read -r pid born < /run/service/" + service + " && kill -KILL \"$pid\"")
                .ok();
    }

    /** That many run, and are ready. */
    void orchestrators(int count) {
        box.up(count);
        Await.within(
                Duration.ofSeconds(60),
                count + " orchestrators are ready",
                () -> box.urls(),
                urls -> urls.size() == count && urls.stream().allMatch(Api::ready));
    }

    // --- Between tests

    /** Ends every VM and every job of the users, and forgets what was launched. */
    void clear() {
        guests.clear();
        for (String user : List.of(RESEARCHER, BATCH)) {
            Vm.listOf(api(user).get("/vms?active=true").ok())
                    .forEach(vm -> api(user).delete("/vms/" + vm.id()));
        }
        Await.within(
                Duration.ofSeconds(90),
                "no VM is left",
                () -> Vm.listOf(api(OPERATOR).get("/vms?active=true").ok()),
                List::isEmpty);
        box.asRoot("head", "scancel", "--user=" + RESEARCHER).ok();
        box.asRoot("head", "scancel", "--user=" + BATCH).ok();
        Await.within(
                Duration.ofSeconds(60),
                "no job of a user is left",
                () -> slurm.queue().stream()
                        .filter(job ->
                                job.user().equals(RESEARCHER) || job.user().equals(BATCH))
                        .toList(),
                List::isEmpty);
    }
}
