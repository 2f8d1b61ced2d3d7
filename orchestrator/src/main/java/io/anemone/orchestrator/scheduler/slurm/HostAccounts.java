package io.anemone.orchestrator.scheduler.slurm;

import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.orchestrator.scheduler.BoundedProgram;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks the host's name service by getent(1), which knows LDAP and SSSD accounts as well as those of a file.
 *
 * <p>Slurm 22.05 must not be asked to run a job of an account that does not exist: slurmrestd takes the token, and
 * the job is queued as {@code nobody}. So an account is looked up before its first submit and every five minutes.
 */
final class HostAccounts implements Accounts {

    private static final int NOT_FOUND = 2;
    private static final int HOME_FIELD = 5;
    private static final Duration KEEP = Duration.ofMinutes(5);

    private final BoundedProgram program;
    private final Clock clock;
    private final Map<String, Seen> known = new ConcurrentHashMap<>();

    HostAccounts(BoundedProgram program, Clock clock) {
        this.program = program;
        this.clock = clock;
    }

    @Override
    public Optional<Account> find(String name) {
        Instant now = clock.instant();
        Seen seen = known.get(name);
        if (seen != null && now.isBefore(seen.at().plus(KEEP))) {
            return Optional.of(seen.account());
        }
        Optional<Account> account = ask(name);
        account.ifPresent(found -> known.put(name, new Seen(found, now)));
        return account;
    }

    private Optional<Account> ask(String name) {
        BoundedProgram.Result result;
        try {
            result = program.run(List.of("getent", "passwd", "--", name), "");
        } catch (IOException e) {
            throw unavailable(name, e.toString(), e);
        }
        return switch (result.exitCode()) {
            case 0 -> parse(name, result.output().strip());
            case NOT_FOUND -> Optional.empty();
            default -> throw unavailable(name, "getent ended with exit code " + result.exitCode(), null);
        };
    }

    /** getent also finds an account by its number: that is not its name. */
    private static Optional<Account> parse(String name, String line) {
        String[] fields = line.split(":", -1);
        return fields.length > HOME_FIELD && fields[0].equals(name)
                ? Optional.of(new Account(name, fields[HOME_FIELD]))
                : Optional.empty();
    }

    private static SchedulerUnavailableException unavailable(String name, String why, @Nullable Throwable cause) {
        String message =
                "It cannot be told now whether the cluster has the account: " + why + " (account: " + name + ").";
        return cause == null
                ? new SchedulerUnavailableException(message)
                : new SchedulerUnavailableException(message, cause);
    }

    private record Seen(Account account, Instant at) {}
}
