package io.anemone.agent.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.agent.Guests;
import io.anemone.agent.UsageException;
import io.anemone.core.wire.Join.HardwareRequest;
import io.anemone.core.wire.Join.NetworkRequest;
import io.anemone.core.wire.Join.VmRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecFileTest {

    private static final String GOOD = "name: web-1\nimage: micro\nflavor: small\n";

    @TempDir
    Path directory;

    private VmRequest read(String yaml, String... settings) {
        try {
            Path file = Files.writeString(directory.resolve("vm.yaml"), yaml);
            return new SpecFile(directory).read(file, List.of(settings));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void wholeSpec_isRead() {
        // When
        VmRequest request = read("name: web-1\nimage: micro\nvcpus: 2\nmemoryMiB: 512\nwalltime: PT1H\nproject: p\n"
                + "sshKeys:\n  - " + Guests.KEY + "\nuserData: |\n  #!/bin/sh\n  true\nlabels:\n  a: \"1\"\n");

        // Then
        assertThat(request)
                .isEqualTo(new VmRequest(
                        "web-1",
                        "micro",
                        null,
                        2,
                        512,
                        "PT1H",
                        "p",
                        List.of(Guests.KEY),
                        "#!/bin/sh\ntrue\n",
                        Map.of("a", "1")));
    }

    @Test
    void machineAndNetwork_areRead() {
        // When
        VmRequest request =
                read(GOOD + "hardware: {firmware: uefi, tpm: true}\nnetwork:\n  ports: [80, 443]\n  isolated: true\n");

        // Then
        assertThat(request.hardware()).isEqualTo(new HardwareRequest("uefi", true, null));
        assertThat(request.network()).isEqualTo(new NetworkRequest(List.of(80, 443), true));
    }

    @Test
    void settings_lieOverTheFile() {
        // When
        VmRequest request =
                read(GOOD + "labels: {a: b}\n", "name=db-1", "labels.c=d=e", "sshKeys=" + Guests.KEY + "\n");

        // Then
        assertThat(request.name()).isEqualTo("db-1");
        assertThat(request.labels()).isEqualTo(Map.of("a", "b", "c", "d=e"));
        assertThat(request.sshKeys()).containsExactly(Guests.KEY);
    }

    @Test
    void noKeys_takesTheUsersOwn() throws IOException {
        // Given
        Files.createDirectory(directory.resolve(".ssh"));
        Files.writeString(directory.resolve(".ssh/id_ed25519.pub"), Guests.KEY + "\n");

        // When, Then
        assertThat(read(GOOD).sshKeys()).containsExactly(Guests.KEY);
        assertThat(read(GOOD + "sshKeys: []\n").sshKeys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: micro~flavor: small|name is missing",
                "name: web-1~flavor: small|image is missing",
                "name: Web_1~image: micro~flavor: small|name must be a host name",
                "name: a~image: micro~flavor: small~network: 80|network must be a mapping",
                "name: a~image: micro~flavor: small~network: {ports: [http]}|network.ports must be a list",
                "name: a~image: micro~flavor: small~network: {bridge: br0}|no field \"network.bridge\"",
                "name: a~image: micro~flavor: small~hardware: {tpm: 2}|hardware.tpm must be true or false",
                "name: web-1~image: micro|Give a flavor, or vcpus and memoryMiB.",
                "name: web-1~image: micro~flavor: small~vcpus: 1|not both",
                "name: web-1~image: micro~vcpus: 1.5~memoryMiB: 128|vcpus must be a whole number",
                "name: web-1~image: micro~vcpus: 0~memoryMiB: 128|vcpus must be a whole number of at least 1",
                "name: web-1~image: micro~vcpus: 99999999999999~memoryMiB: 128|vcpus must be a whole number",
                "name: web-1~image: micro~vcpus: 1~memoryMiB: lots|memoryMiB must be a whole number of at least 64",
                "name: web-1~image: micro~flavor: small~walltime: 1h|walltime must be an ISO 8601 duration",
                "name: web-1~image: micro~flavor: small~walltime: PT10S|walltime must be at least PT1M",
                "name: web-1~image: micro~flavor: small~sshKeys: [rubbish]|not an OpenSSH public key",
                "name: web-1~image: micro~flavor: small~labels: {a: 1}|labels.a must be text",
                "name: web-1~image: micro~flavor: small~flavour: small|There is no field \"flavour\".",
                "name: web-1~name: web-2~image: micro~flavor: small|Duplicate",
                "- a|is not a YAML mapping",
                "'{'|is not a YAML mapping",
            })
    void mistake_getsOneClearSentence(String yaml, String sentence) {
        assertThatThrownBy(() -> read(yaml.replace('~', '\n')))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void severalMistakes_getOneLineEach() {
        assertThatThrownBy(() -> read("nam: x\nvcpus: -1\n"))
                .isInstanceOfSatisfying(
                        UsageException.class,
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(5));
    }

    @Test
    void terminalControlInAField_isNotPrinted() {
        assertThatThrownBy(() -> read("name: \"\\e[2Jx\"\nimage: micro\nflavor: small\n"))
                .isInstanceOfSatisfying(
                        UsageException.class, e -> assertThat(e.getMessage()).doesNotContain("\u001b"));
    }

    @Test
    void fileMissing_isSaid() {
        assertThatThrownBy(() -> new SpecFile(directory).read(directory.resolve("none.yaml"), List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("does not exist");
    }
}
