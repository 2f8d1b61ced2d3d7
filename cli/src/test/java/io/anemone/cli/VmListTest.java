package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VmListTest extends CommandTest {

    @Test
    void severalPages_areOneAlignedTable() {
        // Given
        site.has(Vms.named("a"));
        site.has(Vms.ready("a-longer-name"));
        site.has(Vms.named("c").put("phase", "QUEUED").put("createdAt", "2025-12-30T12:00:00Z"));
        site.has(Vms.failed("gone", "IMAGE_MISSING_ON_NODE", "The image is not there."));

        // When
        Person.Result result = person.runs("vm", "list");

        // Then
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).isEqualToNormalizingNewlines("""
                ID        NAME           PHASE    OWNER       PATH       IMAGE  SIZE    NODE  JOB  SSH                    AGE
                0cc175b9  a              PENDING  researcher  scheduled  micro  1x512M  -     -    -                      60s
                12c83eaa  a-longer-name  READY    researcher  scheduled  micro  1x512M  n1    17   root@10.77.0.11:22000  60s
                4a8a08f0  c              QUEUED   researcher  scheduled  micro  1x512M  -     -    -                      2d
                """);
    }

    @Test
    void all_showsThoseThatAreOver() {
        site.has(Vms.failed("gone", "IMAGE_MISSING_ON_NODE", "The image is not there."));

        assertThat(person.runs("vm", "list").out()).isEmpty();
        assertThat(person.runs("vm", "list", "--all").out()).contains("gone").contains("FAILED");
        assertThat(person.runs("vm", "list", "--phase", "failed").out()).contains("gone");
    }

    @Test
    void noVm_saysHowToMakeOne() {
        Person.Result result = person.runs("vm", "list");

        assertThat(result.exit()).isZero();
        assertThat(result.err()).contains("anemone vm create");
    }

    @Test
    void json_holdsTheItemsOfAllPages() {
        site.has(Vms.named("a"));
        site.has(Vms.named("b"));
        site.has(Vms.named("c").put("newField", "of a newer server"));

        Person.Result result = person.runs("vm", "list", "-o", "json");

        assertThat(Vms.json(result.out()).path("items")).hasSize(3);
        assertThat(Vms.json(result.out()).path("items").get(2).path("newField").asText())
                .isEqualTo("of a newer server");
    }

    @Test
    void escapeSequences_neverReachTheTerminal() {
        // Given
        String hostile = "\u001b]0;title\u0007\u009b2Jx\u202ey\r\nz";
        site.has(Vms.named("a").put("image", hostile));

        // When
        Person.Result table = person.runs("vm", "list");
        Person.Result json = person.runs("vm", "list", "-o", "json");

        // Then
        assertThat(table.out().lines()).hasSize(2);
        assertThat(table.out()).doesNotContain("\u001b", "\u009b", "\u202e", "\u0007", "\r");
        assertThat(json.out()).doesNotContain("\u001b", "\u009b", "\u202e", "\u0007", "\r");
        assertThat(Vms.json(json.out()).path("items").get(0).path("image").asText())
                .isEqualTo(hostile);
    }

    @Test
    void colours_areForTerminalsAndForThoseWhoWantThem() {
        site.has(Vms.ready("a"));

        assertThat(person.runs("vm", "list").out()).doesNotContain("\u001b");
        assertThat(person.atTerminal().runs("vm", "list").out()).contains("\u001b[32mREADY\u001b[0m");
        assertThat(person.with("NO_COLOR", "1").runs("vm", "list").out()).doesNotContain("\u001b");
    }

    @Test
    void phaseOfANewerServer_isNoError() {
        site.has(Vms.named("a").put("phase", "HIBERNATING"));

        Person.Result result = person.runs("vm", "list");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("UNKNOWN");
    }
}
