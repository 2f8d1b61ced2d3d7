package io.anemone.cli.vm;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Phase;
import io.anemone.cli.api.Vm;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.AttachedOnly;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code anemone vm create}. A lost answer is asked for again under the same key, so that there is one VM. */
@Command(
        name = "create",
        description = "Ask for a VM.",
        footer = {
            "",
            "Examples:",
            "  anemone vm create web --image micro --flavor small --wait",
            "  anemone vm create big --image debian-12 --vcpus 2 --memory 2G --walltime 4h --path scheduled",
            "",
            "The third path, direct, starts from a job of your own: sbatch examples/direct-vm.sbatch"
        })
public final class VmCreate implements Callable<Integer> {

    private final Cli cli;

    @Mixin
    private VmRequest request = new VmRequest();

    @Option(
            names = "--wait",
            arity = "0..1",
            fallbackValue = "READY",
            preprocessor = AttachedOnly.class,
            paramLabel = "PHASE",
            description = "Wait until it has come so far; without a phase: READY.")
    private @Nullable Phase wait;

    @Option(names = "--timeout", paramLabel = "TIME", description = "With --wait: give up waiting after this time.")
    private @Nullable Duration timeout;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same key with the same request gives the same VM. Default: a new one.")
    private String key = UUID.randomUUID().toString();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the VM's id alone.")
    private boolean quiet;

    @Mixin
    private OutputOption output = new OutputOption();

    public VmCreate(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        JsonNode created = api.postOnce("/vms", request.body(cli), key);
        String id = created.path("id").asText();
        if (wait != null) {
            cli.note("VM " + id);
            created = new Waiting(cli, api, timeout).forPhase(id, wait);
        }
        if (output.json()) {
            cli.print(created);
        } else if (quiet) {
            cli.print(id);
        } else {
            tell(Json.as(created, Vm.class));
        }
        return ExitCode.DONE.code();
    }

    private void tell(Vm vm) {
        cli.print("VM " + vm.name() + " (" + vm.id() + ") is " + VmText.state(vm));
        if (vm.phase() == Phase.READY) {
            cli.print("Log in: anemone vm ssh " + vm.name());
        } else {
            cli.print("Wait for it: anemone vm wait " + vm.shortId());
        }
    }
}
