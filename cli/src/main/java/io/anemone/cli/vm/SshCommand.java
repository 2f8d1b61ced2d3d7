package io.anemone.cli.vm;

import io.anemone.cli.api.Vm;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of ssh(1) for one VM. Each attempt of a VM is a new guest with a new host key, so each has an alias of
 * its own in a known_hosts file apart from the caller's.
 */
final class SshCommand {

    /** Nothing that ssh could take for an option, and nothing that a shell would read. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}");

    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    private SshCommand() {}

    static List<String> of(Vm vm, Vm.Ssh ssh, Path knownHosts, @Nullable Path identity, List<String> command) {
        if (!HOST.matcher(ssh.host()).matches() || !USER.matcher(ssh.user()).matches()) {
            throw new CliException(ExitCode.REFUSED, "The server named a host or user that ssh must not be given.");
        }
        List<String> arguments = new ArrayList<>(List.of(
                "ssh",
                "-p",
                Integer.toString(ssh.port()),
                "-l",
                ssh.user(),
                "-o",
                "HostKeyAlias=anemone-" + vm.id() + "-" + vm.attempt(),
                "-o",
                // Quoted for ssh's own reading of option values, which splits at blanks.
                "UserKnownHostsFile=\"" + knownHosts + "\"",
                "-o",
                "StrictHostKeyChecking=accept-new",
                "-o",
                "ConnectTimeout=30"));
        if (identity != null) {
            arguments.addAll(List.of("-i", identity.toString()));
        }
        arguments.addAll(List.of("--", ssh.host()));
        // No second "--": ssh would send it to the guest as a word of the command.
        arguments.addAll(command);
        return arguments;
    }
}
