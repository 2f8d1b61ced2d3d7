package io.anemone.orchestrator.identity;

import java.nio.file.Path;
import java.time.Duration;

/** Accounts for tests. */
public final class IdentityFixtures {

    /** Password {@code alice-secret}, as {@code openssl passwd -6} made it. */
    public static final String ALICE =
            "alice:user:$6$saltalice$2AQpm1MKOSwBWWe9YDL6jmicGFhfYk5DLn.AGfQl3kINHyoX1vg2JyJCeylRdpvW0HQ7SJJ6A5ThOCwi8kY0Q/";

    /** Password {@code bob-secret}. */
    public static final String BOB =
            "bob:user:$6$saltbob$Wa5FIek9DqvCnj3YyswO5LXucIUphxMVmL9fW1H7IJr6IfNWW0HfIWH437.dfujTeKHFFiKs0KDgKBDPCYx/7/";

    /** Password {@code olga-secret}. */
    public static final String OLGA =
            "olga:operator:$6$saltolga$PhI6QI/4aijOtPGAdx9043.Ad22rW.b11dbMUlUgJnsyhyHmVjXvHmGW1YWRJ8BR6S4ax3Y4//vKCVyIEanAs1";

    private IdentityFixtures() {}

    static IdentityConfig config(Path accounts) {
        return new IdentityConfig() {
            @Override
            public Path accountsFile() {
                return accounts;
            }

            @Override
            public Duration sessionLifetime() {
                return Duration.ofHours(12);
            }

            @Override
            public int failuresPerAccount() {
                return 5;
            }

            @Override
            public int failuresPerAddress() {
                return 30;
            }

            @Override
            public Duration failureWindow() {
                return Duration.ofMinutes(1);
            }
        };
    }
}
