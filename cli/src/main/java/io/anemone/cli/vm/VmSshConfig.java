package io.anemone.cli.vm;

import io.anemone.cli.api.Vm;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code anemone vm ssh-config}: what ssh_config(5) needs to know of a VM. */
@Command(
        name = "ssh-config",
        description = "Print what a plain ssh, scp, rsync or editor needs to reach a VM, for ~/.ssh/config.",
        footer = {
            "",
            "Example:",
            "  anemone vm ssh-config web >>~/.ssh/config; ssh web.anemone",
            "",
            "It holds for the VM's current attempt: print it again when the VM was started anew."
        })
public final class VmSshConfig implements Callable<Integer> {

    private final Cli cli;

    @Parameters(paramLabel = "VM", description = "Id, beginning of an id, or name of a live VM.")
    private String vm = "";

    public VmSshConfig(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Vm found = new VmFinder(cli.api()).vm(vm);
        Vm.Ssh ssh = SshAccess.of(found);
        cli.print("Host " + found.name() + ".anemone");
        SshCommand.options(found, ssh, KnownHosts.of(cli.environment(), found), SshCommand.proxy(cli, found))
                .forEach((name, value) -> cli.print("  " + name + " " + value));
        return ExitCode.DONE.code();
    }
}
