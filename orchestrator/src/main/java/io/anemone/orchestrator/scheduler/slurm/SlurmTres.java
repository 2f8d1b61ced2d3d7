package io.anemone.orchestrator.scheduler.slurm;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a list of trackable resources, e.g. {@code cpu=4,mem=1.50G,node=1,billing=4}. */
final class SlurmTres {

    private static final Pattern MEMORY = Pattern.compile("(?:^|,)mem=(\\d{1,15}(?:\\.\\d{1,6})?)([KMGTP]?)(?:,|$)");
    private static final BigDecimal STEP = BigDecimal.valueOf(1024);

    private SlurmTres() {}

    /** Memory in MiB, rounded down; 0 if the list does not tell. Without a unit, Slurm means MiB. */
    static long memoryMiB(@Nullable String tres) {
        Matcher memory = MEMORY.matcher(tres == null ? "" : tres);
        if (!memory.find()) {
            return 0;
        }
        BigDecimal number = new BigDecimal(memory.group(1));
        BigDecimal mebibytes = switch (memory.group(2)) {
            case "K" -> number.divide(STEP, RoundingMode.DOWN);
            case "G" -> number.multiply(STEP);
            case "T" -> number.multiply(STEP.pow(2));
            case "P" -> number.multiply(STEP.pow(3));
            default -> number;
        };
        return mebibytes.longValue();
    }
}
