package io.anemone.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.anemone.agent.Guests;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.vm.GuestNetwork;
import io.anemone.core.wire.DesiredVm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
        Seed seed = Seed.of(vm(List.of(Guests.KEY), null), INSTANCE, "");

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
        Seed seed = Seed.of(vm(List.of(key), null), INSTANCE, "");

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
        Seed seed = Seed.of(vm(List.of(Guests.KEY), own), INSTANCE, "");

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
        "#include-once http://x, text/x-include-once-url",
        "#Cloud-Config, text/cloud-config",
        "## template: jinja, text/jinja2",
        "anything else, text/plain"
    })
    void typeOfUserData_followsItsFirstLine(String userData, String type) {
        assertThat(MimeParts.mimeType(userData)).isEqualTo(type);
    }

    private static DesiredVm untilCloudInitIsDone(@Nullable String userData) {
        DesiredVm plain = vm(List.of(Guests.KEY), userData);
        ReadinessProbe probe = new ReadinessProbe(ReadinessProbe.Kind.CLOUD_INIT, Duration.ofMinutes(5));
        return plain.with(plain.options().with(probe));
    }

    @Test
    void cloudInitAwaited_itsLastWordsAreOfThisInstanceAndComeAfterTheOwnersPart() throws Exception {
        // When
        String alone = Seed.of(untilCloudInitIsDone(null), INSTANCE, "").userData();
        String withOwn = Seed.of(untilCloudInitIsDone("#cloud-config\nfinal_message: mine\n"), INSTANCE, "")
                .userData();

        // Then
        assertThat(yaml.readTree(alone).path("final_message").asText()).isEqualTo(Seed.doneMessage(INSTANCE));
        assertThat(Seed.doneMessage(INSTANCE)).contains(INSTANCE.toString());
        assertThat(withOwn.lastIndexOf(Seed.doneMessage(INSTANCE))).isGreaterThan(withOwn.indexOf("base64"));
        assertThat(Seed.of(vm(List.of(), null), INSTANCE, "").userData()).doesNotContain("final_message");
    }

    @Test
    void usersOwnMultipart_isNestedWithItsOwnHeaders() {
        // Given
        String own = "Content-Type: multipart/mixed; boundary=\"theirs\"\nMIME-Version: 1.0\n\n"
                + "--theirs\nContent-Type: text/x-shellscript\n\n#!/bin/sh\n--theirs--\n";

        // When
        String all = Seed.of(vm(List.of(Guests.KEY), own), INSTANCE, "").userData();

        // Then
        String boundary = all.replaceAll("(?s).*?boundary=\"([^\"]+)\".*", "$1");
        assertThat(boundary).isNotEqualTo("theirs");
        assertThat(all).contains("--" + boundary + "\n" + own);
    }

    @Test
    void network_isOfTheCardThatTheGuestGets() throws Exception {
        // Given
        DesiredVm vm = vm(List.of(), null);
        DesiredVm bridged = vm.with(vm.options().with(new GuestNetwork("br0", List.of(), false)));

        // When
        JsonNode network = yaml.readTree(Seed.of(vm, INSTANCE, "").networkConfig());

        // Then
        assertThat(network.path("version").asInt()).isEqualTo(2);
        JsonNode card = network.path("ethernets").path("anemone0");
        assertThat(card.path("dhcp4").asBoolean()).isTrue();
        assertThat(card.path("match").path("macaddress").asText())
                .isEqualTo(new DomainId(vm.vm(), 1).mac())
                .matches("52:54:00(:[0-9a-f]{2}){3}");
        assertThat(Seed.of(bridged, INSTANCE, "").files()).doesNotContainKey("network-config");
    }

    @Test
    void sitesVendorData_goesAlongUnchangedAndOnlyWhereThereIsSome() {
        assertThat(Seed.of(vm(List.of(), null), INSTANCE, "#cloud-config\nntp: {}\n")
                        .files())
                .containsEntry("vendor-data", "#cloud-config\nntp: {}\n");
        assertThat(Seed.of(vm(List.of(), null), INSTANCE, "").files())
                .containsOnlyKeys("meta-data", "user-data", "network-config");
    }
}
