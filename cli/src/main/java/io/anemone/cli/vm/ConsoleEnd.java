package io.anemone.cli.vm;

import io.anemone.cli.api.Api;
import io.anemone.cli.api.Vm;
import io.anemone.cli.base.CliException;
import io.anemone.cli.text.Printable;
import java.util.List;

/** The last lines of a guest's console, for a VM that did not become ready: mostly the reason stands there. */
final class ConsoleEnd {

    private static final int LINES = 15;

    private ConsoleEnd() {}

    /** Whether it would tell why a VM is not where its owner wants it. */
    static boolean matters(Vm vm) {
        Vm.Readiness readiness = vm.readiness();
        return (readiness != null && readiness.late()) || "GUEST_NOT_READY".equals(vm.reason());
    }

    /** Fit for a terminal; empty if there is none. */
    static List<String> of(Api api, String id) {
        try {
            String text = Printable.lines(api.text("/vms/" + Api.segment(id) + "/console-log"));
            List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        } catch (CliException e) {
            // What was asked for is told all the same.
            return List.of();
        }
    }
}
