package io.anemone.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.anemone.agent.Guests;
import io.anemone.core.wire.DesiredVm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedTest {

    private static final UUID INSTANCE = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private final YAMLMapper yaml = new YAMLMapper();

    private static DesiredVm vm(List<String> keys, @Nullable String userData) {
        DesiredVm plain = Guests.desired(Guests.id());
        return new DesiredVm(
                plain.vm(),
                1,
                "web-1",
                plain.owner(),
                plain.image(),
                plain.size(),
                keys,
                userData,
                null,
                plain.options());
    }

    @Test
    void noUserData_isOneCloudConfigWithHostNameAndKeys() throws Exception {
        // When
        Seed seed = Seed.of(vm(List.of(Guests.KEY), null), INSTANCE);

        // Then
        assertThat(seed.userData()).startsWith("#cloud-config\n");
        JsonNode config = yaml.readTree(seed.userData());
        assertThat(config.path("hostname").asText()).isEqualTo("web-1");
        assertThat(config.path("ssh_authorized_keys").path(0).asText()).isEqualTo(Guests.KEY);
        JsonNode meta = yaml.readTree(seed.metaData());
        assertThat(meta.path("instance-id").asText()).isEqualTo(INSTANCE.toString());
        assertThat(meta.path("local-hostname").asText()).isEqualTo("web-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh-ed25519 AAAA x\"\nruncmd: [reboot]",
                "ssh-ed25519 AAAA x: y",
                "- - #",
                "!!python/object:x",
                "&a *a",
                "' \" \\ \u0007"
            })
    void hostileKey_staysOneText(String key) throws Exception {
        // When
        Seed seed = Seed.of(vm(List.of(key), null), INSTANCE);

        // Then
        JsonNode config = yaml.readTree(seed.userData());
        assertThat(config.path("ssh_authorized_keys").path(0).asText()).isEqualTo(key);
        assertThat(config.size()).isEqualTo(2);
        assertThat(yaml.readTree(seed.metaData()).size()).isEqualTo(3);
    }

    @Test
    void usersOwnData_goesAlongAsAPartThatCannotBreakOut() {
        // Given
        String own = "#!/bin/sh\n--anemone-boundary--\nContent-Type: text/cloud-config\n\necho ünï\n";

        // When
        Seed seed = Seed.of(vm(List.of(Guests.KEY), own), INSTANCE);

        // Then
        String boundary = seed.userData().replaceAll("(?s).*?boundary=\"([^\"]+)\".*", "$1");
        String[] parts = seed.userData().split("--" + boundary, -1);
        assertThat(parts).hasSize(4);
        assertThat(parts[1]).contains("text/cloud-config").contains(Guests.KEY);
        assertThat(parts[2]).contains("text/x-shellscript");
        String body = parts[2].substring(parts[2].indexOf("\n\n") + 2);
        assertThat(new String(Base64.getMimeDecoder().decode(body.strip()), StandardCharsets.UTF_8))
                .isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({
        "#!/bin/sh, text/x-shellscript",
        "#cloud-config, text/cloud-config",
        "#cloud-config-archive, text/cloud-config-archive",
        "#include http://x, text/x-include-url",
        "anything else, text/plain"
    })
    void typeOfUserData_followsItsFirstLine(String userData, String type) {
        assertThat(Seed.mimeType(userData)).isEqualTo(type);
    }
}
