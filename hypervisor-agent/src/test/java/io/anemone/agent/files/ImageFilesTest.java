package io.anemone.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.Guests;
import io.anemone.agent.cache.Blob;
import io.anemone.agent.cache.CacheLimits;
import io.anemone.agent.cache.ImageSource;
import io.anemone.agent.cache.NodeCache;
import io.anemone.agent.cache.Shelf;
import io.anemone.core.image.ImageContent;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageTier;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.Preparation;
import io.anemone.core.wire.Preparation.Step;
import io.anemone.testkit.time.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // before each test
class ImageFilesTest {

    private static final String KERNEL = "the kernel";
    private static final String INITRD = "the initial RAM disk";

    @TempDir
    Path parent;

    private Path site;
    private Path links;
    private final List<String> fetched = new ArrayList<>();
    private final List<Preparation> told = new ArrayList<>();

    private final GuestFiles.Watch watch = new GuestFiles.Watch() {
        @Override
        public void preparing(Preparation image) {
            told.add(image);
        }

        @Override
        public boolean abandoned() {
            return false;
        }
    };

    @BeforeEach
    void makeDirectories() throws IOException {
        site = Files.createDirectories(parent.resolve("site"));
        links = Files.createDirectories(parent.resolve("links"));
    }

    /** Has the two files, whatever it is asked for. */
    private final ImageSource orchestrator = new ImageSource() {
        @Override
        public InputStream open(Blob blob, long offset) {
            fetched.add(blob.sha256());
            String text = blob.bytes() == KERNEL.length() ? KERNEL : INITRD;
            return new ByteArrayInputStream(text.substring((int) offset).getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public String name() {
            return "the orchestrator";
        }
    };

    private ImageFiles files(InPlace inPlace) {
        return new ImageFiles(
                site,
                inPlace,
                new NodeCache(parent, List.of(), CacheLimits.DEFAULT),
                orchestrator,
                new SettableClock(Instant.EPOCH));
    }

    private static ImageFile file(String name, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new ImageFile(
                name,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
                bytes.length);
    }

    private static DesiredVm vm(ImageTier tier, String name) throws Exception {
        DesiredVm any = Guests.desired(Guests.id());
        ImageDefinition image = any.image();
        ImageContent content = new ImageContent(file("vmlinuz", KERNEL), file("initrd", INITRD), null, null, null, 0);
        return new DesiredVm(
                any.vm(),
                any.attempt(),
                any.name(),
                any.owner(),
                new ImageDefinition(name, 1, "", content, image.defaultUser(), image.readiness(), image.needs(), tier),
                any.size(),
                any.sshKeys(),
                any.userData(),
                any.endsAt(),
                any.options());
    }

    private void siteHas(String kernel) throws IOException {
        Path directory = Files.createDirectories(site.resolve("micro"));
        Files.writeString(directory.resolve("vmlinuz"), kernel);
        Files.writeString(directory.resolve("initrd"), INITRD);
    }

    private Path shelf(Shelf shelf) throws IOException {
        String self = Files.getOwner(Path.of("/proc/self")).getName();
        return parent.resolve("cache-" + self).resolve(shelf.name());
    }

    @Test
    void imageOnTheNode_isUsedWhereItIs() throws Exception {
        siteHas(KERNEL);

        Map<ImageFile, Path> paths = files(InPlace.AUTO).obtain(vm(ImageTier.GOLDEN, "micro"), links, watch);

        assertThat(paths.values()).containsOnly(site.resolve("micro/vmlinuz"), site.resolve("micro/initrd"));
        assertThat(told).extracting(Preparation::step).containsExactly(Step.IN_PLACE);
        assertThat(parent).isDirectoryNotContaining("glob:**cache-*");
    }

    @Test
    void neverInPlace_isCopiedFromTheNodesDirectory_once() throws Exception {
        siteHas(KERNEL);
        ImageFiles files = files(InPlace.NEVER);

        Map<ImageFile, Path> paths = files.obtain(vm(ImageTier.GOLDEN, "micro"), links, watch);
        files.obtain(vm(ImageTier.GOLDEN, "micro"), Files.createDirectory(parent.resolve("b")), watch);

        assertThat(fetched).isEmpty();
        assertThat(paths.values()).allSatisfy(path -> assertThat(path).startsWith(links));
        assertThat(told.getLast().step()).isEqualTo(Step.CACHED);
        assertThat(told).filteredOn(Preparation::over).first().satisfies(first -> {
            assertThat(first.step()).isEqualTo(Step.COPIED);
            assertThat(first.totalBytes()).isEqualTo(KERNEL.length() + INITRD.length());
        });
    }

    @Test
    void fileOfAnotherRevisionOnTheNode_isNotUsed() throws Exception {
        siteHas("another kernel");

        Map<ImageFile, Path> paths = files(InPlace.ALWAYS).obtain(vm(ImageTier.GOLDEN, "micro"), links, watch);

        assertThat(fetched).containsExactly(file("vmlinuz", KERNEL).sha256());
        assertThat(paths.get(file("vmlinuz", KERNEL))).hasContent(KERNEL);
        assertThat(paths.get(file("initrd", INITRD))).isEqualTo(site.resolve("micro/initrd"));
    }

    @Test
    void sitesImage_isForAll_andAUsersForItsVmsOwnerAlone() throws Exception {
        DesiredVm users = vm(ImageTier.USER, "ada/mine");

        files(InPlace.AUTO).obtain(vm(ImageTier.GOLDEN, "micro"), links, watch);
        files(InPlace.AUTO).obtain(users, Files.createDirectory(parent.resolve("b")), watch);

        assertThat(fetched).hasSize(4);
        assertThat(shelf(new Shelf.Open())).isDirectoryContaining("glob:**");
        assertThat(shelf(new Shelf.Of(users.owner()))).isDirectoryContaining("glob:**");
    }

    @Test
    void nameThatLeavesTheSitesDirectory_findsNothingThere() throws Exception {
        Files.createDirectories(parent.resolve("elsewhere"));
        Files.writeString(parent.resolve("elsewhere/vmlinuz"), KERNEL);
        Files.writeString(parent.resolve("elsewhere/initrd"), INITRD);

        Map<ImageFile, Path> paths = files(InPlace.ALWAYS).obtain(vm(ImageTier.USER, "../elsewhere"), links, watch);

        assertThat(fetched).hasSize(2);
        assertThat(paths.values()).allSatisfy(path -> assertThat(path).startsWith(links));
    }
}
