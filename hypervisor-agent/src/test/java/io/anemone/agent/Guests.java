package io.anemone.agent;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.image.ImageContent;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageTier;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.DesiredVm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Guests for tests. */
public final class Guests {

    public static final LeaseId LEASE = LeaseId.parse("11111111-2222-3333-4444-555555555555");
    public static final String JOB = "77";
    public static final Duration READY_LIMIT = Duration.ofSeconds(60);
    public static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKSvMQ6XG0Pv5QAVJ7e4PB7CIlTMpFzqdAAxTPvTdSBb me";

    /**
     * A boot sector that says "A" on the serial port, sleeps until the power button is pressed (ACPI PM1a status of
     * the i440FX at 0x600) and then switches the machine off (PM1a control at 0x604).
     */
    private static final int[] OBEDIENT = {
        0xfb, 0xba, 0xf8, 0x03, 0xb0, 0x41, 0xee, 0xba, 0x02, 0x06, 0xb8, 0x00, 0x01, 0xef, 0xf4, 0xba, 0x00, 0x06,
        0xed, 0xf6, 0xc4, 0x01, 0x74, 0xf6, 0xba, 0x04, 0x06, 0xb8, 0x00, 0x20, 0xef, 0xf4, 0xeb, 0xfd
    };

    private Guests() {}

    public static byte[] obedientBootSector() {
        // From a disk of one sector the firmware does not boot.
        byte[] sector = new byte[1 << 20];
        for (int i = 0; i < OBEDIENT.length; i++) {
            sector[i] = (byte) OBEDIENT[i];
        }
        sector[510] = 0x55;
        sector[511] = (byte) 0xaa;
        return sector;
    }

    public static DomainId id() {
        return new DomainId(new VmId(UUID.randomUUID()), 1);
    }

    public static ImageDefinition image(ReadinessProbe.Kind readiness) {
        return new ImageDefinition(
                "micro",
                1,
                "for tests",
                new ImageContent(file("vmlinuz"), file("initrd.img"), "console=ttyS0", null, null, 0),
                "root",
                new ReadinessProbe(readiness, READY_LIMIT),
                new ImageNeeds(64, 0, ImageNeeds.Architecture.X86_64),
                ImageTier.GOLDEN);
    }

    /** A file whose content does not matter. */
    public static ImageFile file(String name) {
        return new ImageFile(name, "0".repeat(64), 512);
    }

    public static DesiredVm desired(DomainId id) {
        return desired(id, null);
    }

    public static DesiredVm desired(DomainId id, @Nullable Instant endsAt) {
        return new DesiredVm(
                id.vm(),
                id.attempt(),
                "web-1",
                "researcher",
                image(ReadinessProbe.Kind.SSH),
                new VmSize(1, 128),
                List.of(KEY),
                null,
                endsAt,
                GuestOptions.DEFAULT);
    }

    public static DomainMark mark(DomainId id) {
        return new DomainMark(
                id, LEASE, JOB, new SshEndpoint("127.0.0.1", 22001), Instant.parse("2026-03-01T11:00:00Z"));
    }

    public static DomainSpec spec(DomainId id) {
        return new DomainSpec(
                mark(id),
                new VmSize(1, 128),
                Acceleration.EMULATION,
                null,
                List.of(),
                new DomainSpec.Consoles("/dev/null", "/nonexistent/serial", null));
    }
}
