package io.anemone.orchestrator.problem;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away from one that refused a statement, by PostgreSQL's codes ("Appendix A"). */
final class DatabaseOutage {

    private static final String CONNECTION_EXCEPTION = "08";
    private static final String OPERATOR_INTERVENTION = "57P";
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private DatabaseOutage() {}

    static boolean behind(Throwable e) {
        SQLException sql = sql(e);
        if (sql == null) {
            return false;
        }
        String state = sql.getSQLState();
        // Without a state it is the pool that speaks: no connection within its time limit
        return state == null
                || state.startsWith(CONNECTION_EXCEPTION)
                || state.startsWith(OPERATOR_INTERVENTION)
                || state.equals(TOO_MANY_CONNECTIONS);
    }

    /** For the log. */
    static String words(Throwable e) {
        SQLException sql = sql(e);
        return sql == null ? e.toString() : sql.getSQLState() + " " + sql.getMessage();
    }

    /** Of a commit that failed, the transaction manager tells the cause as suppressed. */
    private static @Nullable SQLException sql(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return sql;
            }
            for (Throwable suppressed : at.getSuppressed()) {
                SQLException sql = sql(suppressed);
                if (sql != null) {
                    return sql;
                }
            }
        }
        return null;
    }
}
