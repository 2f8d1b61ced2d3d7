package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The live audit: what is planted is shown and removed, and what is not Anemone's is never touched. */
@BoxTest
class AuditBoxTest {

    private static final Duration SHOWN = Duration.ofSeconds(10);

    private final Site site = Site.up();

    /** Violations of an invariant about something, as the operator sees them: those there are and those healed. */
    private List<JsonNode> shown(String invariant, String subject) {
        JsonNode audit = site.api(Site.OPERATOR).get("/invariants").ok();
        List<JsonNode> found = new ArrayList<>();
        audit.path("items").forEach(item -> item.path("violations").forEach(found::add));
        audit.path("healed").forEach(found::add);
        found.removeIf(
                violation -> !violation.path("invariant").asText().equals(invariant) || !isAbout(violation, subject));
        return found;
    }

    private static boolean isAbout(JsonNode violation, String subject) {
        return violation.path("subjects").findValuesAsText("id").contains(subject);
    }

    private static boolean isHealed(List<JsonNode> violations) {
        return !violations.isEmpty() && violations.stream().allMatch(violation -> violation.has("healedAt"));
    }

    @Test
    void plantedDomainOfAVmThatIsOver_isShownWithinTenSeconds_andRemoved() {
        // Given
        site.pool(1);
        Guest guest = site.launch(LaunchPath.STATIC).ready();
        Planted planted = new Planted(site.box(), guest.now().node());
        String definition = planted.definitionOf(guest);
        guest.delete();
        guest.over(Duration.ofSeconds(20));
        assertThat(planted.domains()).doesNotContain(Planted.nameOf(guest));

        // When
        planted.start(definition);

        // Then
        Await.within(SHOWN, "the audit shows it", () -> shown("I2", guest.id()), found -> !found.isEmpty());
        Await.within(SHOWN, "it is gone", planted::domains, domains -> !domains.contains(Planted.nameOf(guest)));
        Await.within(SHOWN, "the audit shows that", () -> shown("I2", guest.id()), AuditBoxTest::isHealed);
        assertThat(guest.processes()).isEmpty();
        assertThat(guest.events().findValuesAsText("note"))
                .anyMatch(note -> note.startsWith("the audit found: "))
                .anyMatch(note -> note.startsWith("healed: "));
    }

    @Test
    void plantedForeignDomains_areNeverTouched() {
        // Given
        site.pool(1);
        Planted planted = new Planted(site.box(), poolNode());
        String ofSomebodyElse = "<theirs:domain xmlns:theirs='https://example.org/vm/1' vm='1' attempt='1'/>";

        // When: one has a name like ours, one a mark that is not ours
        planted.start(Planted.plain("anemone-00000000-1", ""));
        planted.start(Planted.plain("theirs", ofSomebodyElse));
        try {
            Await.staysFor(
                    Duration.ofSeconds(30),
                    "both are there",
                    () -> planted.domains().containsAll(List.of("anemone-00000000-1", "theirs")));

            // Then
            assertThat(shown("I2", "anemone-00000000-1")).isEmpty();
            assertThat(shown("I2", "theirs")).isEmpty();
        } finally {
            planted.end("anemone-00000000-1");
            planted.end("theirs");
        }
    }

    @Test
    void plantedJobOfALeaseThatIsOver_isShown_andEnded() {
        // Given
        Guest guest = site.launch(LaunchPath.SCHEDULED).ready();
        String lease = site.api(Site.OPERATOR)
                .get("/vms/" + guest.id())
                .ok()
                .path("lease")
                .path("id")
                .asText();
        guest.delete();
        guest.over(Duration.ofSeconds(20));
        Await.within(
                Duration.ofSeconds(30),
                "its lease is over",
                () -> site.api(Site.OPERATOR)
                        .get("/leases/" + lease)
                        .ok()
                        .path("phase")
                        .asText(),
                "RELEASED"::equals);

        // When
        String job =
                site.slurm().submit(Site.RESEARCHER, "--job-name=anemone-" + lease, "--time=5", "--wrap=sleep 300");

        // Then
        Await.within(Duration.ofSeconds(15), "the audit shows it", () -> shown("I3", job), found -> !found.isEmpty());
        Await.within(
                Duration.ofSeconds(30),
                "the job is over",
                () -> site.slurm().queued(job).isPresent(),
                there -> !there);
        Await.within(Duration.ofSeconds(30), "the audit shows that", () -> shown("I3", job), AuditBoxTest::isHealed);
    }

    private String poolNode() {
        for (JsonNode lease :
                site.api(Site.OPERATOR).get("/leases?active=true").ok().path("items")) {
            if (lease.path("pool").asText().equals("default")) {
                return lease.path("node").asText();
            }
        }
        throw new AssertionError("no lease of the pool has a node");
    }
}
