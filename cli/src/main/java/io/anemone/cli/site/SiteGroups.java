package io.anemone.cli.site;

import io.anemone.cli.command.Cli;
import io.anemone.cli.command.Group;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The groups of commands about the site. */
public final class SiteGroups {

    private SiteGroups() {}

    public static void addTo(CommandLine root, Cli cli) {
        root.addSubcommand(new CommandLine(new Flavors()).addSubcommand(new FlavorList(cli)));
        root.addSubcommand(new CommandLine(new Leases())
                .addSubcommand(new LeaseList(cli))
                .addSubcommand(new LeaseAction.Drain(cli))
                .addSubcommand(new LeaseAction.Release(cli)));
        root.addSubcommand(new CommandLine(new Nodes()).addSubcommand(new NodeList(cli)));
        root.addSubcommand(new CommandLine(new Partitions()).addSubcommand(new PartitionList(cli)));
        root.addSubcommand(new InvariantCommand(cli));
        root.addSubcommand(new CommandLine(new PoolGroup())
                .addSubcommand(new PoolList(cli))
                .addSubcommand(new PoolShow(cli))
                .addSubcommand(new PoolSet(cli)));
    }

    @Command(name = "flavor", description = "Flavors: sizes that have a name.")
    private static final class Flavors extends Group {}

    @Command(name = "lease", description = "Leases: the jobs that give VMs their nodes.")
    private static final class Leases extends Group {}

    @Command(name = "node", description = "Nodes of the cluster.")
    private static final class Nodes extends Group {}

    @Command(name = "partition", description = "Partitions of the scheduler.")
    private static final class Partitions extends Group {}

    @Command(name = "pool", description = "Pools: leases that are held for static VMs.")
    private static final class PoolGroup extends Group {}
}
