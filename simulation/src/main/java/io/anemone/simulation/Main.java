package io.anemone.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code --seed N}: one seed with its timeline. {@code --seeds N [--from S] [--bug NAME]}: many. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Logger.getLogger("").setLevel(Level.OFF);
        long seeds = 0;
        long from = 1;
        PlantedBug bug = PlantedBug.NONE;
        Long one = null;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--seed" -> one = Long.valueOf(args[i + 1]);
                case "--seeds" -> seeds = Long.parseLong(args[i + 1]);
                case "--from" -> from = Long.parseLong(args[i + 1]);
                case "--bug" -> bug = PlantedBug.valueOf(args[i + 1]);
                default -> usage();
            }
        }
        if (one == null && seeds == 0) {
            usage();
        }
        System.exit(one != null ? replay(one, bug) : many(from, seeds, bug));
    }

    private static void usage() {
        System.err.println("Usage: simulate --seed N | --seeds N [--from S] [--bug NAME]");
        System.exit(2);
    }

    private static int replay(long seed, PlantedBug bug) {
        Result result = Simulation.run(seed, bug, true);
        result.timeline().forEach(System.out::println);
        System.out.println(
                result.violation().map(what -> "seed " + seed + ": " + what).orElse("seed " + seed + ": all holds"));
        return result.holds() ? 0 : 1;
    }

    private static int many(long from, long seeds, PlantedBug bug) {
        Map<Fault, Long> counts = new EnumMap<>(Fault.class);
        long begun = System.nanoTime();
        long vms = 0;
        long ready = 0;
        int violations = 0;
        for (long seed = from; seed < from + seeds; seed++) {
            Result result = Simulation.run(seed, bug, false);
            result.faults().forEach((fault, count) -> counts.merge(fault, count, Long::sum));
            vms += result.vms();
            ready += result.ready();
            if (!result.holds()) {
                violations++;
                System.out.println("seed " + seed + ": " + result.violation().orElseThrow());
                System.out.println("  replay: ./box simulate --seed " + seed);
                if (violations >= 10) {
                    seeds = seed - from + 1;
                }
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        counts.forEach((fault, count) -> System.out.printf("%,12d  %s%n", count, fault));
        System.out.printf(
                "%,d seeds in %.0f s (%.0f seeds/s), %,d VMs of which %,d were READY, %d violations%n",
                seeds, seconds, seeds / seconds, vms, ready, violations);
        return violations == 0 ? 0 : 1;
    }
}
