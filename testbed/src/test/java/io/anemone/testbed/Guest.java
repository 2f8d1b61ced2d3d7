package io.anemone.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One VM under test, with those who can tell of it: the API, its node, and the guest itself. */
final class Guest {

    /** Emulated guests on two busy cores; KVM takes a tenth of it. */
    static final Duration UNTIL_READY = Duration.ofSeconds(120);

    private final Site site;
    private final String owner;
    private final String id;

    Guest(Site site, String owner, String id) {
        this.site = site;
        this.owner = owner;
        this.id = id;
    }

    String id() {
        return id;
    }

    Vm now() {
        return new Vm(site.api(owner).get("/vms/" + id).ok());
    }

    Vm await(Duration limit, String phase) {
        return Await.within(
                limit,
                "VM " + id + " is " + phase,
                () -> {
                    Vm vm = now();
                    if (vm.over() && !vm.phase().equals(phase)) {
                        throw new AssertionError("It will never be " + phase + ": " + vm);
                    }
                    return vm;
                },
                vm -> vm.phase().equals(phase));
    }

    Guest ready() {
        await(UNTIL_READY, "READY");
        return this;
    }

    Vm over(Duration limit) {
        return Await.within(limit, "VM " + id + " is over", this::now, Vm::over);
    }

    /** QEMUs of this VM on the whole site, as node:pid. */
    List<String> processes() {
        return Node.NAMES.stream()
                .flatMap(node -> site.node(node).guestsOf(id).stream().map(pid -> node + ":" + pid))
                .toList();
    }

    void gone(Duration limit) {
        Node node = site.node(now().node());
        Await.within(limit, "the domain of VM " + id + " is gone", () -> node.guestsOf(id), List::isEmpty);
    }

    void delete() {
        site.api(owner).delete("/vms/" + id).ok();
    }

    /** Asks for suspend, resume, reboot or shutdown, as its owner. */
    void act(String action) {
        site.api(owner).post("/vms/" + id + "/actions/" + action, Map.of()).ok();
    }

    /** Runs a command in the guest over ssh, as the owner would, from the head. */
    Ran ssh(String command) {
        Vm vm = now();
        return site.box()
                .as(
                        owner,
                        "head",
                        "ssh",
                        "-p",
                        vm.sshPort(),
                        "-o",
                        "BatchMode=yes",
                        "-o",
                        "ConnectTimeout=10",
                        "-o",
                        // A guest that is reset forgets its connections without a word.
                        "ServerAliveInterval=5",
                        "-o",
                        "ServerAliveCountMax=2",
                        "-o",
                        "StrictHostKeyChecking=no",
                        "-o",
                        "UserKnownHostsFile=/dev/null",
                        "-o",
                        "LogLevel=ERROR",
                        vm.sshUser() + "@" + vm.sshHost(),
                        command);
    }

    JsonNode events() {
        return site.api(owner).get("/vms/" + id + "/events").ok().path("items");
    }

    /** Everything that helps to see why it did not do as it should. */
    String report() {
        StringBuilder report = new StringBuilder("VM " + now() + "\n");
        events().forEach(event -> report.append("  ").append(event).append('\n'));
        return report.toString();
    }
}
