package io.anemone.orchestrator.testing;

import io.anemone.core.scheduler.Scheduler;
import io.anemone.testkit.scheduler.FakeScheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The scheduler of the service under test. Jobs wait until a test starts them. */
@ApplicationScoped
class FakeSchedulerProducer {

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    @Typed({Scheduler.class, FakeScheduler.class})
    FakeScheduler scheduler(Clock clock) {
        return new FakeScheduler(clock);
    }
}
