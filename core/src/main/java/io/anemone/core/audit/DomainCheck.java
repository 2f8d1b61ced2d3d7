package io.anemone.core.audit;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.vm.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Domains against the records: I1 and I2. */
final class DomainCheck implements Check {

    /** One domain, however many agents of its node see it. */
    private record Place(DomainId id, String node) {}

    private final AuditBounds bounds;

    DomainCheck(AuditBounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public List<Suspicion> of(Facts facts, Instant now) {
        Map<Place, SeenDomain> places = new LinkedHashMap<>();
        facts.domains().forEach(seen -> places.putIfAbsent(new Place(seen.id(), seen.node()), seen));
        Map<VmId, List<SeenDomain>> byVm = new LinkedHashMap<>();
        places.values()
                .forEach(seen -> byVm.computeIfAbsent(seen.id().vm(), vm -> new ArrayList<>())
                        .add(seen));
        List<Suspicion> found = new ArrayList<>();
        byVm.forEach((vm, domains) -> {
            if (domains.size() > 1) {
                found.add(several(vm, domains));
            }
            domains.forEach(domain -> alone(domain, found));
        });
        return found;
    }

    private Suspicion several(VmId vm, List<SeenDomain> domains) {
        Healing healing = domains.stream()
                .filter(domain -> domain.strayFrom().isPresent())
                .findFirst()
                .<Healing>map(stray -> new Healing.EndDomain(stray.by(), stray.id()))
                .orElseGet(Healing.Operator::new);
        Instant since =
                domains.stream().map(SeenDomain::since).max(Instant::compareTo).orElseThrow();
        List<Subject> subjects = new ArrayList<>();
        subjects.add(Subject.of(vm));
        domains.forEach(domain -> {
            subjects.add(Subject.of(domain.id()));
            subjects.add(Subject.node(domain.node()));
        });
        return new Suspicion(
                Invariant.I1,
                subjects,
                "The VM has " + domains.size() + " live domains.",
                since,
                bounds.twoDomains(),
                healing);
    }

    private void alone(SeenDomain domain, List<Suspicion> found) {
        List<Subject> subjects = List.of(
                Subject.of(domain.id().vm()),
                Subject.of(domain.id()),
                Subject.of(domain.marked()),
                Subject.node(domain.node()));
        if (domain.strayFrom().isPresent()) {
            found.add(new Suspicion(
                    Invariant.I2,
                    subjects,
                    "The domain's attempt or its lease is over, or is elsewhere.",
                    domain.strayFrom().orElseThrow(),
                    bounds.domain(),
                    new Healing.EndDomain(domain.by(), domain.id())));
        } else if (domain.vm() == null) {
            // Of another installation, or younger than the backup that the database was restored from.
            found.add(new Suspicion(
                    Invariant.I2,
                    subjects,
                    "The domain belongs to a VM that there is no record of.",
                    domain.since(),
                    bounds.domain(),
                    new Healing.Operator()));
        }
    }
}
