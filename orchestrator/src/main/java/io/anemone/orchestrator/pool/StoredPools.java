package io.anemone.orchestrator.pool;

import io.anemone.orchestrator.request.KnownPools;
import jakarta.enterprise.context.ApplicationScoped;

/** The pools in the database, for the checks on requests. */
@ApplicationScoped
class StoredPools implements KnownPools {

    private final PoolStore pools;

    StoredPools(PoolStore pools) {
        this.pools = pools;
    }

    @Override
    public boolean has(String pool) {
        return pools.find(pool).isPresent();
    }
}
