package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VolumeCommandsTest extends CommandTest {

    private static final String ID = "3f0a3c5e-6a2b-4c55-9a57-0a4d5f2a7c11";

    @BeforeEach
    void twoVolumes() {
        site.answers("/volumes", """
                {"items": [
                   {"id": "%s", "name": "results", "owner": "researcher", "place": "job", "sizeGiB": 50,
                    "createdAt": "2026-01-01T11:00:00Z", "state": "HELD",
                    "heldBy": {"vm": "v1", "name": "web", "phase": "READY", "attempt": 1}},
                   {"id": "other", "name": "spare", "owner": "researcher", "place": "pool", "sizeGiB": 1,
                    "createdAt": "2026-01-01T11:00:00Z", "state": "FREE", "heldBy": null}]}
                """.formatted(ID));
    }

    @Test
    void list_saysWhoHasEach() {
        assertThat(person.runs("volume", "list").out()).isEqualToNormalizingNewlines("""
                NAME     OWNER       SIZE  PLACE  STATE  HELD BY
                results  researcher  50G   job    HELD   web (v1, READY)
                spare    researcher  1G    pool   FREE   -
                """);
        assertThat(person.runs("volume", "show", "spare").out())
                .contains("FREE")
                .doesNotContain("results");
    }

    @Test
    void unknownVolume_isRefused() {
        Person.Result result = person.runs("volume", "show", "nothing");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("anemone volume list");
    }

    @Test
    void delete_goesByTheId() {
        person.runs("volume", "delete", "results");

        assertThat(site.requests("DELETE")).extracting(FakeSite.Request::path).containsExactly("/api/v1/volumes/" + ID);
    }
}
