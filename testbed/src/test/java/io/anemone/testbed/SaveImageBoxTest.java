package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guest is the micro image's kernel and initrd, with a disk that is empty at first. */
@BoxTest
class SaveImageBoxTest {

    private static final Duration SAVED = Duration.ofSeconds(90);
    private static final String READ = "dd if=/dev/vda bs=1M skip=1 2>/dev/null | tar -x -C /tmp && cat /tmp/file";

    private final Site site = Site.up();
    private final Api api = site.api(Site.RESEARCHER);

    /** Pools have QEMU and libvirt of the node's own, jobs have theirs. */
    @ParameterizedTest
    @ValueSource(strings = {"scheduled", "static"})
    void runningGuest_isSaved_andBootsAsANewVmWithWhatWasSynced(String path) throws IOException {
        if (path.equals("static")) {
            site.pool(1);
        }
        Guest guest =
                site.request(path, Map.of("image", withDisk("empty-" + path))).ready();
        // The guest has no program that makes file systems; an archive is a file on a disk, too. A disk that begins
        // with
        // one would be refused.
        guest.ssh("echo synced-" + path
                        + " > /tmp/file && tar -c -C /tmp file | dd of=/dev/vda bs=1M seek=1 2>/dev/null && sync")
                .ok();

        String saved = saved(guest, "saved-" + path);

        assertThat(guest.now().phase()).isEqualTo("READY");
        assertThat(guest.ssh(READ).ok()).isEqualTo("synced-" + path);
        assertThat(guest.events().toString())
                .contains("as it would be after a power cut", "its disk is saved as image " + saved);
        assertThat(site.node(guest.now().node()).copies()).isEmpty();
        guest.delete();
        guest.over(Duration.ofSeconds(30));

        Guest again = site.request(path, Map.of("image", saved)).ready();

        assertThat(again.ssh(READ).ok()).isEqualTo("synced-" + path);
    }

    /** Its guest's fate is as always; what it was to save does not wait for ever. */
    @Test
    void agentKilledMeanwhile_imageIsRefusedAndNothingIsLeft() throws IOException {
        Guest guest = site.request("scheduled", Map.of("image", withDisk("empty-killed")))
                .ready();
        Node node = site.node(guest.now().node());
        List<String> agents = node.agentsOf(guest.now().jobId());
        node.signal("STOP", agents);
        JsonNode begun = api.post("/vms/" + guest.id() + "/image", Map.of("name", "killed"))
                .ok();

        node.signal("KILL", agents);

        guest.over(Duration.ofSeconds(30));
        JsonNode revision = Await.within(
                Duration.ofSeconds(30),
                "the image is refused",
                () -> revision(begun),
                each -> each.path("state").asText().equals("REFUSED"));
        assertThat(revision.path("message").asText()).contains("The VM was over");
        assertThat(node.copies()).isEmpty();
    }

    private String saved(Guest guest, String name) {
        JsonNode begun =
                api.post("/vms/" + guest.id() + "/image", Map.of("name", name)).ok();
        JsonNode revision = Await.within(
                SAVED,
                "the image " + begun.path("reference").asText() + " is made",
                () -> revision(begun),
                each -> each.path("state").asText().equals("ACTIVE"));
        return revision.path("reference").asText();
    }

    private JsonNode revision(JsonNode begun) {
        JsonNode image = api.get("/images/" + begun.path("image").asText()).ok();
        for (JsonNode revision : image.path("revisions")) {
            if (revision.path("revision").asInt() == begun.path("revision").asInt()) {
                return revision;
            }
        }
        throw new AssertionError("no such revision: " + begun + " in " + image);
    }

    private String withDisk(String name) throws IOException {
        byte[] kernel = Files.readAllBytes(site.box().image("micro").resolve("vmlinuz"));
        byte[] initrd = Files.readAllBytes(site.box().image("micro").resolve("initrd.img"));
        byte[] disk = new byte[16 << 20];
        JsonNode image = api.post(
                        "/images",
                        Map.of(
                                "name",
                                name,
                                "defaultUser",
                                "root",
                                "cmdline",
                                "console=ttyS0 loglevel=4 panic=1 random.trust_cpu=on edd=off no_timer_check",
                                "diskFormat",
                                "raw",
                                "minMemoryMiB",
                                128,
                                "files",
                                List.of(file("kernel", kernel), file("initrd", initrd), file("disk", disk))))
                .ok();
        JsonNode revision = image.path("revisions").path(0);
        String files = "/images/" + image.path("id").asText() + "/revisions/"
                + revision.path("revision").asInt() + "/files/";
        api.upload(files + "kernel", kernel);
        api.upload(files + "initrd", initrd);
        api.upload(files + "disk", disk);
        Await.within(
                SAVED,
                "the image " + name + " can be booted",
                () -> api.get("/images/" + image.path("id").asText()).ok(),
                each -> each.path("revisions").path(0).path("state").asText().equals("ACTIVE"));
        return revision.path("reference").asText();
    }

    private static Map<String, Object> file(String role, byte[] content) {
        return Map.of("role", role, "bytes", content.length);
    }
}
