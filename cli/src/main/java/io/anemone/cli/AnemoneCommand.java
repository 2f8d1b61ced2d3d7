package io.anemone.cli;

import io.anemone.cli.command.Cli;
import io.anemone.cli.command.Completion;
import io.anemone.cli.command.Failures;
import io.anemone.cli.command.Group;
import io.anemone.cli.image.ImageGroup;
import io.anemone.cli.login.LoginCommand;
import io.anemone.cli.login.LogoutCommand;
import io.anemone.cli.site.SiteGroups;
import io.anemone.cli.text.Spans;
import io.anemone.cli.vm.VmGroup;
import io.anemone.cli.vm.VmSsh;
import io.anemone.cli.volume.VolumeGroup;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** {@code anemone}, with all that it can do. */
@Command(
        name = "anemone",
        description = "Virtual machines on the nodes of an HPC cluster, leased through its scheduler.",
        versionProvider = AnemoneCommand.Version.class,
        footer = {
            "",
            "Exit codes: 0 done, 1 refused by the server or VM over, 2 wrong usage, 3 server not reachable,",
            "            4 not logged in, 5 not in time."
        })
final class AnemoneCommand extends Group {

    private AnemoneCommand() {}

    /** @return the exit code */
    static int run(Cli cli, String... arguments) {
        CommandLine root = new CommandLine(new AnemoneCommand());
        root.getCommandSpec().addOption(help()).addOption(version());
        root.addSubcommand(new LoginCommand(cli));
        root.addSubcommand(new LogoutCommand(cli));
        VmGroup.addTo(root, cli);
        root.addSubcommand(new VmSsh(cli));
        VolumeGroup.addTo(root, cli);
        ImageGroup.addTo(root, cli);
        SiteGroups.addTo(root, cli);
        root.addSubcommand(new Completion(cli));

        Failures failures = new Failures(cli);
        return root.registerConverter(Duration.class, AnemoneCommand::duration)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(cli.terminal().out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(cli.terminal().err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        cli.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .execute(arguments);
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .description("Say what this does.")
                .build();
    }

    private static OptionSpec version() {
        return OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Say which version this is.")
                .build();
    }

    private static Duration duration(String text) {
        try {
            return Spans.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = AnemoneCommand.class.getPackage().getImplementationVersion();
            return new String[] {"anemone " + (version == null ? "(not packaged)" : version)};
        }
    }
}
