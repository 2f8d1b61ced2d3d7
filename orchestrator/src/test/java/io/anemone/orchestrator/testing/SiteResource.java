package io.anemone.orchestrator.testing;

import io.anemone.orchestrator.identity.IdentityFixtures;
import io.anemone.orchestrator.image.ImageFixtures;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A small site: accounts of two users and an operator, and two images. */
public final class SiteResource implements QuarkusTestResourceLifecycleManager {

    private @Nullable Path made;

    @Override
    public Map<String, String> start() {
        try {
            Path site = Files.createTempDirectory("anemone-site");
            made = site;
            Path accounts = site.resolve("accounts");
            Files.write(accounts, List.of(IdentityFixtures.ALICE, IdentityFixtures.BOB, IdentityFixtures.OLGA));
            Path images = site.resolve("images");
            Path inbox = Files.createDirectory(site.resolve("inbox"));
            ImageFixtures.write(images, "micro", 128);
            ImageFixtures.write(images, "big", 1024);
            ImageFixtures.writeWithDisk(images, "disky");
            return Map.ofEntries(
                    Map.entry("anemone.identity.accounts-file", accounts.toString()),
                    Map.entry("anemone.images.dir", images.toString()),
                    Map.entry("anemone.images.store", site.resolve("store").toString()),
                    Map.entry("anemone.images.imports.from", inbox + ",http://localhost:1/allowed"),
                    Map.entry("anemone.images.limits.quota", "8M"),
                    Map.entry("anemone.images.limits.keep", "PT0S"),
                    Map.entry("anemone.projects.climate.members", "alice,bob"),
                    Map.entry(
                            "anemone.agent.token-key-file",
                            site.resolve("agent-token.key").toString()),
                    Map.entry("anemone.streams.agent-wait", "PT3S"),
                    Map.entry("anemone.streams.ping", "PT0.5S"),
                    Map.entry("anemone.events.ping", "PT0.2S"),
                    Map.entry("anemone.volumes.dir", "/shared/volumes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        Path site = made;
        if (site == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(site)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
