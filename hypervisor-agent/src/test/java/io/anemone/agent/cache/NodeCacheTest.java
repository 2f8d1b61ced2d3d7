package io.anemone.agent.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.anemone.agent.cache.Held.Origin;
import io.anemone.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // before each test
class NodeCacheTest {

    private static final int SIZE = 1_000_000;
    private static final Shelf OPEN = new Shelf.Open();

    @TempDir
    Path parent;

    private Path job;
    private Path part;

    @BeforeEach
    void makeJob() throws IOException {
        job = Files.createDirectory(parent.resolve("job-1"));
        part = parent.resolve("cache-" + Files.getOwner(Path.of("/proc/self")).getName());
    }

    private NodeCache cache(long quota) {
        return new NodeCache(parent, List.of(), new CacheLimits(quota, 0, Duration.ofHours(1), Duration.ofMillis(300)));
    }

    private Held hold(NodeCache cache, TestSource source, String name) throws Exception {
        return cache.hold(source.blob(), OPEN, source, job.resolve(name), CopyWatch.NONE);
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(call)
                .extracting(CacheException::code)
                .isEqualTo(code);
    }

    private List<Path> files(String below) throws IOException {
        try (Stream<Path> all = Files.list(part.resolve(below))) {
            return all.toList();
        }
    }

    @Test
    void contentThatIsNotThere_isCopied_thenFound() throws Exception {
        TestSource source = new TestSource(1, SIZE);
        NodeCache cache = cache(10 * SIZE);

        Held first = hold(cache, source, "a");
        Held second = hold(cache, source, "b");

        assertThat(first.origin()).isEqualTo(Origin.COPIED);
        assertThat(second.origin()).isEqualTo(Origin.CACHED);
        assertThat(second.path()).hasBinaryContent(source.content());
        assertThat(source.opened()).containsExactly(0L);
        assertThat(files("partial")).isEmpty();
    }

    @Test
    void thirtyAtOnce_copyOnce() throws Exception {
        TestSource source = new TestSource(2, 5 * SIZE);
        NodeCache cache = cache(10 * SIZE);
        List<Future<Held>> all = new ArrayList<>();

        try (ExecutorService threads = Executors.newFixedThreadPool(30)) {
            for (int i = 0; i < 30; i++) {
                String name = "vm" + i;
                all.add(threads.submit(() -> hold(cache, source, name)));
            }
        }

        int copied = 0;
        for (Future<Held> each : all) {
            copied += each.get().origin() == Origin.COPIED ? 1 : 0;
            assertThat(each.get().path()).hasSize(5 * SIZE);
        }
        assertThat(copied).isEqualTo(1);
        assertThat(source.opened()).hasSize(1);
    }

    @Test
    void copyThatWasBrokenOff_goesOnWhereItWas() throws Exception {
        TestSource source = new TestSource(3, SIZE).refusesOnce().breaksOffOnceAfter(600_000);

        Held held = hold(cache(10 * SIZE), source, "a");

        assertThat(source.opened()).containsExactly(0L, 0L, 600_000L);
        assertThat(held.path()).hasBinaryContent(source.content());
    }

    @Test
    void partialFileOfAnEarlierAgent_isGoneOnWith() throws Exception {
        TestSource source = new TestSource(4, SIZE).breaksOffOnceAfter(400_000);
        source.refusesOnce().refusesOnce().refusesOnce();
        assertFails(ErrorCode.IMAGE_MISSING_ON_NODE, () -> hold(cache(10 * SIZE), source, "a"));
        TestSource again = new TestSource(4, SIZE);

        Held held = hold(cache(10 * SIZE), again, "a");

        assertThat(again.opened()).containsExactly(400_000L);
        assertThat(held.path()).hasBinaryContent(again.content());
    }

    @Test
    void partialFileWithWrongContent_isCopiedAnew() throws Exception {
        TestSource source = new TestSource(5, SIZE);
        hold(cache(10 * SIZE), new TestSource(6, 10), "makes the part");
        Path partial = part.resolve("partial/public." + source.blob().sha256() + "." + SIZE);
        Files.write(partial, new byte[300_000]);

        Held held = hold(cache(10 * SIZE), source, "a");

        assertThat(source.opened()).containsExactly(300_000L, 0L);
        assertThat(held.path()).hasBinaryContent(source.content());
    }

    @Test
    void wrongContentOnce_isCopiedAgain_twice_fails() throws Exception {
        TestSource once = new TestSource(7, SIZE).liesOnce();
        TestSource twice = new TestSource(8, SIZE).liesOnce().liesOnce();

        assertThat(hold(cache(10 * SIZE), once, "a").path()).hasBinaryContent(once.content());
        assertFails(ErrorCode.IMAGE_CORRUPT, () -> hold(cache(10 * SIZE), twice, "b"));

        assertThat(job.resolve("b")).doesNotExist();
        assertThat(files("partial")).isEmpty();
        assertThat(files("public")).hasSize(1);
    }

