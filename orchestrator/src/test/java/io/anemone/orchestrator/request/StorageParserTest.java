package io.anemone.orchestrator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Storage;
import io.anemone.orchestrator.problem.FieldException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageParserTest {

    static StorageConfig config(String... shareRoots) {
        return new StorageConfig() {
            @Override
            public int maxRootGib() {
                return 200;
            }

            @Override
            public int maxScratchGib() {
                return 500;
            }

            @Override
            public Optional<List<String>> shareRoots() {
                return shareRoots.length == 0 ? Optional.empty() : Optional.of(List.of(shareRoots));
            }
        };
    }

    private final StorageParser parser = new StorageParser(config("/scratch", "/home/{owner}"));

    private Storage parse(RequestedStorage request, LaunchPath path) {
        return parser.parse(request, path, "alice", 5L << 30);
    }

    private void refused(RequestedStorage request, LaunchPath path, ErrorCode code, String field) {
        FieldException refusal = catchThrowableOfType(FieldException.class, () -> parse(request, path));
        assertThat(refusal).as("refusal of %s", request).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.field()).isEqualTo(field);
    }

    private static RequestedStorage volumes(@Nullable String... names) {
        return new RequestedStorage(null, null, Arrays.asList(names), null);
    }

    private static RequestedStorage scratch(@Nullable Integer... sizes) {
        return new RequestedStorage(null, Arrays.asList(sizes), null, null);
    }

    private static RequestedStorage share(@Nullable String path, @Nullable String tag) {
        return new RequestedStorage(null, null, null, List.of(new RequestedStorage.Share(path, tag, null)));
    }

    @Test
    void nothingAskedFor_isNothing() {
        assertThat(parser.parse(null, LaunchPath.SCHEDULED, "alice", 0)).isEqualTo(Storage.NONE);
    }

    @Test
    void goodRequest_isRead() {
        Storage storage = parse(
                new RequestedStorage(
                        20,
                        List.of(1, 2),
                        List.of("results"),
                        List.of(new RequestedStorage.Share("/home/alice/in", "in", true))),
                LaunchPath.SCHEDULED);

        assertThat(storage)
                .isEqualTo(new Storage(
                        20,
                        List.of(1, 2),
                        List.of("results"),
                        List.of(new Storage.Share("/home/alice/in", "in", true, "/home/alice"))));
    }

    @Test
    void rootSizeWithoutRootDisk_isRefused() {
        FieldException refusal = catchThrowableOfType(
                FieldException.class,
                () -> parser.parse(new RequestedStorage(20, null, null, null), LaunchPath.SCHEDULED, "alice", 0));

        assertThat(refusal.field()).isEqualTo("storage.rootGiB");
    }

    @Test
    void rootSmallerThanTheImages_isRefused() {
        refused(
                new RequestedStorage(4, null, null, null),
                LaunchPath.STATIC,
                ErrorCode.DISK_TOO_SMALL,
                "storage.rootGiB");
        assertThat(parse(new RequestedStorage(5, null, null, null), LaunchPath.STATIC)
                        .rootGiB())
                .isEqualTo(5);
    }

    @Test
    void tooMuchScratch_isRefused() {
        refused(scratch(0), LaunchPath.STATIC, ErrorCode.INVALID_FIELD, "storage.scratchGiB[0]");
        refused(scratch((Integer) null), LaunchPath.STATIC, ErrorCode.INVALID_FIELD, "storage.scratchGiB[0]");
        refused(scratch(300, 201), LaunchPath.STATIC, ErrorCode.INVALID_FIELD, "storage.scratchGiB");
        refused(scratch(1, 1, 1, 1, 1), LaunchPath.STATIC, ErrorCode.INVALID_FIELD, "storage.scratchGiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a b", "../x", "scratch-1", "root", "seed", "a2345678901234567890b", "ä"})
    void badVolumeName_isRefused(String name) {
        refused(volumes(name), LaunchPath.STATIC, ErrorCode.INVALID_FIELD, "storage.volumes[0]");
    }

    @Test
    void volumeNamedTwiceOrNotAtAll_isRefused() {
        refused(volumes("a", "a"), LaunchPath.STATIC, ErrorCode.INVALID_FIELD, "storage.volumes[1]");
        refused(volumes((String) null), LaunchPath.STATIC, ErrorCode.INVALID_FIELD, "storage.volumes[0]");
        refused(
                new RequestedStorage(null, null, Collections.nCopies(9, "a"), null),
                LaunchPath.STATIC,
                ErrorCode.INVALID_FIELD,
                "storage.volumes");
    }

    @Test
    void shareOfAPoolsVm_isRefused() {
        refused(share("/scratch/a", "a"), LaunchPath.STATIC, ErrorCode.SHARE_NOT_ALLOWED, "storage.shares[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scratch", "/scratch/../etc", "/scratch/./a", "", "/scratch/\u0000", "/scratch/\n"})
    void pathThatIsNotPlain_isRefused(String path) {
        refused(share(path, "a"), LaunchPath.SCHEDULED, ErrorCode.INVALID_FIELD, "storage.shares[0].path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/etc", "/scratchy", "/home/bob", "/home/alice2"})
    void pathOutsideOfWhatIsAllowed_isRefused(String path) {
        refused(share(path, "a"), LaunchPath.SCHEDULED, ErrorCode.SHARE_NOT_ALLOWED, "storage.shares[0].path");
    }

    @Test
    void shareWithoutAUsableTag_isRefused() {
        refused(share("/scratch", "a b"), LaunchPath.SCHEDULED, ErrorCode.INVALID_FIELD, "storage.shares[0].tag");
        refused(share("/scratch", null), LaunchPath.SCHEDULED, ErrorCode.INVALID_FIELD, "storage.shares[0]");
    }

    @Test
    void siteWithoutShareRoots_sharesNothing() {
        FieldException refusal = catchThrowableOfType(
                FieldException.class,
                () -> new StorageParser(config())
                        .parse(share("/scratch", "a"), LaunchPath.SCHEDULED, "alice", 5L << 30));

        assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_OFFERED);
    }
}
