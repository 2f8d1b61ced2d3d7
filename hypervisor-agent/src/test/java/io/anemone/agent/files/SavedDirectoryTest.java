package io.anemone.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anemone.agent.Guests;
import io.anemone.agent.files.SavedGuests.Guest;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.Discard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedDirectoryTest {

    private static final int MEMORY_MIB = 16;

    @TempDir
    Path home;

    @TempDir
    Path files;

    private final DomainId id = Guests.id();
    private final DomainId next = new DomainId(id.vm(), 2);

    private Path root() {
        return home.resolve(".anemone/saved");
    }

    private SavedDirectory saved() {
        return new SavedDirectory(root(), Guests.JOB, "(job: 77, node: n1)");
    }

    @BeforeEach
    void guestHasFiles() throws IOException {
        Files.writeString(files.resolve("root.qcow2"), "its disk");
        Files.writeString(files.resolve(NodeGuestFiles.CONSOLE), "what it said");
    }

    private void save(DomainId attempt, DomainId born) throws Exception {
        Path memory = saved().begin(attempt, born, files, MEMORY_MIB);
        Files.writeString(memory, "its memory");
        saved().complete(attempt);
    }

    @Test
    void saved_isFoundByAnyAgentWithItsDiskAndWithoutItsLog() throws Exception {
        // When
        save(next, id);

        // Then
        Guest guest = saved().find(next).orElseThrow();
        assertThat(guest.born()).isEqualTo(id);
        assertThat(guest.memory()).hasContent("its memory");
        assertThat(guest.files().resolve("root.qcow2")).hasContent("its disk");
        assertThat(guest.files().resolve(NodeGuestFiles.CONSOLE)).doesNotExist();
        assertThat(saved().begun(next)).isEmpty();
    }

    @Test
    void saved_isItsAccountsAlone() throws Exception {
        // When
        save(id, id);

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root())))
                .isEqualTo("rwx------");
        Guest guest = saved().find(id).orElseThrow();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(guest.files().resolve("root.qcow2"))))
                .isEqualTo("rw-------");
    }

    @Test
    void notComplete_isNothingYet() throws Exception {
        // When
        Path memory = saved().begin(id, id, files, MEMORY_MIB);
        Files.writeString(memory, "half of it");

        // Then
        assertThat(saved().begun(id)).contains(memory);
        assertThat(saved().find(id)).isEmpty();
        assertThat(saved().of(Guests.JOB)).isEmpty();
    }

    @Test
    void begunAnew_keepsNothingOfTheFirstTry() throws Exception {
        // Given
        Files.writeString(saved().begin(id, id, files, MEMORY_MIB), "half of it");

        // When
        Path memory = saved().begin(id, id, files, MEMORY_MIB);

        // Then
        assertThat(memory).doesNotExist();
    }

    @Test
    void completeAgain_isHarmless() throws Exception {
        // Given
        save(id, id);

        // When
        saved().complete(id);

        // Then
        assertThat(saved().find(id)).isPresent();
    }

    @Test
    void abandoned_nothingIsLeft() throws Exception {
        // Given
        saved().begin(id, id, files, MEMORY_MIB);

        // When
        saved().abandon(id);

        // Then
        assertThat(root()).isEmptyDirectory();
    }

    @Test
    void noRoom_isSaidBeforeAnythingIsCopied() throws Exception {
        // When
        PreparationException refusal =
                catchThrowableOfType(PreparationException.class, () -> saved().begin(id, id, files, Integer.MAX_VALUE));

        // Then
        assertThat(refusal.failure().code()).isEqualTo(ErrorCode.SUSPEND_FAILED);
        assertThat(root()).isEmptyDirectory();
    }

    @Test
    void ofAJob_areThoseThatItSaved() throws Exception {
        // Given
        save(id, id);

        // When, Then
        assertThat(saved().of(Guests.JOB)).containsExactly(id);
        assertThat(saved().of("78")).isEmpty();
    }

    @Test
    void discarded_upToThatAttemptAndWhatWasBegunOfIt() throws Exception {
        // Given
        save(id, id);
        save(next, id);
        DomainId third = new DomainId(id.vm(), 3);
        saved().begin(third, id, files, MEMORY_MIB);

        // When
        saved().discard(new Discard(id.vm(), 1));

        // Then
        assertThat(saved().find(id)).isEmpty();
        assertThat(saved().find(next)).isPresent();

        // When
        saved().discard(new Discard(id.vm(), 3));

        // Then
        assertThat(root()).isEmptyDirectory();
    }

    @Test
    void linkInItsPlace_isNotFollowed(@TempDir Path elsewhere) throws Exception {
        // Given
        save(id, id);
        Path whole = root().resolve(id.vm().toString()).resolve("1");
        Path moved = elsewhere.resolve("1");
        Files.move(whole, moved);
        Files.createSymbolicLink(whole, moved);

        // When, Then
        assertThat(saved().find(id)).isEmpty();
        saved().discard(new Discard(id.vm(), 1));
        assertThat(moved.resolve("files/root.qcow2")).exists();
    }

    @Test
    void linkInPlaceOfTheDirectory_isRefused(@TempDir Path elsewhere) throws Exception {
        // Given
        Files.createDirectories(root().getParent());
        Files.createSymbolicLink(root(), elsewhere);

        // When, Then
        assertThatThrownBy(() -> saved().begin(id, id, files, MEMORY_MIB)).isInstanceOf(IOException.class);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void factsThatSomebodyChanged_areNotBelieved() throws Exception {
        // Given
        save(id, id);
        Path facts = root().resolve(id.vm().toString()).resolve("1/guest");

        // When, Then
        Files.writeString(facts, "the first\n77\n");
        assertThatThrownBy(() -> saved().find(id)).isInstanceOf(IOException.class);
        Files.writeString(facts, "1\n".repeat(10_000));
        assertThatThrownBy(() -> saved().find(id)).isInstanceOf(IOException.class);
    }
}
