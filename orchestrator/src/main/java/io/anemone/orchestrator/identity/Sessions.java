package io.anemone.orchestrator.identity;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Logging in and out. */
@ApplicationScoped
public class Sessions {

    /** A log-in that was just made. */
    record Opened(SessionToken token, Account account, Instant expiresAt) {}

    private final Accounts accounts;
    private final SessionStore store;
    private final LoginLimiter limiter;
    private final IdentityConfig config;
    private final Clock clock;

    Sessions(Accounts accounts, SessionStore store, LoginLimiter limiter, IdentityConfig config, Clock clock) {
        this.accounts = accounts;
        this.store = store;
        this.limiter = limiter;
        this.config = config;
        this.clock = clock;
    }

    /**
     * @param address where the caller connects from
     * @throws AnemoneException UNAUTHENTICATED, the same for a wrong name as for a wrong password, or
     *     TOO_MANY_LOGIN_ATTEMPTS
     */
    Opened open(String name, String password, String address) {
        if (!limiter.begin(name, address)) {
            throw new AnemoneException(
                    ErrorCode.TOO_MANY_LOGIN_ATTEMPTS,
                    "Too many log-ins failed: wait " + limiter.window().toSeconds() + " seconds, then try again.");
        }
        Account account = accounts.verify(name, password)
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.UNAUTHENTICATED, "The name or the password is wrong: check both."));
        limiter.succeeded(name, address);
        Instant now = clock.instant();
        Instant expiresAt = now.plus(config.sessionLifetime());
        SessionToken token = SessionToken.random();
        store.create(token, account, now, expiresAt);
        return new Opened(token, account, expiresAt);
    }

    /** Whose log-in this is, if it is good and the account still there. */
    Optional<Account> account(SessionToken token) {
        return account(token.hash());
    }

    private Optional<Account> account(byte[] hash) {
        return store.account(hash, clock.instant()).flatMap(accounts::find);
    }

    /** Who holds this token now; empty once the log-in is over. */
    public Optional<Caller> caller(String token) {
        return callerOf(keyOf(token));
    }

    /** What stands for the log-in of a token wherever the token itself must not be kept. */
    public byte[] keyOf(String token) {
        return new SessionToken(token).hash();
    }

    /** Whose log-in this is now; empty once it is over. */
    public Optional<Caller> callerOf(byte[] key) {
        return account(key).map(account -> new Caller(account.name(), account.role() == Role.OPERATOR));
    }

    void close(SessionToken token) {
        store.delete(token);
    }
}
