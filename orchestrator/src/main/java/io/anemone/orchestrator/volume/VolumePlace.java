package io.anemone.orchestrator.volume;

import io.anemone.core.vm.LaunchPath;
import java.util.Locale;

/** Whose account a volume's file belongs to, and so which VMs can reach it. */
public enum VolumePlace {
    /** Its owner's: for VMs that run in jobs under its owner's name. */
    JOB,
    /** The service's: for VMs on a pool's leases. */
    POOL;

    public static VolumePlace of(LaunchPath path) {
        return switch (path) {
            case STATIC -> POOL;
            case SCHEDULED, DIRECT -> JOB;
        };
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The VMs that can have it, in words. */
    String vms() {
        return switch (this) {
            case JOB -> "VMs of the paths scheduled and direct";
            case POOL -> "VMs of the path static";
        };
    }
}
