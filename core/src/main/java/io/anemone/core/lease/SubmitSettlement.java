package io.anemone.core.lease;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SubmitAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gets a lease its one job. A submit whose answer was lost may have been heard: before any try but the very first, the
 * job is looked for by the lease's name.
 */
public final class SubmitSettlement {

    private static final Failure NOT_SUBMITTED =
            new Failure(ErrorCode.LEASE_OVER, "It was given back before its job was submitted.");

    private final Scheduler scheduler;

    public SubmitSettlement(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * What came of it.
     *
     * @param events for the lease, in order; empty if there was nothing to settle
     * @param found  whether its job was there already
     * @param second further jobs of its name, which were ended
     */
    public record Settled(List<LeaseEvent> events, boolean found, List<String> second) {
        public Settled {
            events = List.copyOf(events);
            second = List.copyOf(second);
        }

        private static Settled by(LeaseEvent event) {
            return new Settled(List.of(event), false, List.of());
        }
    }

    /**
     * @param state   where the lease is now
     * @param tries   tries so far, this one included: 1 means that nothing can have been sent before
     * @param request the job to submit, if there is none; asked for right before it is sent
     * @throws io.anemone.core.scheduler.SchedulerUnavailableException if it is unclear whether there is a job
     */
    public Settled settle(LeaseId id, LeaseSpec spec, LeaseState state, int tries, Supplier<JobRequest> request) {
        boolean wanted = state instanceof LeaseState.Submitting;
        boolean givenBack = state instanceof LeaseState.Releasing releasing && releasing.jobId() == null;
        if (!wanted && !givenBack) {
            return new Settled(List.of(), false, List.of());
        }
        Optional<Settled> found = tries > 1 ? search(id, spec.owner()) : Optional.empty();
        return found.orElseGet(
                () -> wanted ? submit(request.get()) : Settled.by(new LeaseEvent.SubmitRefused(NOT_SUBMITTED)));
    }

    private Settled submit(JobRequest request) {
        return switch (scheduler.submit(request)) {
            case SubmitAnswer.Accepted(String jobId) -> Settled.by(new LeaseEvent.Submitted(jobId));
            case SubmitAnswer.Refused(Failure failure) -> Settled.by(new LeaseEvent.SubmitRefused(failure));
        };
    }

    /** Should there be several all the same, one is kept and the others are ended. */
    private Optional<Settled> search(LeaseId id, String owner) {
        List<JobView> jobs = scheduler.findByName(owner, id.jobName()).stream()
                .sorted(Comparator.comparing((JobView job) -> job.state().over())
                        .thenComparing(JobView::submittedAt))
                .toList();
        List<String> second = jobs.stream()
                .skip(1)
                .filter(job -> !job.state().over())
                .map(JobView::id)
                .toList();
        second.forEach(job -> scheduler.cancel(job, owner));
        return jobs.stream().findFirst().map(job -> new Settled(adopted(job), true, second));
    }

    private static List<LeaseEvent> adopted(JobView job) {
        List<LeaseEvent> events = new ArrayList<>();
        events.add(new LeaseEvent.Submitted(job.id()));
        if (job.state().over()) {
            events.add(new LeaseEvent.JobOver(job.id(), LeaseEnds.of(job)));
        }
        return events;
    }
}
