package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VmSaveImageTest extends CommandTest {

    private static final String IMAGE = "7d444840-9dc0-41d1-b245-5ffdce74fad2";
    private static final String SAVED = """
            {"image": "%s", "name": "researcher/solver", "revision": 3, "reference": "researcher/solver@3",
             "state": "RECEIVING"}""".formatted(IMAGE);

    private static String image(String state, String message) {
        return """
                {"id": "%s", "name": "researcher/solver", "owner": "researcher", "tier": "USER",
                 "visibility": "PRIVATE", "site": false, "minMemoryMiB": 128, "minDiskGiB": 0, "yours": true,
                 "revisions": [{"revision": 3, "reference": "researcher/solver@3", "state": "%s", "message": %s,
                                "virtualBytes": 0, "files": []}]}""".formatted(IMAGE, state, message);
    }

    @Test
    void saved_waitsUntilItCanBeBooted() {
        // Given
        site.has(Vms.ready("web"));
        site.takes("POST", "/api/v1/vms/" + Vms.idOf("web") + "/image", SAVED);
        site.takes("GET", "/api/v1/images/" + IMAGE, image("ACTIVE", "null"));

        // When
        Person.Result result = person.runs("vm", "save-image", "web", "solver", "--wait");

        // Then
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("is being saved as researcher/solver@3")
                .contains("researcher/solver@3 can be booted.");
        assertThat(site.requests("POST").getFirst().body()).contains("\"name\":\"solver\"");
    }

    @Test
    void refused_isExit1WithTheReason() {
        // Given
        site.has(Vms.ready("web"));
        site.takes("POST", "/api/v1/vms/" + Vms.idOf("web") + "/image", SAVED);
        site.takes("GET", "/api/v1/images/" + IMAGE, image("REFUSED", "\"The VM was over before its disk was here.\""));

        // When
        Person.Result result = person.runs("vm", "save-image", "web", "solver", "--wait");

        // Then
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("The VM was over before its disk was here.");
    }
}
