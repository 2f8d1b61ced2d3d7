package io.anemone.cli.vm;

import io.anemone.cli.api.Api;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Vm;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be done with a VM that lives. */
abstract sealed class VmAction implements Callable<Integer> {

    private final Cli cli;
    private final String action;

    @Parameters(paramLabel = "VM", description = "Id, beginning of an id, or name of a live VM.")
    private String given = "";

    @Option(names = "--wait", description = "Wait until it is done. Exit code 1: it could not be.")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "TIME", description = "With --wait: give up waiting after this time.")
    private @Nullable Duration timeout;

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

        @Override
        void await(Waiting waiting, String id) {
            waiting.forSuspension(id);
        }
    }

    /** {@code anemone vm resume}. */
    @Command(name = "resume", description = "Let a suspended VM go on, on whichever node.")
    static final class Resume extends VmAction {
        Resume(Cli cli) {
            super(cli, "resume");
        }

        @Override
        void await(Waiting waiting, String id) {
            waiting.forResumption(id);
        }
    }

    /** {@code anemone vm reboot}. */
    @Command(name = "reboot", description = "Reboot the guest; its disk stays.")
    static final class Reboot extends VmAction {
        Reboot(Cli cli) {
            super(cli, "reboot");
        }

        @Override
        void await(Waiting waiting, String id) {
            waiting.forReboot(id);
        }
    }

    /** {@code anemone vm shutdown}. */
    @Command(name = "shutdown", description = "Let the guest switch itself off. What was on its disk is lost.")
    static final class Shutdown extends VmAction {
        Shutdown(Cli cli) {
            super(cli, "shutdown");
        }

        @Override
        void await(Waiting waiting, String id) {
            waiting.forEnd(id);
        }
    }

    /** Until it is done, or never will be. */
    abstract void await(Waiting waiting, String id);

    @Override
    public final Integer call() {
        Api api = cli.api();
        Vm vm = new VmFinder(api).vm(given);
        Vm after = Json.as(api.post("/vms/" + Api.segment(vm.id()) + "/actions/" + action, Json.object()), Vm.class);
        cli.print("VM " + VmText.identity(after) + ": " + action + " asked for; it is " + VmText.state(after));
        if (wait) {
            await(new Waiting(cli, api, timeout), after.id());
        }
        return ExitCode.DONE.code();
    }
}
