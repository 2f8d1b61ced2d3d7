package io.anemone.cli.vm;

import io.anemone.cli.api.Api;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Vm;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What can be done with a VM that lives. {@code anemone vm wait} waits for what comes of it. */
abstract sealed class VmAction implements Callable<Integer> {

    private final Cli cli;
    private final String action;

    @Parameters(paramLabel = "VM", description = "Id, beginning of an id, or name of a live VM.")
    private String given = "";

    private VmAction(Cli cli, String action) {
        this.cli = cli;
        this.action = action;
    }

    /** {@code anemone vm suspend}. */
    @Command(name = "suspend", description = "Save memory and disk, and give the lease back.")
    static final class Suspend extends VmAction {
        Suspend(Cli cli) {
            super(cli, "suspend");
        }
    }

    /** {@code anemone vm resume}. */
    @Command(name = "resume", description = "Let a suspended VM go on, on whichever node.")
    static final class Resume extends VmAction {
        Resume(Cli cli) {
            super(cli, "resume");
        }
    }

    /** {@code anemone vm reboot}. */
    @Command(name = "reboot", description = "Reboot the guest; its disk stays.")
    static final class Reboot extends VmAction {
        Reboot(Cli cli) {
            super(cli, "reboot");
        }
    }

    /** {@code anemone vm shutdown}. */
    @Command(name = "shutdown", description = "Let the guest switch itself off. What was on its disk is lost.")
    static final class Shutdown extends VmAction {
        Shutdown(Cli cli) {
            super(cli, "shutdown");
        }
    }

    @Override
    public final Integer call() {
        Api api = cli.api();
        Vm vm = new VmFinder(api).vm(given);
        Vm after = Json.as(api.post("/vms/" + Api.segment(vm.id()) + "/actions/" + action, Json.object()), Vm.class);
        cli.print("VM " + VmText.identity(after) + ": " + action + " asked for; it is " + VmText.state(after));
        return ExitCode.DONE.code();
    }
}
