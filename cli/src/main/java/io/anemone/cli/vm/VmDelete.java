package io.anemone.cli.vm;

import io.anemone.cli.api.Api;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Vm;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.Failures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone vm delete}. One that cannot be deleted does not keep the others. */
@Command(name = "delete", description = "End VMs. What was on their disks is lost.")
public final class VmDelete implements Callable<Integer> {

    private final Cli cli;

    @Parameters(arity = "1..*", paramLabel = "VM", description = "Ids, beginnings of ids, or names of live VMs.")
    private List<String> given = new ArrayList<>();

    @Option(names = "--wait", description = "Wait until they are over.")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "TIME", description = "With --wait: give up waiting after this time.")
    private @Nullable Duration timeout;

    public VmDelete(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        List<String> asked = new ArrayList<>();
        ExitCode result = ExitCode.DONE;
        for (String name : given) {
            try {
                Vm vm = new VmFinder(api).vm(name);
                vm = Json.as(api.delete("/vms/" + Api.segment(vm.id())), Vm.class);
                asked.add(vm.id());
                cli.print("VM " + VmText.identity(vm) + " is " + VmText.state(vm));
            } catch (CliException e) {
                if (e.exitCode() != ExitCode.REFUSED) {
                    throw e;
                }
                new Failures(cli).tell(e.sentence(), e.hint());
                result = e.exitCode();
            }
        }
        if (wait) {
            Waiting waiting = new Waiting(cli, api, timeout);
            asked.forEach(waiting::forEnd);
        }
        return result.code();
    }
}
