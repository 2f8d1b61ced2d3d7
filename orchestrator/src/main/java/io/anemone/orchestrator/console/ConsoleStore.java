package io.anemone.orchestrator.console;

import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.lease.AgentConnection;
import io.anemone.orchestrator.lease.LeaseStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;

/** Keeps the last 64 KiB of each attempt's serial console. */
@ApplicationScoped
public class ConsoleStore {

    static final int KEPT = 64 * 1024;

    private final EntityManager entities;
    private final LeaseStore leases;

    ConsoleStore(EntityManager entities, LeaseStore leases) {
        this.entities = entities;
        this.leases = leases;
    }

    /**
     * Takes in a piece; one that is there already changes nothing. After a gap, what was before it goes. A VM that is
     * not on the agent's lease is none of its business: nothing happens.
     *
     * @param offset bytes of the console before {@code bytes}
     * @return false if a newer connection speaks for the lease: then nothing was taken in
     */
    @Transactional
    public boolean append(AgentConnection agent, VmId vm, int attempt, long offset, byte[] bytes) {
        List<?> owned = entities.createNativeQuery(
                        "select id from vm where id = :vm and lease_id = :lease and attempt = :attempt for share",
                        Object.class)
                .setParameter("vm", vm.value())
                .setParameter("lease", agent.lease().value())
                .setParameter("attempt", attempt)
                .getResultList();
        if (owned.isEmpty() || offset < 0) {
            return true;
        }
        if (!leases.newest(agent)) {
            return false;
        }
        ConsoleEntity.Key key = new ConsoleEntity.Key(vm.value(), attempt);
        ConsoleEntity console = entities.find(ConsoleEntity.class, key);
        if (console == null) {
            console = new ConsoleEntity();
            console.vmId = vm.value();
            console.attempt = attempt;
            console.startOffset = offset;
            entities.persist(console);
        }
        console.add(offset, bytes, KEPT);
        return true;
    }

    /** The newest attempt's tail as plain text: no escape sequence and no control character is left in it. */
    @Transactional
    public String tail(VmId vm) {
        return entities.createQuery("from ConsoleEntity where vmId = :vm order by attempt desc", ConsoleEntity.class)
                .setParameter("vm", vm.value())
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(console -> ConsoleText.of(console.data))
                .orElse("");
    }
}
