package io.anemone.cli.vm;

import io.anemone.cli.api.Api;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.tunnel.Tunnel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code anemone vm proxy}: standard input and output are a connection to the VM's ssh server. */
@Command(
        name = "proxy",
        description = "Be the connection to a VM's ssh server, on standard input and output: for ssh's ProxyCommand.",
        footer = {
            "",
            "Examples:",
            "  ssh -o ProxyCommand='anemone vm proxy %%h' debian@web",
            "  rsync -e \"ssh -o ProxyCommand='anemone vm proxy %%h'\" -a data/ debian@web:",
            "",
            "See also: anemone vm ssh-config"
        })
public final class VmProxy implements Callable<Integer> {

    private final Cli cli;

    @Parameters(paramLabel = "VM", description = "Id, beginning of an id, or name of a live VM.")
    private String vm = "";

    public VmProxy(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        String id = new VmFinder(api).id(vm);
        new Tunnel(cli.terminal().in(), cli.terminal().out(), Tunnel.Filter.ALL).carry(api, "/vms/" + id + "/ssh");
        return ExitCode.DONE.code();
    }
}
