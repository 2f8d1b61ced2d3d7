package io.anemone.cli.vm;

import io.anemone.cli.api.Vm;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of ssh(1) for one VM. Each attempt of a VM is a new guest with a new host key, so each has an alias of
 * its own in a known_hosts file apart from the caller's.
 */
final class SshCommand {

    /** How this program was started, as its launcher says. */
    static final String COMMAND_VARIABLE = "ANEMONE_COMMAND";

    /** Nothing that ssh could take for an option, and nothing that a shell would read. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}");

    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    /** ssh gives a ProxyCommand to a shell, and reads percent signs itself. */
    private static final Pattern PROGRAM = Pattern.compile("/[A-Za-z0-9/._+-]+");

    private SshCommand() {}

    /** The command that ssh gets its connection from: this program again. */
    static String proxy(Cli cli, Vm vm) {
        if (!ID.matcher(vm.id()).matches()) {
            throw new CliException(ExitCode.REFUSED, "The server named a VM by an id that is none.");
        }
        String program = cli.environment()
                .variable(COMMAND_VARIABLE)
                .filter(path -> PROGRAM.matcher(path).matches())
                .orElse("anemone");
        return program + " vm proxy " + vm.id();
    }

    /** Options of ssh_config(5). @param proxy null to connect to the node's port */
    static Map<String, String> options(Vm vm, Vm.Ssh ssh, Path knownHosts, @Nullable String proxy) {
        String user = ssh.user();
        if (!HOST.matcher(ssh.host()).matches()
                || (user != null && !USER.matcher(user).matches())) {
            throw new CliException(ExitCode.REFUSED, "The server named a host or user that ssh must not be given.");
        }
        Map<String, String> options = new LinkedHashMap<>();
        if (user != null) {
            options.put("User", user);
        }
        options.put("HostKeyAlias", "anemone-" + vm.id() + "-" + vm.attempt());
        // Quoted for ssh's own reading of option values, which splits at blanks.
        options.put("UserKnownHostsFile", "\"" + knownHosts + "\"");
        options.put("StrictHostKeyChecking", "accept-new");
        options.put("ConnectTimeout", "30");
        if (proxy != null) {
            options.put("ProxyCommand", proxy);
        }
        return options;
    }

    /** @param options of {@link #options} */
    static List<String> of(
            Vm vm, Vm.Ssh ssh, Map<String, String> options, @Nullable Path identity, List<String> command) {
        boolean direct = !options.containsKey("ProxyCommand");
        List<String> arguments = new ArrayList<>(List.of("ssh"));
        if (direct) {
            arguments.addAll(List.of("-p", Integer.toString(ssh.port())));
        }
        options.forEach((name, value) -> arguments.addAll(List.of("-o", name + "=" + value)));
        if (identity != null) {
            arguments.addAll(List.of("-i", identity.toString()));
        }
        // Behind a ProxyCommand the host is but a name; one that no settings of the caller's are for.
        arguments.addAll(List.of("--", direct ? ssh.host() : "anemone-" + vm.shortId()));
        // No second "--": ssh would send it to the guest as a word of the command.
        arguments.addAll(command);
        return arguments;
    }
}
