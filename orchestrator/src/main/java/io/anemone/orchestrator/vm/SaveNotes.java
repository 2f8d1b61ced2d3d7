package io.anemone.orchestrator.vm;

import io.anemone.core.vm.VmState;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.history.HistoryStore;
import io.anemone.orchestrator.image.SaveNews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;

/** Writes into a VM's history and record how it stands with the saving of its disk, and lets its agent know. */
@ApplicationScoped
class SaveNotes {

    private final EntityManager entities;
    private final HistoryStore history;
    private final Changes changes;

    SaveNotes(EntityManager entities, HistoryStore history, Changes changes) {
        this.entities = entities;
        this.history = history;
        this.changes = changes;
    }

    /** Rows are locked in the order image, then VM. */
    @Transactional(Transactional.TxType.MANDATORY)
    void take(@Observes SaveNews news) {
        VmEntity vm = entities.find(VmEntity.class, news.vm().value(), LockModeType.PESSIMISTIC_WRITE);
        if (vm == null) {
            return;
        }
        if (news.note() != null) {
            history.vmNoted(news.vm(), news.note(), news.actor());
        }
        VmState state = vm.state.read();
        if (vm.state.attempt == news.attempt()
                && (state instanceof VmState.Running || state instanceof VmState.Ready)) {
            vm.hint = news.hint();
            if (news.note() != null && state.lease() != null) {
                changes.afterCommit(new Change.AgentSync(state.lease()));
            }
        }
        changes.afterCommit(new Change.Vm(news.vm()));
    }
}
