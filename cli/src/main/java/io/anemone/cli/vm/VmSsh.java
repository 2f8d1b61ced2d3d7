package io.anemone.cli.vm;

import io.anemone.cli.api.Vm;
import io.anemone.cli.command.Cli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone vm ssh}, or {@code anemone ssh}: the caller's own ssh, which gets to the VM through Anemone. */
@Command(
        name = "ssh",
        description = "Log in to a VM, or run a command in it.",
        footer = {
            "",
            "Examples:",
            "  anemone ssh web",
            "  anemone ssh web -- uname -n",
            "",
            "The exit code is that of ssh. As with ssh, the guest's shell reads the command."
        })
public final class VmSsh implements Callable<Integer> {

    private final Cli cli;

    @Parameters(index = "0", paramLabel = "VM", description = "Id, beginning of an id, or name of a live VM.")
    private String vm = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "COMMAND", description = "After --: what to run.")
    private List<String> command = new ArrayList<>();

    @Option(
            names = {"-i", "--identity"},
            paramLabel = "FILE",
            description = "Private key for ssh to use.")
    private @Nullable Path identity;

    @Option(
            names = "--direct",
            description = "Connect to the node's port instead of going through Anemone; from inside the cluster.")
    private boolean direct;

    public VmSsh(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Vm found = new VmFinder(cli.api()).vm(vm);
        Vm.Ssh ssh = SshAccess.of(found);
        Map<String, String> options = SshCommand.options(
                found, ssh, KnownHosts.of(cli.environment(), found), direct ? null : SshCommand.proxy(cli, found));
        return cli.programs().run(SshCommand.of(found, ssh, options, identity, command));
    }
}
