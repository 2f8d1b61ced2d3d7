package io.anemone.orchestrator.scheduler;

import io.anemone.core.scheduler.Scheduler;
import io.anemone.orchestrator.agentlink.DirectJobs;
import io.anemone.orchestrator.scheduler.local.LocalConfig;
import io.anemone.orchestrator.scheduler.local.LocalScheduler;
import io.anemone.orchestrator.scheduler.munge.DirectJobVerifier;
import io.anemone.orchestrator.scheduler.munge.UnmungeVerifier;
import io.anemone.orchestrator.scheduler.slurm.SlurmConfig;
import io.anemone.orchestrator.scheduler.slurm.SlurmSchedulers;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The one adapter that {@code anemone.scheduler.kind} names; a test's own bean takes precedence. */
@ApplicationScoped
class SchedulerProducer {

    @Produces
    @Singleton
    @DefaultBean
    Scheduler scheduler(SchedulerConfig config, SlurmConfig slurm, LocalConfig local, Clock clock) {
        return switch (config.kind()) {
            case SLURM_REST -> SlurmSchedulers.rest(slurm, clock);
            case LOCAL -> LocalScheduler.start(local, clock);
        };
    }

    @Produces
    @Singleton
    @DefaultBean
    DirectJobs directJobs(Scheduler scheduler, SchedulerConfig config) {
        return new DirectJobVerifier(new UnmungeVerifier(new BoundedProgram(config.unmungeTimeout())), scheduler);
    }

    void stop(@Disposes Scheduler scheduler) {
        if (scheduler instanceof LocalScheduler local) {
            local.close();
        }
    }
}
