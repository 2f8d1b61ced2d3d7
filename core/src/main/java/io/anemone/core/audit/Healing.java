package io.anemone.core.audit;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.lease.LeaseId;

/** What makes a violation go. */
public sealed interface Healing {

    /** One sentence for operators. */
    String sentence();

    /** The agent of lease {@code by}, which sees the domain, is ordered to end it. */
    record EndDomain(LeaseId by, DomainId domain) implements Healing {
        @Override
        public String sentence() {
            return "The agent on the node is ordered to end the domain.";
        }
    }

    /** The agent itself tries again to remove what is left. */
    record CleanUp() implements Healing {
        @Override
        public String sentence() {
            return "The agent on the node tries again to remove it.";
        }
    }

    /** No agent of the account runs: the next one is told. */
    record NextAgent() implements Healing {
        @Override
        public String sentence() {
            return "The next agent of that account removes it.";
        }
    }

    /** The reconcile loop or the outbox does it again until it is done. */
    record TryAgain() implements Healing {
        @Override
        public String sentence() {
            return "It is tried again until it is done.";
        }
    }

    /** There is no proof of what would be right: a person must look. */
    record Operator() implements Healing {
        @Override
        public String sentence() {
            return "Nothing is done by itself: an operator must look at it.";
        }
    }
}
