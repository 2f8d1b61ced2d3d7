package io.anemone.cli.vm;

import io.anemone.cli.api.Vm;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone vm ssh}: the caller's own ssh, told where the VM is. */
@Command(
        name = "ssh",
        description = "Log in to a VM, or run a command in it.",
        footer = {
            "",
            "Examples:",
            "  anemone vm ssh web",
            "  anemone vm ssh web -- uname -n",
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

    public VmSsh(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Vm found = new VmFinder(cli.api()).vm(vm);
        Vm.Ssh ssh = found.ssh();
        if (ssh == null || found.phase().over()) {
            throw new CliException(
                    ExitCode.REFUSED,
                    "VM " + VmText.identity(found) + " cannot be logged in to: it is " + VmText.state(found),
                    found.phase().over() ? null : "wait for it: anemone vm wait " + found.shortId());
        }
        return cli.programs().run(SshCommand.of(found, ssh, knownHosts(found), identity, command));
    }

    private Path knownHosts(Vm found) {
        Path directory = cli.environment().stateDirectory().resolve("known_hosts");
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.REFUSED,
                    "Cannot make " + directory + " (" + e.getClass().getSimpleName() + ").");
        }
        return directory.resolve(found.id());
    }
}
