package io.anemone.agent.domain;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainSpec.Consoles;
import io.anemone.core.hypervisor.DomainSpec.Firmware;
import io.anemone.core.hypervisor.DomainSpec.Machine;
import io.anemone.core.hypervisor.DomainSpec.Network;
import io.anemone.core.hypervisor.DomainSpec.Place;
import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Acceleration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A domain with every option there is, chosen by a seed. Who adds a device adds it here: then it is held against
 * libvirt's schema and against hostile text like all the others.
 */
final class RandomDomains {

    /** Gives the text of a field that may be anybody's. The same seed asks for the same fields in the same order. */
    interface Texts {

        /** A file of the node. */
        String path();

        /** Anything at all. */
        String word();

        /** Name of a device: a bridge, or what a disk is found by. */
        String device();

        /** A hardware address. */
        String mac();
    }

    private final SplittableRandom random;
    private final Texts texts;

    private RandomDomains(long seed, Texts texts) {
        this.random = new SplittableRandom(seed);
        this.texts = texts;
    }

    static DomainSpec of(long seed, Texts texts) {
        return new RandomDomains(seed, texts).spec();
    }

    private DomainSpec spec() {
        VmSize size = new VmSize(random.nextInt(1, 65), random.nextInt(64, 1 << 20));
        return new DomainSpec(
                mark(),
                size,
                random.nextBoolean() ? Acceleration.KVM : Acceleration.EMULATION,
                random.nextBoolean() ? null : boot(),
                disks(),
                new Consoles(texts.path(), texts.path(), random.nextBoolean() ? null : texts.path()),
                new Machine(
                        random.nextBoolean() ? null : new Firmware(texts.path(), texts.path()),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        place(size)),
                network(),
                shares());
    }

    private List<DomainSpec.Share> shares() {
        return IntStream.range(0, random.nextInt(0, 3))
                .mapToObj(i -> new DomainSpec.Share(texts.path(), texts.word(), random.nextBoolean()))
                .toList();
    }

    private DomainMark mark() {
        List<PublishedPort> ports = IntStream.range(0, random.nextInt(0, 5))
                .mapToObj(i -> new PublishedPort(random.nextInt(1, 65536), address(), random.nextInt(1024, 65536)))
                .toList();
        return new DomainMark(
                new DomainId(new VmId(uuid()), random.nextInt(1, 9)),
                new LeaseId(uuid()),
                texts.word(),
                random.nextBoolean() ? null : new SshEndpoint(address(), random.nextInt(1024, 65536)),
                Instant.ofEpochSecond(random.nextLong(1L << 32)),
                ports,
                IntStream.range(0, random.nextInt(0, 4)).boxed().toList());
    }

    private DomainSpec.Boot boot() {
        return new DomainSpec.Boot(
                texts.path(), random.nextBoolean() ? null : texts.path(), random.nextBoolean() ? null : texts.word());
    }

    private List<DomainSpec.Disk> disks() {
        List<DomainSpec.Disk> disks = new ArrayList<>();
        int count = random.nextInt(0, 6);
        for (int i = 0; i < count; i++) {
            disks.add(new DomainSpec.Disk(
                    texts.path(),
                    oneOf(DiskFormat.values()),
                    oneOf(DomainSpec.Writes.values()),
                    random.nextBoolean() ? null : texts.device()));
        }
        return disks;
    }

    private Place place(VmSize size) {
        List<Integer> cpus = random.nextBoolean()
                ? List.of()
                : IntStream.range(0, random.nextInt(1, size.vcpus() + 3))
                        .boxed()
                        .toList();
        return new Place(cpus, random.nextBoolean() ? null : random.nextInt(0, 8), random.nextInt(1, 101));
    }

    private Network network() {
        return random.nextInt(3) == 0
                ? new Network.Bridge(texts.device(), texts.mac())
                : new Network.User(random.nextBoolean());
    }

    private String address() {
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