    @Test
    void contentThatIsGone_isASpecsFault_ifTheSourceStaysWithIt() throws Exception {
        TestSource starting = new TestSource(27, SIZE).isGone(1);
        TestSource without = new TestSource(9, SIZE).isGone(10);

        assertThat(hold(cache(10 * SIZE), starting, "a").path()).hasSize(SIZE);
        assertFails(ErrorCode.IMAGE_GONE, () -> hold(cache(10 * SIZE), without, "b"));
    }

    @Test
    void nobodyWantsItAnyMore_endsTheCopy_andKeepsWhatIsThere() throws Exception {
        TestSource source = new TestSource(10, SIZE);
        CopyWatch impatient = new CopyWatch() {
            private long seen;

            @Override
            public void copied(long bytes) {
                seen = bytes;
            }

            @Override
            public void waited(long bytes) {}

            @Override
            public boolean abandoned() {
                return seen > 500_000;
            }
        };

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> cache(10 * SIZE).hold(source.blob(), OPEN, source, job.resolve("a"), impatient));

        assertThat(files("partial"))
                .hasSize(1)
                .allSatisfy(file -> assertThat(Files.size(file)).isPositive());
    }

    @Test
    void overTheQuota_theLeastRecentlyUsedGoes_andWhatIsLinkedStays() throws Exception {
        NodeCache cache = cache(3 * SIZE);
        TestSource old = new TestSource(11, SIZE);
        TestSource older = new TestSource(12, SIZE);
        TestSource inUse = new TestSource(13, SIZE);
        hold(cache, inUse, "in use");
        Files.delete(hold(cache, older, "older").path());
        Files.delete(hold(cache, old, "old").path());
        lastUsed(inUse, 3000);
        lastUsed(older, 2000);
        lastUsed(old, 1000);

        hold(cache, new TestSource(14, SIZE), "new");

        assertThat(entry(inUse)).exists();
        assertThat(entry(older)).doesNotExist();
        assertThat(entry(old)).exists();
        assertThat(hold(cache, inUse, "x").origin()).isEqualTo(Origin.CACHED);
    }

    private Path entry(TestSource source) {
        return part.resolve("public").resolve(source.blob().sha256());
    }

    private void lastUsed(TestSource source, long secondsAgo) throws IOException {
        FileTime then = FileTime.from(Instant.now().minusSeconds(secondsAgo));
        Files.setAttribute(entry(source), "lastAccessTime", then);
        Files.setLastModifiedTime(entry(source), then);
    }

    @Test
    void allInUse_isTold_andNothingIsRemoved() throws Exception {
        NodeCache cache = cache(2 * SIZE);
        hold(cache, new TestSource(15, SIZE), "a");
        hold(cache, new TestSource(16, SIZE), "b");

        assertFails(ErrorCode.IMAGE_CACHE_FULL, () -> hold(cache, new TestSource(17, SIZE), "c"));
        assertFails(ErrorCode.IMAGE_CACHE_FULL, () -> hold(cache, new TestSource(18, 3 * SIZE), "d"));

        assertThat(files("public")).hasSize(2);
        assertThat(files("partial")).isEmpty();
    }

    @Test
    void diskWithoutRoom_isTold() {
        NodeCache cache = new NodeCache(
                parent,
                List.of(),
                new CacheLimits(10 * SIZE, Long.MAX_VALUE / 4, Duration.ofHours(1), Duration.ofMillis(300)));

        assertFails(ErrorCode.NODE_STORAGE_FULL, () -> hold(cache, new TestSource(19, SIZE), "a"));
    }

    @Test
    void copiesThatWereAbandoned_areTidiedUp_othersNot() throws Exception {
        NodeCache cache = cache(10 * SIZE);
        hold(cache, new TestSource(20, 10), "makes the part");
        Path lately = part.resolve("partial/public." + "a".repeat(64) + ".10");
        Path longAgo = part.resolve("partial/public." + "b".repeat(64) + ".10");
        Path copying = part.resolve("partial/public." + "c".repeat(64) + ".10");
        for (Path partial : List.of(lately, longAgo, copying)) {
            Files.createFile(partial);
        }
        FileTime yesterday = FileTime.from(Instant.now().minusSeconds(86_400));
        Files.setLastModifiedTime(longAgo, yesterday);
        Files.setAttribute(longAgo, "lastAccessTime", yesterday);
        Files.setLastModifiedTime(copying, yesterday);
        Files.setAttribute(copying, "lastAccessTime", yesterday);

        try (FileLocks.Lock lock = FileLocks.tryLock(part.resolve("locks/cc")).orElseThrow()) {
            cache.tidy();
        }

        assertThat(longAgo).doesNotExist();
        assertThat(lately).exists();
        assertThat(copying).exists();
    }

    @Test
    void privateContent_isReadableForItsOwnerAlone_andSharedWithNobody() throws Exception {
        TestSource source = new TestSource(21, SIZE);
        NodeCache cache = cache(10 * SIZE);

        cache.hold(source.blob(), new Shelf.Of("alice"), source, job.resolve("a"), CopyWatch.NONE);
        cache.hold(source.blob(), new Shelf.Of("bob"), source, job.resolve("b"), CopyWatch.NONE);

        assertThat(source.opened()).hasSize(2);
        assertThat(Files.isSameFile(job.resolve("a"), job.resolve("b"))).isFalse();
        Path shelf = part.resolve(new Shelf.Of("alice").name());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shelf)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                        shelf.resolve(source.blob().sha256()))))
                .isEqualTo("rw-------");
    }

    @Test
    void nothingIsMade_beforeSomethingIsKept() throws Exception {
        cache(10).tidy();

        assertThat(part).doesNotExist();
    }

    // What follows gives files to other accounts, which only root can.

    private UserPrincipal other() throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    }

    @Test
    void partThatSomebodyElseMadeInOnesName_isNotUsed() throws Exception {
        Files.setOwner(Files.createDirectory(part), other());

        assertFails(ErrorCode.HYPERVISOR_FAILED, () -> hold(cache(10 * SIZE), new TestSource(22, SIZE), "a"));
    }

    @Test
    void entryThatAnotherAccountCouldChange_isReadAgain_andReplacedIfItDid() throws Exception {
        UserPrincipal qemu = other();
        TestSource source = new TestSource(23, SIZE);
        NodeCache cache = cache(10 * SIZE);
        hold(cache, source, "a");
        Files.setOwner(entry(source), qemu);
        assertThat(hold(cache, source, "b").origin())
                .as("changed its owner alone")
                .isEqualTo(Origin.CACHED);
        byte[] poisoned = source.content();
        poisoned[0] ^= 1;
        Files.write(entry(source), poisoned);

        Held held = hold(cache, source, "c");

        assertThat(held.origin()).isEqualTo(Origin.COPIED);
        assertThat(held.path()).hasBinaryContent(source.content());
    }

    private Path partOf(UserPrincipal owner, TestSource source) throws IOException {
        Path theirs = Files.createDirectory(parent.resolve("cache-" + owner.getName()));
        Path shelf = Files.createDirectory(theirs.resolve("public"));
        Path entry = Files.write(shelf.resolve(source.blob().sha256()), source.content());
        for (Path each : List.of(theirs, shelf, entry)) {
            Files.setOwner(each, owner);
        }
        return entry;
    }

    private NodeCache trusting(UserPrincipal owner) {
        return new NodeCache(
                parent,
                List.of(owner.getName()),
                new CacheLimits(10 * SIZE, 0, Duration.ofHours(1), Duration.ofMillis(300)));
    }

    @Test
    void entryOfATrustedAccount_isUsedInPlace_andLockedForThatLong() throws Exception {
        TestSource source = new TestSource(24, SIZE);
        Path theirs = partOf(other(), source);
        NodeCache cache = trusting(other());

        Held held = hold(cache, source, "a");
        Held again = hold(cache, source, "b");

        assertThat(held).isEqualTo(new Held(theirs, Origin.CACHED)).isEqualTo(again);
        assertThat(source.opened()).isEmpty();
        assertThat(FileLocks.tryAlone(theirs)).isEmpty();
        cache.releaseBelow(job);
        FileLocks.tryAlone(theirs).orElseThrow().close();
    }

    @Test
    void entryOfAnAccountThatIsNotTrusted_orThatOthersCouldWrite_isNotUsed() throws Exception {
        TestSource source = new TestSource(25, SIZE);
        Path theirs = partOf(other(), source);

        assertThat(hold(cache(10 * SIZE), source, "a").origin()).isEqualTo(Origin.COPIED);
        Files.delete(job.resolve("a"));
        Files.delete(entry(source));
        Files.setPosixFilePermissions(
                java.util.Objects.requireNonNull(theirs.getParent()), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(hold(trusting(other()), source, "a").origin()).isEqualTo(Origin.COPIED);
    }

    @Test
    void privateContent_isNotLookedForElsewhere() throws Exception {
        TestSource source = new TestSource(26, SIZE);
        partOf(other(), source);

        Held held =
                trusting(other()).hold(source.blob(), new Shelf.Of("alice"), source, job.resolve("a"), CopyWatch.NONE);

        assertThat(held.origin()).isEqualTo(Origin.COPIED);
    }
}
