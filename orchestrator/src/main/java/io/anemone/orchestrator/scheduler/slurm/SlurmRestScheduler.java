package io.anemone.orchestrator.scheduler.slurm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.scheduler.Cluster;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.core.scheduler.SubmitAnswer;
import io.anemone.orchestrator.scheduler.slurm.Accounts.Account;
import io.anemone.orchestrator.scheduler.slurm.SlurmHttp.Answer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Slurm 22.05 by slurmrestd ({@code openapi/v0.0.38}). Lists as the service account; submits, cancels, searches and
 * asks as the job's owner, with a token minted for that owner. For with {@code PrivateData=jobs} Slurm answers another
 * account "invalid job id" about a job that runs, and an empty list.
 *
 * <p>The HTTP status of slurmrestd says little (an unknown job is a 500), so answers are told apart by Slurm's
 * error numbers, and whatever is not plainly an answer is "unavailable".
 */
public final class SlurmRestScheduler implements Scheduler {

    private static final int OK = 200;
    private static final Pattern JOB_ID = Pattern.compile("[1-9][0-9]{0,9}");

    private final SlurmHttp http;
    private final Accounts accounts;
    private final SlurmConfig settings;
    private final ObjectMapper json;
    private final Clock clock;

    SlurmRestScheduler(SlurmHttp http, Accounts accounts, SlurmConfig settings, ObjectMapper json, Clock clock) {
        this.http = http;
        this.accounts = accounts;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public SubmitAnswer submit(JobRequest request) {
        Optional<Account> account = accounts.find(request.owner());
        if (account.isEmpty()) {
            return refused(ErrorCode.SUBMIT_REJECTED, request, "the cluster has no account " + request.owner());
        }
        Answer answer = http.post("job/submit", request.owner(), write(request, account.get()));
        SlurmAnswers.Submitted submitted = read(answer, SlurmAnswers.Submitted.class);
        if (submitted.jobId() != null && submitted.jobId() > 0) {
            // Errors can stand beside it, such as "Required node not available": the job waits all the same.
            return new SubmitAnswer.Accepted(Long.toString(submitted.jobId()));
        }
        List<SlurmError> errors = errors(submitted.errors());
        return errors.stream()
                .filter(error -> SlurmErrno.refusal(error.errno()))
                .findFirst()
                .map(error -> refused(SlurmErrno.refusalCode(error.errno()), request, error.words()))
                .orElseThrow(() -> unclear("submit", answer, errors));
    }

    @Override
    public List<JobView> findByName(String owner, String name) {
        JobListing listing = jobs(owner);
        if (!listing.complete()) {
            throw new SchedulerUnavailableException(
                    "Slurm's list of jobs is not whole, so a job cannot be searched in it (job name: " + name + ").");
        }
        return listing.jobs().stream()
                .filter(job -> job.name().equals(name) && job.owner().equals(owner))
                .toList();
    }

    @Override
    public JobListing jobs() {
        return jobs(settings.serviceUser());
    }

    /** As seen by an account: its own jobs are never hidden from it. */
    private JobListing jobs(String user) {
        Instant takenAt = clock.instant();
        Answer answer = http.get("jobs", user);
        SlurmAnswers.Jobs jobs = read(answer, SlurmAnswers.Jobs.class);
        List<SlurmError> errors = errors(jobs.errors());
        if (answer.status() != OK || jobs.jobs() == null) {
            throw unclear("list jobs", answer, errors);
        }
        List<JobView> views = views(jobs.jobs());
        boolean complete = errors.isEmpty() && views.size() == jobs.jobs().size();
        return new JobListing(takenAt, complete, views);
    }

    @Override
    public JobAnswer job(String jobId, String owner) {
        if (!JOB_ID.matcher(jobId).matches()) {
            return new JobAnswer.NoSuchJob();
        }
        Answer answer = http.get("job/" + jobId, owner);
        SlurmAnswers.Jobs jobs = read(answer, SlurmAnswers.Jobs.class);
        List<SlurmError> errors = errors(jobs.errors());
        if (answer.status() == OK && jobs.jobs() != null) {
            // For an array's id Slurm tells of all its tasks; only one of them goes by this id.
            Optional<JobView> job = views(jobs.jobs()).stream()
                    .filter(view -> view.id().equals(jobId))
                    .findFirst();
            if (job.isPresent()) {
                return new JobAnswer.Known(job.get());
            }
        }
        if (!errors.isEmpty() && errors.stream().allMatch(error -> SlurmErrno.noSuchJob(error.errno()))) {
            return new JobAnswer.NoSuchJob();
        }
        throw unclear("tell of job " + jobId, answer, errors);
    }

    @Override
    public void cancel(String jobId, String owner) {
        if (!JOB_ID.matcher(jobId).matches()) {
            return;
        }
        Answer answer = http.delete("job/" + jobId, owner);
        List<SlurmError> errors = errors(read(answer, SlurmAnswers.Done.class).errors());
        boolean done = errors.isEmpty()
                ? answer.status() == OK
                : errors.stream().allMatch(error -> SlurmErrno.nothingToCancel(error.errno()));
        if (!done) {
            throw unclear("cancel job " + jobId, answer, errors);
        }
    }

    @Override
    public Cluster cluster() {
        Instant takenAt = clock.instant();
        Answer nodesAnswer = http.get("nodes", settings.serviceUser());
        SlurmAnswers.Nodes nodes = read(nodesAnswer, SlurmAnswers.Nodes.class);
        if (nodesAnswer.status() != OK || nodes.nodes() == null) {
            throw unclear("list nodes", nodesAnswer, errors(nodes.errors()));
        }
        Answer partitionsAnswer = http.get("partitions", settings.serviceUser());
        SlurmAnswers.Partitions partitions = read(partitionsAnswer, SlurmAnswers.Partitions.class);
        if (partitionsAnswer.status() != OK || partitions.partitions() == null) {
            throw unclear("list partitions", partitionsAnswer, errors(partitions.errors()));
        }
        return new Cluster(
                takenAt, SlurmCluster.nodes(nodes.nodes()), SlurmCluster.partitions(partitions.partitions()));
    }

    private static List<JobView> views(List<SlurmAnswers.@Nullable Job> jobs) {
        return jobs.stream()
                .filter(Objects::nonNull)
                .map(SlurmJobs::view)
                .flatMap(Optional::stream)
                .toList();
    }

    private static SubmitAnswer refused(ErrorCode code, JobRequest request, String words) {
        return new SubmitAnswer.Refused(new Failure(
                code,
                "Slurm refused the job: " + words + ". Ask for what its partition offers (user: " + request.owner()
                        + ", partition: " + (request.partition() == null ? "default" : request.partition()) + ")."));
    }

    private byte[] write(JobRequest request, Account account) {
        try {
            return json.writeValueAsBytes(SubmitBody.of(request, account, settings.output()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job request that JSON cannot hold: " + request, e);
        }
    }

    private <T> T read(Answer answer, Class<T> type) {
        try {
            T value = json.readValue(answer.body(), type);
            if (value != null) {
                return value;
            }
        } catch (IOException e) {
            throw new SchedulerUnavailableException(
                    "slurmrestd's answer cannot be read: it is cut short or no JSON (HTTP status " + answer.status()
                            + ").",
                    e);
        }
        throw new SchedulerUnavailableException("slurmrestd's answer is empty (HTTP status " + answer.status() + ").");
    }

    private static List<SlurmError> errors(@Nullable List<SlurmError> errors) {
        return errors == null ? List.of() : errors;
    }

    private static SchedulerUnavailableException unclear(String what, Answer answer, List<SlurmError> errors) {
        String words = errors.isEmpty() ? "no reason given" : errors.getFirst().words();
        String advice = errors.stream().anyMatch(error -> SlurmErrno.hungUp(error.errno()))
                ? " If slurmctld is up, it did not take the orchestrator's token: the file of"
                        + " anemone.slurm.jwt-key-file must hold the same key as jwt_key in slurm.conf, and the clocks"
                        + " must agree."
                : "";
        return new SchedulerUnavailableException(
                "Slurm could not " + what + ": " + words + "." + advice + " (HTTP status " + answer.status() + ")");
    }
}
