package io.anemone.agent.libvirt;

import io.anemone.core.hypervisor.Sighting.Ending;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.event.DomainEvent;
import org.libvirt.event.DomainEventType;
import org.libvirt.event.StoppedDetail;

/** What libvirt's events told about how domains ended: a domain that is gone cannot be asked any more. */
final class Endings implements DomainEvents {

    private static final int REMEMBERED = 1024;

    /** An event may come a little later than the answer that the domain is gone. */
    private static final Duration LATE_BY = Duration.ofMillis(500);

    private final Map<UUID, Ending> endings = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Ending> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Guests that began anew; libvirt may tell of one reboot more than once. */
    private final Map<UUID, Integer> reboots = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final Runnable changed;

    Endings(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public int onLifecycleChange(Domain domain, DomainEvent event) {
        try {
            note(UUID.fromString(domain.getUUIDString()), event);
        } catch (LibvirtException e) {
            System.getLogger(Endings.class.getName())
                    .log(System.Logger.Level.WARNING, "an event of an unknown domain: " + e.getMessage());
        }
        changed.run();
        return 0;
    }

    @Override
    public void onReboot(Domain domain) {
        try {
            rebooted(UUID.fromString(domain.getUUIDString()));
        } catch (LibvirtException e) {
            System.getLogger(Endings.class.getName())
                    .log(System.Logger.Level.WARNING, "a reboot of an unknown domain: " + e.getMessage());
        }
        changed.run();
    }

    private synchronized void rebooted(UUID uuid) {
        reboots.merge(uuid, 1, Integer::sum);
    }

    private synchronized void note(UUID uuid, DomainEvent event) {
        if (event.getType() == DomainEventType.STARTED) {
            endings.remove(uuid);
        } else if (event.getType() == DomainEventType.CRASHED) {
            endings.put(uuid, Ending.CRASHED);
        } else if (event.getType() == DomainEventType.STOPPED) {
            StoppedDetail detail = event.getDetail();
            switch (detail) {
                case SHUTDOWN -> endings.putIfAbsent(uuid, Ending.POWERED_OFF);
                case DESTROYED -> endings.put(uuid, Ending.DESTROYED);
                case CRASHED, FAILED -> endings.put(uuid, Ending.CRASHED);
                case MIGRATED, SAVED, FROM_SNAPSHOT, UNKNOWN -> endings.putIfAbsent(uuid, Ending.UNSEEN);
            }
            notifyAll();
        }
    }

    synchronized int reboots(UUID uuid) {
        return reboots.getOrDefault(uuid, 0);
    }

    /** @param expected whether the domain was seen before, so that an event must come if anybody was watching */
    synchronized Ending of(UUID uuid, boolean expected) throws InterruptedException {
        long end = System.nanoTime() + LATE_BY.toNanos();
        while (expected && !endings.containsKey(uuid)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return endings.getOrDefault(uuid, Ending.UNSEEN);
    }
}
