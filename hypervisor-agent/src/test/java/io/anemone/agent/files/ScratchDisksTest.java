package io.anemone.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anemone.core.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchDisksTest {

    @TempDir
    Path directory;

    @Test
    void scratchDisks_haveTheirSizeAndTakeNoRoom() throws Exception {
        var disks = ScratchDisks.make(directory, List.of(1, 2), false, "(job: 7)");

        assertThat(disks).extracting("serial").containsExactly("scratch-1", "scratch-2");
        assertThat(directory.resolve("scratch-2.raw")).hasSize(2L << 30);
        assertThat(ScratchDisks.make(directory, List.of(1), false, "(job: 7)")).hasSize(1);
    }

    @Test
    void diskThatWasSavedWithItsGuest_isKept() throws Exception {
        Files.writeString(directory.resolve("scratch-1.raw"), "what the guest wrote");

        ScratchDisks.make(directory, List.of(1), true, "(job: 7)");

        assertThat(directory.resolve("scratch-1.raw")).hasContent("what the guest wrote");
    }

    @Test
    void moreThanTheNodeHasFree_isTheRequestsFault() throws Exception {
        int tooMuch = (int) (Files.getFileStore(directory).getUsableSpace() / ScratchDisks.GIB) + 10;

        PreparationException refusal = catchThrowableOfType(
                PreparationException.class, () -> ScratchDisks.make(directory, List.of(tooMuch), false, "(job: 7)"));

        assertThat(refusal.failure().code()).isEqualTo(ErrorCode.SCRATCH_TOO_LARGE);
        assertThat(directory).isEmptyDirectory();
    }
}
