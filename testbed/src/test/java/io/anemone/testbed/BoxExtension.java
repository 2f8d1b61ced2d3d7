package io.anemone.testbed;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Tells what the site looked like when a test failed, then clears it. */
final class BoxExtension implements TestExecutionExceptionHandler, AfterEachCallback {

    private static final int LOG_LINES = 60;

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Site site = Site.up();
        StringBuilder report = new StringBuilder("\n=== " + context.getDisplayName() + " failed; the site then:\n");
        site.guests().forEach(guest -> add(report, guest::report));
        add(report, () -> "squeue: " + site.slurm().queue() + "\n");
        add(
                report,
                () -> "leases: "
                        + site.api(Site.OPERATOR).get("/leases?active=true").body() + "\n");
        for (String part : List.of("orchestrator", "slurmctld", "slurmd")) {
            add(
                    report,
                    () -> "--- log of " + part + "\n"
                            + tail(site.box().verb(List.of("logs", part)).out()));
        }
        System.err.println(report);
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Site.up().clear();
    }

    /** A report must never hide the failure that it is about. */
    private static void add(StringBuilder report, Supplier<String> part) {
        try {
            report.append(part.get());
        } catch (RuntimeException | AssertionError e) {
            report.append("(not to be had: ").append(e).append(")\n");
        }
    }

    private static String tail(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size())) + "\n";
    }
}
