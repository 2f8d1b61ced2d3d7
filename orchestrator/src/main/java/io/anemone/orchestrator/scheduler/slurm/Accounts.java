package io.anemone.orchestrator.scheduler.slurm;

import java.util.Optional;

/** The UNIX accounts of the cluster. */
@FunctionalInterface
interface Accounts {

    record Account(String name, String home) {}

    /**
     * Empty if it is certain that there is no such account.
     *
     * @throws io.anemone.core.scheduler.SchedulerUnavailableException if that cannot be told now
     */
    Optional<Account> find(String name);

    /** Takes every name for an account with a home of this pattern, where {@code {user}} is its name. */
    static Accounts withHomes(String template) {
        return name -> Optional.of(new Account(name, template.replace("{user}", name)));
    }
}
