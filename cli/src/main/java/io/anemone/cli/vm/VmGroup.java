package io.anemone.cli.vm;

import io.anemone.cli.command.Cli;
import io.anemone.cli.command.Group;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code anemone vm}. */
@Command(name = "vm", description = "VMs: ask for them, look at them, log in, end them.")
public final class VmGroup extends Group {

    private VmGroup() {}

    public static void addTo(CommandLine root, Cli cli) {
        root.addSubcommand(new CommandLine(new VmGroup())
                .addSubcommand(new VmCreate(cli))
                .addSubcommand(new VmList(cli))
                .addSubcommand(new VmShow(cli))
                .addSubcommand(new VmDelete(cli))
                .addSubcommand(new VmAction.Suspend(cli))
                .addSubcommand(new VmAction.Resume(cli))
                .addSubcommand(new VmAction.Reboot(cli))
                .addSubcommand(new VmAction.Shutdown(cli))
                .addSubcommand(new VmSaveImage(cli))
                .addSubcommand(new VmSsh(cli))
                .addSubcommand(new VmSshConfig(cli))
                .addSubcommand(new VmProxy(cli))
                .addSubcommand(new VmConsole(cli))
                .addSubcommand(new VmConsoleLog(cli))
                .addSubcommand(new VmStats(cli))
                .addSubcommand(new VmWait(cli)));
    }
}
