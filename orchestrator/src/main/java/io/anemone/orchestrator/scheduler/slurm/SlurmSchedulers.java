package io.anemone.orchestrator.scheduler.slurm;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.orchestrator.scheduler.BoundedProgram;
import java.time.Clock;

/** Puts the adapter together as it is configured. */
public final class SlurmSchedulers {

    private SlurmSchedulers() {}

    public static Scheduler rest(SlurmConfig config, Clock clock) {
        SlurmTokens tokens = new SlurmTokens(config.jwtKeyFile(), config.tokenLifetime(), clock);
        SlurmHttp http = new SlurmHttp(config.url(), config.connectTimeout(), config.answerTimeout(), tokens);
        Accounts accounts = config.homeTemplate()
                .map(Accounts::withHomes)
                .orElseGet(() -> new HostAccounts(new BoundedProgram(config.answerTimeout()), clock));
        return new SlurmRestScheduler(http, accounts, config, new ObjectMapper(), clock);
    }
}
