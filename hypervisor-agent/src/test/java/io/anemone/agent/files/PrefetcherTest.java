package io.anemone.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.cache.Blob;
import io.anemone.agent.cache.CacheLimits;
import io.anemone.agent.cache.CopyWatch;
import io.anemone.agent.cache.Held;
import io.anemone.agent.cache.ImageSource;
import io.anemone.agent.cache.NodeCache;
import io.anemone.agent.cache.Shelf;
import io.anemone.core.image.ImageFile;
import io.anemone.core.wire.Prefetch;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // before each test
class PrefetcherTest {

    private static final int SIZE = 2 << 20;
    private static final int ENDLESS = 100_000;

    @TempDir
    Path parent;

    private final byte[] content = new byte[SIZE];
    private final List<Long> opened = Collections.synchronizedList(new ArrayList<>());
    private Blob blob;
    private Prefetch order;
    private NodeCache cache;
    private Thread thread;

    private final ImageSource orchestrator = new ImageSource() {
        @Override
        public InputStream open(Blob wanted, long offset) {
            opened.add(offset);
            return new ByteArrayInputStream(Arrays.copyOfRange(content, (int) offset, SIZE));
        }

        @Override
        public String name() {
            return "the test";
        }
    };

    @BeforeEach
    void makeOrder() throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        blob = new Blob(sha256, SIZE);
        order = new Prefetch("debian-12", List.of(new ImageFile("disk.qcow2", sha256, SIZE)));
        cache = new NodeCache(parent, List.of(), CacheLimits.DEFAULT);
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private Prefetcher started(long rate) {
        ImageFiles images =
                new ImageFiles(parent.resolve("site"), InPlace.AUTO, cache, orchestrator, Clock.systemUTC());
        Prefetcher prefetcher = new Prefetcher(images, rate, "(job: 7)");
        thread = Thread.ofPlatform().start(() -> {
            try {
                prefetcher.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return prefetcher;
    }

    private boolean isThere() {
        return cache.has(blob, new Shelf.Open());
    }

    @Test
    void whatIsOrdered_isBrought_once() {
        Prefetcher prefetcher = started(Long.MAX_VALUE / 1_000_000_000);

        prefetcher.order(List.of(order));
        Awaitility.await().until(this::isThere);
        prefetcher.order(List.of());
        prefetcher.order(List.of(order));

        Awaitility.await().during(Duration.ofMillis(300)).until(() -> opened.size() == 1);
    }

    @Test
    void whatIsOnTheNodeAnyway_isNotBrought() throws Exception {
        Path directory = Files.createDirectories(parent.resolve("site/debian-12"));
        Files.write(directory.resolve("disk.qcow2"), content);

        started(Long.MAX_VALUE / 1_000_000_000).order(List.of(order));

        Awaitility.await().during(Duration.ofMillis(300)).until(() -> opened.isEmpty() && !isThere());
    }

    @Test
    void orderThatIsTakenBack_endsTheCopy() {
        Prefetcher prefetcher = started(ENDLESS);
        prefetcher.order(List.of(order));
        Awaitility.await().until(() -> !opened.isEmpty());

        // When nobody waits for it, and it is not wanted any more
        prefetcher.order(List.of());

        Awaitility.await().during(Duration.ofMillis(300)).until(() -> !isThere());
    }

    @Test
    void vmThatWaitsForIt_makesItFast() throws Exception {
        started(ENDLESS).order(List.of(order));
        Awaitility.await().until(() -> !opened.isEmpty());

        Held held = cache.hold(
                blob,
                new Shelf.Open(),
                orchestrator,
                Files.createDirectory(parent.resolve("job")).resolve("image"),
                CopyWatch.NONE);

        assertThat(held.origin()).isEqualTo(Held.Origin.WAITED);
        assertThat(opened).containsExactly(0L);
    }
}
