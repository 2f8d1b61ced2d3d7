package io.anemone.orchestrator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {

    private static final String HASH = IdentityFixtures.BOB.substring("bob:user:".length());

    @TempDir
    private Path dir;

    private Path file = Path.of("/nowhere");
    private Accounts accounts = new Accounts(IdentityFixtures.config(file));

    @BeforeEach
    void accounts() throws IOException {
        file = dir.resolve("accounts");
        Files.write(file, List.of("# people", "", IdentityFixtures.ALICE, IdentityFixtures.OLGA));
        accounts = new Accounts(IdentityFixtures.config(file));
    }

    @Test
    void rightPassword_givesTheAccount() {
        assertThat(accounts.verify("alice", "alice-secret"))
                .get()
                .extracting(Account::role)
                .isEqualTo(Role.USER);
        assertThat(accounts.verify("olga", "olga-secret"))
                .get()
                .extracting(Account::role)
                .isEqualTo(Role.OPERATOR);
    }

    @Test
    void anythingElse_givesNobody() {
        assertThat(accounts.verify("alice", "alice-secret ")).isEmpty();
        assertThat(accounts.verify("alice", "")).isEmpty();
        assertThat(accounts.verify("alice", HASH)).isEmpty();
        assertThat(accounts.verify("alice", "olga-secret")).isEmpty();
        assertThat(accounts.verify("bob", "bob-secret")).isEmpty();
        assertThat(accounts.verify("bob", "alice-secret")).isEmpty();
        assertThat(accounts.verify("alice", "x".repeat(1 << 20))).isEmpty();
    }

    @Test
    void changedFile_isReadAgain() throws IOException {
        // Given
        assertThat(accounts.find("bob")).isEmpty();

        // When
        Files.write(file, List.of(IdentityFixtures.BOB));

        // Then
        assertThat(accounts.find("bob")).isPresent();
        assertThat(accounts.find("alice")).isEmpty();
    }

    @Test
    void fileThatIsGone_leavesNobody() throws IOException {
        assertThat(accounts.find("alice")).isPresent();

        Files.delete(file);

        assertThat(accounts.find("alice")).isEmpty();
        assertThat(accounts.verify("alice", "alice-secret")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob", "bob:user", "bob:user:", "bob:user:bob-secret", "bob:user:$1$abc$def", "bob:user:*",
                "Bob:user:HASH", "bob:admin:HASH", "bob:user:HASH:more", "bob user HASH", ":user:HASH",
                        "root:user:HASH",
                "b;b:user:HASH"
            })
    void lineThatIsNoAccount_isLeftOutAndTheOthersStay(String line) throws IOException {
        Files.write(file, List.of(line.replace("HASH", HASH), IdentityFixtures.ALICE));

        assertThat(accounts.find("alice")).isPresent();
        assertThat(accounts.find("bob")).isEmpty();
        assertThat(accounts.find("root")).isEmpty();
    }

    @Test
    void accountInALogLine_hidesItsHash() {
        assertThat(accounts.find("alice").orElseThrow().toString()).doesNotContain("$6$");
    }
}
