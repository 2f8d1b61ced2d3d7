package io.anemone.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.vm.Storage;
import io.anemone.core.wire.AgentMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharesTest {

    @TempDir
    Path root;

    private List<Storage.Share> share(Path path) {
        return List.of(new Storage.Share(path.toString(), "data", true, root.toString()));
    }

    private static ErrorCode refused(List<Storage.Share> shares, AgentMode mode) {
        PreparationException refusal =
                catchThrowableOfType(PreparationException.class, () -> Shares.of(shares, mode, "(job: 7)"));
        assertThat(refusal).isNotNull();
        return refusal.failure().code();
    }

    @Test
    void directoryBelowTheRoot_isShared() throws Exception {
        Path in = Files.createDirectory(root.resolve("in"));

        assertThat(Shares.of(share(in), AgentMode.SESSION, "(job: 7)"))
                .containsExactly(new DomainSpec.Share(in.toRealPath().toString(), "data", true));
    }

    @Test
    void linkThatLeadsOut_isRefused() throws Exception {
        Path out = Files.createSymbolicLink(root.resolve("out"), Path.of("/etc"));

        assertThat(refused(share(out), AgentMode.SESSION)).isEqualTo(ErrorCode.SHARE_NOT_ALLOWED);
    }

    @Test
    void whatIsNoReadableDirectory_isNotShared() throws Exception {
        Path file = Files.createFile(root.resolve("file"));

        assertThat(refused(share(file), AgentMode.SESSION)).isEqualTo(ErrorCode.SHARE_UNAVAILABLE);
        assertThat(refused(share(root.resolve("missing")), AgentMode.SESSION)).isEqualTo(ErrorCode.SHARE_UNAVAILABLE);
    }

    @Test
    void agentOfAPool_sharesNothing() {
        assertThat(refused(share(root), AgentMode.SYSTEM)).isEqualTo(ErrorCode.SHARE_NOT_ALLOWED);
    }
}
