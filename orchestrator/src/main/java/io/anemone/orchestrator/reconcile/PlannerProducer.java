package io.anemone.orchestrator.reconcile;

import io.anemone.core.plan.Planner;
import io.anemone.orchestrator.breaker.BreakerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The planner with what this site has set. */
@ApplicationScoped
class PlannerProducer {

    @Produces
    @Singleton
    Planner planner(ReconcileConfig config, BreakerConfig breakers) {
        return new Planner(config.limits(), breakers.limits());
    }
}
