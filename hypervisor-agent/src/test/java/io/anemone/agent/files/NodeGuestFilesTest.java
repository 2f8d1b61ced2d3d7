package io.anemone.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.AgentConfig;
import io.anemone.agent.CacheConfig;
import io.anemone.agent.Guests;
import io.anemone.agent.cache.CacheLimits;
import io.anemone.agent.cache.FileSource;
import io.anemone.agent.cache.NodeCache;
import io.anemone.agent.node.NodeHardware;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.AgentMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // before each test
class NodeGuestFilesTest {

    @TempDir
    Path parent;

    private JobDirectory job;
    private NodeGuestFiles files;

    @BeforeEach
    void open() throws IOException {
        job = JobDirectory.open(new AgentConfig(
                List.of(URI.create("http://127.0.0.1:1")),
                AgentMode.SYSTEM,
                "77",
                "n1",
                null,
                parent,
                parent,
                CacheConfig.of(Map.of(), parent),
                parent,
                null,
                parent.resolve("vendor-data"),
                Duration.ofMinutes(5),
                false));
        ImageFiles images = new ImageFiles(
                parent,
                InPlace.ALWAYS,
                new NodeCache(parent, List.of(), CacheLimits.DEFAULT),
                new FileSource(parent),
                Clock.systemUTC());
        files = new NodeGuestFiles(job, images, parent.resolve("vendor-data"), true, new NodeHardware(), "(job: 77)");
    }

    private DomainId withFiles() throws IOException {
        DomainId id = Guests.id();
        Files.createFile(job.makeFor(id).resolve("disk.qcow2"));
        files.noteStart(id);
        return id;
    }

    @Test
    void filesOfAnAttemptThatEnded_areRemovedOnceMore() throws IOException {
        DomainId ended = withFiles();
        files.noteEnd(ended, "{}");

        assertThat(files.remains()).isEmpty();
        assertThat(job.of(ended)).doesNotExist();
    }

    @Test
    void filesOfAnAttemptWhoseEndWasNotSeen_stay() throws IOException {
        DomainId running = withFiles();

        assertThat(files.remains()).isEmpty();
        assertThat(job.of(running).resolve("disk.qcow2")).exists();
    }

    @Test
    void whatIsNoAttempt_isPassedOver() throws IOException {
        Files.createDirectories(parent.resolve("job-77/vm/lost+found"));
        Files.createDirectories(parent.resolve("job-77/vm/x-1"));

        assertThat(files.remains()).isEmpty();
        assertThat(parent.resolve("job-77/vm/x-1")).exists();
    }
}
