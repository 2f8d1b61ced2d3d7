package io.anemone.simulation;

import io.anemone.core.image.ImageContent;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageTier;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.orders.AttemptId;
import io.anemone.core.orders.DesiredState;
import io.anemone.core.orders.LeaseTerms;
import io.anemone.core.orders.Strangers;
import io.anemone.core.orders.VmOnLease;
import io.anemone.core.plan.VmView;
import io.anemone.core.wire.Discard;
import io.anemone.core.wire.OrchestratorMessage.Desired;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What an agent shall do, read from the database. */
final class Orders {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Map<String, ImageDefinition> IMAGES = Map.of(
            "micro",
            new ImageDefinition(
                    "micro",
                    1,
                    "",
                    new ImageContent(new ImageFile("vmlinuz", "0".repeat(64), 1), null, null, null, null, 0),
                    "root",
                    new ReadinessProbe(ReadinessProbe.Kind.SSH, Duration.ofSeconds(30)),
                    new ImageNeeds(64, 0, ImageNeeds.Architecture.X86_64),
                    ImageTier.GOLDEN));

    private final Site site;
    private final Clock clock;

    Orders(Site site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    List<VmView> on(LeaseId lease) {
        return rows(lease).stream().map(VmOnLease::view).toList();
    }

    private List<VmOnLease> rows(LeaseId lease) {
        return site.database()
                .transact(() -> site.database().vms.values().stream()
                        .filter(vm -> !vm.over() && lease.equals(vm.state.lease()))
                        .map(VmRow::onLease)
                        .toList());
    }

    private List<Discard> discards(LeaseSpec lease) {
        return site.database()
                .transact(() -> site.database().vms.values().stream()
                        .filter(vm -> vm.kept != null
                                && Store.sharesStorage(lease, vm.spec)
                                && (vm.mayDiscard(vm.kept) || site.bug() == PlantedBug.DISCARDED_ON_RESUME))
                        .map(vm -> new Discard(vm.id, Objects.requireNonNull(vm.kept)))
                        .toList());
    }

    Desired of(LeaseRow lease, Session session) {
        List<VmOnLease> onLease = rows(lease.id);
        Set<AttemptId> strangers = Strangers.among(
                session.reported.values(),
                onLease.stream().map(VmOnLease::view).toList(),
                site.database().vms::containsKey);
        LeaseTerms terms = new LeaseTerms(lease.id, lease.state, lease.spec.walltime(), lease.endsAt);
        return new DesiredState(terms, onLease, IMAGES, session.reported.keySet(), strangers, discards(lease.spec))
                .toMessage(session.epoch, GRACE, clock.instant());
    }
}
