package io.anemone.cli.vm;

import io.anemone.cli.api.Api;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.tunnel.Tunnel;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code anemone vm console}: this terminal becomes the guest's serial console. */
@Command(
        name = "console",
        description = "Sit at a VM's serial console: what it wrote lately, then what it writes. Leave it with Ctrl-].")
public final class VmConsole implements Callable<Integer> {

    /** What telnet(1) and virsh(1) are left by: Ctrl-]. */
    private static final byte ESCAPE = 0x1d;

    private final Cli cli;

    @Parameters(paramLabel = "VM", description = "Id, beginning of an id, or name of a live VM.")
    private String vm = "";

    public VmConsole(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        String path = "/vms/" + new VmFinder(api).id(vm) + "/console/serial";
        Tunnel tunnel = new Tunnel(cli.terminal().in(), cli.terminal().out(), VmConsole::upToEscape);
        if (!cli.terminal().interactive()) {
            tunnel.carry(api, path);
            return ExitCode.DONE.code();
        }
        cli.note("At the serial console of " + vm + ". Leave it with Ctrl-].");
        // Each key goes to the guest as it is pressed, and it is the guest that echoes it.
        cli.programs().run(List.of("stty", "raw", "-echo"));
        Thread restore = new Thread(this::cooked);
        Runtime.getRuntime().addShutdownHook(restore);
        try {
            tunnel.carry(api, path);
        } finally {
            cooked();
            Runtime.getRuntime().removeShutdownHook(restore);
        }
        cli.note("");
        return ExitCode.DONE.code();
    }

    private void cooked() {
        cli.programs().run(List.of("stty", "sane"));
    }

    static int upToEscape(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == ESCAPE) {
                return i;
            }
        }
        return count;
    }
}
