package io.anemone.cli.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Phase;
import io.anemone.cli.api.Vm;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import io.anemone.cli.text.Spans;
import io.anemone.cli.text.Table;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code anemone vm list}. */
@Command(name = "list", description = "Your VMs that are not over; for an operator everybody's.")
public final class VmList implements Callable<Integer> {

    private static final Duration REDRAW_EVERY = Duration.ofSeconds(2);
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final Cli cli;

    @Option(
            names = {"-a", "--all"},
            description = "Those that are over, too.")
    private boolean all;

    @Option(names = "--phase", paramLabel = "PHASE", description = "Only those in this phase.")
    private @Nullable Phase phase;

    @Option(names = "--path", paramLabel = "PATH", description = "Only those of this launch path.")
    private @Nullable String path;

    @Option(names = "--owner", paramLabel = "NAME", description = "Operators: only those of this user.")
    private @Nullable String owner;

    @Option(
            names = {"-w", "--watch"},
            description = "Show it again every 2 s, until interrupted.")
    private boolean watch;

    @Mixin
    private OutputOption output = new OutputOption();

    public VmList(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        show(api);
        while (watch) {
            cli.pace().pause(REDRAW_EVERY);
            if (cli.terminal().interactive()) {
                cli.terminal().out().print(CLEAR);
            }
            show(api);
        }
        return ExitCode.DONE.code();
    }

    private void show(Api api) {
        ObjectNode answer = api.all("/vms", query());
        if (output.json()) {
            cli.print(answer);
            return;
        }
        List<Vm> vms = Json.items(answer, Vm.class);
        if (vms.isEmpty()) {
            cli.note(
                    all || phase != null
                            ? "There is no such VM."
                            : "You have no VM at the moment. Make one: anemone vm create NAME --image micro --flavor small");
        } else {
            cli.print(table(vms));
        }
    }

    private Map<String, String> query() {
        Map<String, String> query = new HashMap<>();
        if (!all && phase == null) {
            query.put("active", "true");
        }
        if (phase != null) {
            query.put("phase", phase.name());
        }
        if (path != null) {
            query.put("path", path);
        }
        if (owner != null) {
            query.put("owner", owner);
        }
        return query;
    }

    private Table table(List<Vm> vms) {
        Table table = new Table("ID", "NAME", "PHASE", "OWNER", "PATH", "IMAGE", "SIZE", "NODE", "JOB", "SSH", "AGE");
        for (Vm vm : vms) {
            table.row(
                    vm.shortId(),
                    vm.name(),
                    VmText.phase(vm.phase()),
                    vm.owner(),
                    vm.path(),
                    vm.image(),
                    vm.size(),
                    vm.node(),
                    vm.job(),
                    vm.phase().over() ? null : VmText.address(vm),
                    Spans.age(vm.createdAt(), cli.clock().instant()));
        }
        return table;
    }
}
