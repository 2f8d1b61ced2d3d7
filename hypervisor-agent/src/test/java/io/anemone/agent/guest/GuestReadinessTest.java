package io.anemone.agent.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.Guests;
import io.anemone.agent.files.Seed;
import io.anemone.agent.vm.MemoryGuestFiles;
import io.anemone.agent.vm.ReadinessCheck.Looks;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.image.ReadinessProbe.Kind;
import io.anemone.core.image.ReadinessProbe.OnTimeout;
import io.anemone.testkit.hypervisor.FakeHypervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestReadinessTest {

    @TempDir
    Path directory;

    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private final DomainId id = Guests.id();
    private final Queue<Runnable> threads = new ArrayDeque<>();

    @BeforeEach
    void start() {
        hypervisor.create(Guests.spec(id));
    }

    private Looks looks(Kind kind, @Nullable String pattern) {
        MemoryGuestFiles files = new MemoryGuestFiles(directory.resolve("console.log"));
        return new GuestReadiness(hypervisor, files, threads::add)
                .at(Guests.mark(id), new ReadinessProbe(kind, Duration.ofMinutes(1), pattern, OnTimeout.TELL));
    }

    private void consoleShows(String text) throws IOException {
        Files.writeString(directory.resolve("console.log"), text);
    }

    @Test
    void agent_isReadyWhenItAnswers_andNobodyWaitsForIt() {
        // Given
        Looks looks = looks(Kind.AGENT, null);

        // When, Then: asked, but not yet answered
        assertThat(looks.ready()).isFalse();
        assertThat(looks.ready()).isFalse();
        assertThat(threads).hasSize(1);

        // When, Then: no agent yet
        threads.remove().run();
        assertThat(looks.ready()).isFalse();

        // When, Then
        hypervisor.guestsAnswer(question -> Optional.of("{\"return\":{}}"));
        threads.remove().run();
        assertThat(looks.ready()).isTrue();
    }

    @Test
    void hypervisorAway_isNoEvidence() {
        Looks looks = looks(Kind.AGENT, null);
        hypervisor.goesDown();
        looks.ready();
        threads.remove().run();

        assertThat(looks.ready()).isFalse();
    }

    @Test
    void console_isReadyWhenItShowsTheText() throws IOException {
        Looks looks = looks(Kind.CONSOLE, "login: ");
        consoleShows("debian ttyS0\n\nsolver-1 login:");
        assertThat(looks.ready()).isFalse();
        consoleShows("debian ttyS0\n\nsolver-1 login: ");
        assertThat(looks.ready()).isTrue();
    }

    @Test
    void cloudInit_ofAnotherAttemptIsNoEvidence() throws IOException {
        Looks looks = looks(Kind.CLOUD_INIT, null);
        consoleShows(Seed.doneMessage(new DomainId(id.vm(), 2).uuid()) + "\n");
        assertThat(looks.ready()).isFalse();

        Looks again = looks(Kind.CLOUD_INIT, null);
        consoleShows(Seed.doneMessage(id.uuid()) + "\n");
        assertThat(again.ready()).isTrue();
    }

    @Test
    void none_isReadyAtOnce() {
        assertThat(looks(Kind.NONE, null).ready()).isTrue();
    }
}
