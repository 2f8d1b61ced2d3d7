package io.anemone.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.vm.HeldVolume;
import io.anemone.core.vm.VolumeFile;
import io.anemone.core.wire.AgentMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // before each test
class VolumesTest {

    private static final UUID ID = new UUID(5, 5);

    @TempDir
    Path root;

    private final Volumes volumes = new Volumes(AgentMode.SESSION, "ada", "(job: 7)");

    @BeforeEach
    void mounted() throws IOException {
        Files.createFile(root.resolve(Volumes.MARKER));
    }

    private HeldVolume volume(boolean made, long generation) {
        return new HeldVolume("results", new VolumeFile(ID, root.toString()), 1, made, generation);
    }

    private Path file() {
        return root.resolve("ada").resolve(ID + ".raw");
    }

    private ErrorCode refused(HeldVolume volume, int attempt) {
        PreparationException refusal =
                catchThrowableOfType(PreparationException.class, () -> volumes.take(List.of(volume), attempt));
        assertThat(refusal).isNotNull();
        assertThat(refusal.failure().message()).endsWith("(job: 7)");
        return refusal.failure().code();
    }

    @Test
    void firstUse_makesARawFileThatOnlyItsAccountCanRead() throws Exception {
        // When
        List<DomainSpec.Disk> disks = volumes.take(List.of(volume(false, 1)), 1);

        // Then
        assertThat(disks).singleElement().satisfies(disk -> {
            assertThat(disk.path()).isEqualTo(file().toString());
            assertThat(disk.format()).isEqualTo(DiskFormat.RAW);
            assertThat(disk.serial()).isEqualTo("results");
            assertThat(disk.writes()).isIn(DomainSpec.Writes.KEPT, DomainSpec.Writes.KEPT_DIRECT);
        });
        assertThat(file()).hasSize(1L << 30);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("ada"))))
                .isEqualTo("rwx------");
    }

    @Test
    void laterUse_keepsWhatIsInIt() throws Exception {
        // Given
        volumes.take(List.of(volume(false, 1)), 1);
        Files.writeString(file(), "QFI\u00fb a guest's own header");

        // When
        List<DomainSpec.Disk> disks = volumes.take(List.of(volume(true, 2)), 1);

        // Then
        assertThat(Files.readString(file())).contains("a guest's own header");
        assertThat(disks.getFirst().format()).isEqualTo(DiskFormat.RAW);
    }

    @Test
    void attemptThatComesLate_isFencedOff() throws Exception {
        // Given
        volumes.take(List.of(volume(false, 1)), 1);
        volumes.take(List.of(volume(true, 2)), 1);
        volumes.take(List.of(volume(true, 2)), 2);

        // Then
        assertThat(refused(volume(true, 1), 9)).isEqualTo(ErrorCode.VOLUME_FENCED);
        assertThat(refused(volume(true, 2), 1)).isEqualTo(ErrorCode.VOLUME_FENCED);
        assertThat(volumes.take(List.of(volume(true, 2)), 2)).hasSize(1);
    }

    @Test
    void fenceThatCannotBeRead_letsNobodyPass() throws Exception {
        volumes.take(List.of(volume(false, 1)), 1);
        Files.writeString(root.resolve("ada").resolve(ID + ".fence"), "rubbish");

        assertThat(refused(volume(true, 2), 1)).isEqualTo(ErrorCode.VOLUME_UNAVAILABLE);
    }

    @Test
    void fileThatWasThereAndIsMissing_isNotMadeAnew() {
        assertThat(refused(volume(true, 2), 1)).isEqualTo(ErrorCode.VOLUME_UNAVAILABLE);
        assertThat(file()).doesNotExist();
    }

    @Test
    void fileSystemThatIsNotMounted_getsNoFiles() throws IOException {
        Files.delete(root.resolve(Volumes.MARKER));

        assertThat(refused(volume(false, 1), 1)).isEqualTo(ErrorCode.VOLUME_UNAVAILABLE);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void linkInPlaceOfTheDirectory_isNotFollowed(@TempDir Path elsewhere) throws IOException {
        Files.createSymbolicLink(root.resolve("ada"), elsewhere);

        assertThat(refused(volume(false, 1), 1)).isEqualTo(ErrorCode.VOLUME_UNAVAILABLE);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void linkInPlaceOfTheFile_isNotUsed(@TempDir Path elsewhere) throws Exception {
        Path secret = Files.writeString(elsewhere.resolve("secret"), "secret");
        volumes.take(List.of(volume(false, 1)), 1);
        Files.delete(file());
        Files.createSymbolicLink(file(), secret);

        assertThat(refused(volume(false, 1), 1)).isEqualTo(ErrorCode.VOLUME_UNAVAILABLE);
        assertThat(secret).hasContent("secret");
    }

    @Test
    void deletedVolume_losesItsFile() throws Exception {
        volumes.take(List.of(volume(false, 1)), 1);

        volumes.remove(List.of(new VolumeFile(ID, root.toString()), new VolumeFile(ID, "/nonexistent")));

        assertThat(root.resolve("ada")).isEmptyDirectory();
    }
}
