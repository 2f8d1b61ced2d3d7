package io.anemone.cli.vm;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Usage;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import io.anemone.cli.text.Table;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone vm stats}: what a VM used lately. */
@Command(
        name = "stats",
        description = {
            "What a VM used in the last hour: processors, memory, disk and, where its guest agent tells, network.",
            "A dash stands for what is not known."
        })
public final class VmStats implements Callable<Integer> {

    private static final double KIB = 1024;

    private final Cli cli;

    @Parameters(paramLabel = "VM", description = "Id, beginning of an id, or name of a live VM.")
    private String vm = "";

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "How many of the newest measurements. Default: ${DEFAULT-VALUE}.")
    private int lines = 10;

    @Mixin
    private OutputOption output = new OutputOption();

    public VmStats(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        String id = new VmFinder(api).vm(vm).id();
        JsonNode answer = api.get("/vms/" + Api.segment(id) + "/stats");
        if (output.json()) {
            cli.print(answer);
            return ExitCode.DONE.code();
        }
        List<Usage> all = Json.items(answer, Usage.class);
        if (all.isEmpty()) {
            cli.note("Nothing was measured in the last hour: a VM is measured every 15 s while it runs.");
            return ExitCode.DONE.code();
        }
        cli.print(table(all.subList(Math.max(0, all.size() - Math.max(1, lines)), all.size())));
        return ExitCode.DONE.code();
    }

    private Table table(List<Usage> usages) {
        ZoneId zone = cli.clock().getZone();
        DateTimeFormatter time = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
        Table table = new Table("AT", "CPU", "MEMORY", "DISK READ", "DISK WRITTEN", "NET IN", "NET OUT");
        for (Usage usage : usages) {
            Double cpu = usage.cpuPercent();
            Long resident = usage.residentBytes();
            table.row(
                    time.format(usage.at()),
                    cpu == null ? null : String.format(Locale.ROOT, "%.0f %%", cpu),
                    resident == null ? null : amount(resident),
                    speed(usage.diskReadBytesPerSecond()),
                    speed(usage.diskWrittenBytesPerSecond()),
                    speed(usage.networkReceivedBytesPerSecond()),
                    speed(usage.networkSentBytesPerSecond()));
        }
        return table;
    }

    private static @Nullable String speed(@Nullable Double bytes) {
        return bytes == null ? null : amount(bytes) + "/s";
    }

    private static String amount(double bytes) {
        if (bytes < KIB) {
            return String.format(Locale.ROOT, "%.0f B", bytes);
        }
        if (bytes < KIB * KIB) {
            return String.format(Locale.ROOT, "%.0f KiB", bytes / KIB);
        }
        return String.format(Locale.ROOT, "%.0f MiB", bytes / KIB / KIB);
    }
}
