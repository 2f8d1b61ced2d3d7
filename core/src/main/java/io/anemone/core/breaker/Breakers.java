package io.anemone.core.breaker;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The breakers of a site, made anew from how recent starts went: nothing is stored, so nothing can be stuck.
 *
 * <pre>
 * CLOSED ──failures in a row──▶ OPEN ──pause over──▶ HALF-OPEN ──success──▶ CLOSED
 *                                ▲───────────failure─────┘
 * </pre>
 *
 * <p>What opens one must not come from a single source that could be at fault itself, or could do it on purpose: it
 * takes jobs of two users (or of the service account, whose jobs run nobody's code), and for an image or a partition
 * two nodes besides. That a node lacks what one VM wants says nothing about its other guests: only that VM avoids it.
 */
public final class Breakers {

    private static final String DEFAULT_PARTITION = "";

    private final BreakerLimits limits;
    private final String serviceUser;
    private final Instant now;
    private final Map<String, List<AttemptOutcome>> byNode;
    private final Map<String, List<AttemptOutcome>> byImage;
    private final Map<String, List<AttemptOutcome>> byPartition;
    private final Map<VmId, Set<String>> failedNodes = new HashMap<>();

    /** @param outcomes of recent starts, in any order */
    public Breakers(List<AttemptOutcome> outcomes, BreakerLimits limits, String serviceUser, Instant now) {
        this.limits = limits;
        this.serviceUser = serviceUser;
        this.now = now;
        List<AttemptOutcome> telling = outcomes.stream()
                .filter(outcome -> outcome.failure() != ErrorCode.HARDWARE_MISSING_ON_NODE)
                .toList();
        this.byNode = by(telling, AttemptOutcome::node);
        this.byImage = by(telling, AttemptOutcome::image);
        this.byPartition = by(telling, outcome -> keyOf(outcome.partition()));
        for (AttemptOutcome outcome : outcomes) {
            if (outcome.failed() && outcome.vm() != null && outcome.node() != null) {
                failedNodes.computeIfAbsent(outcome.vm(), vm -> new HashSet<>()).add(outcome.node());
            }
        }
    }

    public Breaker node(String name) {
        return breaker(byNode.get(name), failures -> true);
    }

    public Breaker image(String name) {
        return breaker(byImage.get(name), failures -> varied(failures, AttemptOutcome::node));
    }

    /** @param name null for the scheduler's default */
    public Breaker partition(@Nullable String name) {
        return breaker(byPartition.get(keyOf(name)), failures -> varied(failures, AttemptOutcome::node));
    }

    /** The nodes that have failed this VM. */
    public Set<String> failedNodes(VmId vm) {
        return Set.copyOf(failedNodes.getOrDefault(vm, Set.of()));
    }

    /** The nodes that must not be used now. */
    public Set<String> openNodes() {
        return byNode.keySet().stream()
                .filter(node -> node(node) instanceof Breaker.Open)
                .collect(Collectors.toSet());
    }

    private Breaker breaker(@Nullable List<AttemptOutcome> newestFirst, Predicate<List<AttemptOutcome>> conclusive) {
        List<AttemptOutcome> failures = newestFirst == null
                ? List.of()
                : newestFirst.stream().takeWhile(AttemptOutcome::failed).toList();
        if (failures.size() < limits.failures() || !independent(failures) || !conclusive.test(failures)) {
            return new Breaker.Closed();
        }
        AttemptOutcome newest = failures.getFirst();
        ErrorCode last = Objects.requireNonNull(newest.failure());
        Instant until = newest.at().plus(limits.pauseAfter(failures.size()));
        return now.isBefore(until)
                ? new Breaker.Open(failures.size(), last, until)
                : new Breaker.HalfOpen(failures.size(), last);
    }

    private boolean independent(List<AttemptOutcome> failures) {
        return varied(failures, AttemptOutcome::account)
                || failures.stream().allMatch(failure -> failure.account().equals(serviceUser));
    }

    private static boolean varied(List<AttemptOutcome> failures, Function<AttemptOutcome, @Nullable String> source) {
        return failures.stream().map(source).filter(Objects::nonNull).distinct().count() >= 2;
    }

    private static Map<String, List<AttemptOutcome>> by(
            List<AttemptOutcome> outcomes, Function<AttemptOutcome, @Nullable String> key) {
        Map<String, List<AttemptOutcome>> groups = new HashMap<>();
        outcomes.stream()
                .sorted(Comparator.comparing(AttemptOutcome::at).reversed())
                .forEach(outcome -> {
                    String name = key.apply(outcome);
                    if (name != null) {
                        groups.computeIfAbsent(name, n -> new ArrayList<>()).add(outcome);
                    }
                });
        return groups;
    }

    private static String keyOf(@Nullable String name) {
        return name == null ? DEFAULT_PARTITION : name;
    }
}
