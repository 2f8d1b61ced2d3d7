package io.anemone.cli.vm;

import io.anemone.cli.api.HistoryEntry;
import io.anemone.cli.api.Vm;
import io.anemone.cli.text.Spans;
import io.anemone.cli.text.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code vm show} says of a VM. Times are the caller's. */
final class VmFacts {

    private final DateTimeFormatter time;

    VmFacts(ZoneId zone) {
        this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
    }

    Map<String, String> of(Vm vm) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("VM", vm.name() + " (" + vm.id() + ")");
        facts.put("Phase", VmText.state(vm));
        put(facts, "SSH", vm.phase().over() ? null : VmText.address(vm));
        put(facts, "Warning", join(vm.warnings()));
        put(facts, "Late", late(vm.readiness()));
        facts.put("Owner", vm.owner() + (vm.project() == null ? "" : ", project " + vm.project()));
        facts.put("Path", vm.path() + place(vm));
        facts.put("Image", vm.image());
        facts.put("Size", vm.vcpus() + " vCPU, " + vm.memoryMiB() + " MiB");
        put(facts, "Readiness", readiness(vm.readiness()));
        put(facts, "Guest", guest(vm.guest()));
        put(facts, "Disks", disks(vm.storage()));
        put(facts, "Hardware", MachineText.hardware(vm.hardware()));
        put(facts, "Network", MachineText.network(vm.network()));
        put(facts, "Ports", MachineText.ports(vm.network()));
        put(facts, "Walltime", vm.walltime() == null ? null : Spans.text(vm.walltime()));
        put(facts, "Labels", labels(vm.labels()));
        put(facts, "Lease", lease(vm.lease()));
        facts.put("Attempt", Integer.toString(vm.attempt()));
        return facts;
    }

    /** Each step with its time since the request and since the step before. */
    Table timeline(Vm vm) {
        Table table = new Table("STEP", "AT", "SINCE REQUEST", "STEP TOOK");
        Instant[] before = {vm.createdAt()};
        table.row("requested", time.format(vm.createdAt()), null, null);
        step(table, "queued", vm.queuedAt(), vm, before);
        step(table, "job started", vm.jobStartedAt(), vm, before);
        step(table, "domain runs", vm.startedAt(), vm, before);
        step(table, "ready", vm.readyAt(), vm, before);
        step(table, "over", vm.endedAt(), vm, before);
        return table;
    }

    Table history(List<HistoryEntry> entries) {
        Table table = new Table("AT", "OF", "CHANGE", "WHAT");
        for (HistoryEntry entry : entries) {
            table.row(time.format(entry.at()), entry.kind(), change(entry), note(entry));
        }
        return table;
    }

    private void step(Table table, String name, @Nullable Instant at, Vm vm, Instant[] before) {
        if (at != null) {
            table.row(name, time.format(at), Spans.offset(vm.createdAt(), at), Spans.offset(before[0], at));
            before[0] = at;
        }
    }

    private String lease(Vm.@Nullable OfLease lease) {
        if (lease == null) {
            return "";
        }
        return lease.id() + " " + lease.phase()
                + (lease.jobId() == null ? "" : ", job " + lease.jobId())
                + (lease.node() == null ? "" : " on " + lease.node())
                + (lease.endsAt() == null ? "" : ", until " + time.format(lease.endsAt()));
    }

    private static @Nullable String late(Vm.@Nullable Readiness readiness) {
        return readiness == null || !readiness.late()
                ? null
                : "not ready after " + readiness.timeoutSeconds() + " s: " + readiness.missing();
    }

    private static @Nullable String readiness(Vm.@Nullable Readiness readiness) {
        return readiness == null
                ? null
                : readiness.kind().toLowerCase(Locale.ROOT).replace('_', '-') + " within " + readiness.timeoutSeconds()
                        + " s";
    }

    private static String guest(Vm.@Nullable Guest guest) {
        if (guest == null) {
            return "";
        }
        return Stream.of(
                        guest.hostname(),
                        guest.os(),
                        guest.kernel(),
                        guest.addresses() == null ? null : String.join(" ", guest.addresses()),
                        guest.users() == null || guest.users().isEmpty()
                                ? null
                                : "logged in: " + String.join(" ", guest.users()))
                .filter(text -> text != null && !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String disks(Vm.@Nullable Storage storage) {
        List<String> disks = new ArrayList<>();
        if (storage != null) {
            if (storage.rootGiB() != null) {
                disks.add("root " + storage.rootGiB() + "G");
            }
            all(storage.scratchGiB()).forEach(size -> disks.add("scratch " + size + "G"));
            all(storage.volumes()).forEach(name -> disks.add("volume " + name));
            all(storage.shares())
                    .forEach(share -> disks.add(
                            "share " + share.path() + " as " + share.tag() + (share.readOnly() ? " (ro)" : "")));
        }
        return String.join(", ", disks);
    }

    private static <T> List<T> all(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static String place(Vm vm) {
        return (vm.pool() == null ? "" : ", pool " + vm.pool())
                + (vm.partition() == null ? "" : ", partition " + vm.partition());
    }

    private static @Nullable String change(HistoryEntry entry) {
        if (entry.to() == null) {
            return entry.from();
        }
        return entry.from() == null ? entry.to() : entry.from() + " → " + entry.to();
    }

    private static String note(HistoryEntry entry) {
        String note = entry.note() == null ? "" : entry.note();
        return entry.actor() == null ? note : note + " (" + entry.actor() + ")";
    }

    private static String labels(@Nullable Map<String, String> labels) {
        return labels == null
                ? ""
                : labels.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static String join(@Nullable List<String> lines) {
        return lines == null ? "" : String.join("; ", lines);
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            facts.put(name, value);
        }
    }
}
