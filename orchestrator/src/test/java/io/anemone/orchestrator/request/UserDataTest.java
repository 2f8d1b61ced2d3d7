package io.anemone.orchestrator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anemone.orchestrator.problem.FieldException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserDataTest {

    private static String refusal(String text) {
        FieldException refusal = catchThrowableOfType(FieldException.class, () -> UserData.check(text));
        assertThat(refusal).as("refusal of %s", text).isNotNull();
        assertThat(refusal.field()).isEqualTo("userData");
        String message = String.valueOf(refusal.getMessage());
        assertThat(message).endsWith(".").hasSizeLessThan(500).doesNotContainPattern("\\p{Cntrl}");
        return message;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "#!/bin/sh\nset -: 'anything {\n",
                "#cloud-config\n",
                "#cloud-config\n# nothing\n",
                "#Cloud-Config\nruncmd: [[ls, /]]\n",
                "#cloud-config\nusers:\n  - default\n  - name: ada\nruncmd:\n  - echo hi\npackage_update: true\n",
                "#cloud-config\nhostname: 5\nssh_pwauth: false\npackages:\n",
                "#cloud-config\nwrite_files:\n- &a {path: /a, content: x}\n- {<<: *a, path: /b}\n",
                "#cloud-config\nca-certs: {trusted: []}\nca_certs: {trusted: []}\n",
                "#cloud-config-archive\n- {type: text/cloud-config, content: x}\n",
                "#cloud-boothook\necho\n",
                "#part-handler\ndef list_types(): pass\n",
                "#include\nhttps://example.org/a\n",
                "#include-once https://example.org/a\n",
                "## template: jinja\n#cloud-config\nhostname: {{ v1.x }}\n",
                "Content-Type: multipart/mixed; boundary=\"b\"\nMIME-Version: 1.0\n\n--b--\n",
                "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b--\r\n"
            })
    void whatCloudInitReads_isTaken(String text) {
        assertThatCode(() -> UserData.check(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "cloud-config\n",
                "\ufeff#cloud-config\n",
                "# cloud-config\n",
                "Content-Type: text/plain\n\nx",
                "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n--b--",
                "## template: jinja\nhostname: x\n"
            })
    void whatCloudInitDoesNotRead_isRefused(String text) {
        refusal(text);
    }

    @Test
    void packedData_isRefusedAsSuch() {
        assertThat(refusal("H4sIAAAAAAAAA0vOyS9N0U3Oz0vLTOcCAKiC1hYNAAAA")).contains("compressed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run_cmd: [x]|did you mean runcmd? (line 2, column 1)",
                "package: [x]|did you mean packages?",
                "ssh-authorized-keys: [x]|did you mean ssh_authorized_keys?",
                "Hostname: x|did you mean hostname?",
                "frobnicate: 1|that cloud-init knows (line 2, column 1)",
                "runcmd: ls|needs a list as the value of runcmd (line 2, column 9)",
                "packages: {a: 1}|needs a list",
                "apt: [x]|needs keys with values",
                "hostname: [x]|needs a text",
                "package_update: maybe|needs true or false",
                "runcmd: [a, b|not YAML",
                "users: [{name: a, name: b}]|twice (line 2, column 19)",
                "hostname: a\\nhostname: b|twice (line 3, column 1)",
                "? [a]\\n: b|where a key stands",
                "- a|must be keys with values",
                "hostname: *nobody|not YAML",
                "hostname: a\\n--- \\nhostname: b|not YAML",
                "hostname: \"\\u0007\"|within bounds"
            })
    void mistake_isToldWithItsPlace(String config, String told) {
        String text = "#cloud-config\n" + config.replace("\\n", "\n").replace("\\u0007", "\u0007");

        assertThat(refusal(text)).contains(told);
    }

    @Test
    void secretBesideAMistake_isNotRepeated() {
        assertThat(refusal("#cloud-config\npassword: hunter2 hunter2: x\n")).doesNotContain("hunter2");
        assertThat(refusal("#cloud-config\nchpasswd: hunter2\n")).doesNotContain("hunter2");
        assertThat(refusal("#cloud-config\npassword: [hunter2\n")).doesNotContain("hunter2");
    }

    @Test
    void bombs_areRefusedAtOnce() {
        // Given
        StringBuilder laughs = new StringBuilder("#cloud-config\nbootcmd: &a0 [x, x]\n");
        String[] keys = {"runcmd", "packages", "mounts", "write_files", "fs_setup", "ssh_import_id"};
        for (int i = 0; i < keys.length; i++) {
            laughs.append(keys[i]).append(": &a").append(i + 1).append(" [");
            laughs.append(("*a" + i + ",").repeat(10)).append("]\n");
        }
        String deep = "#cloud-config\nruncmd: " + "[".repeat(20_000) + "\n";
        String loop = "#cloud-config\nruncmd: &r [*r]\n";
        Instant begun = Instant.now();

        // When, Then
        assertThat(refusal(laughs.toString())).contains("within bounds");
        assertThat(refusal(deep)).contains("within bounds");
        assertThatCode(() -> UserData.check(loop)).doesNotThrowAnyException();
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void tagOfAnObject_makesNone() {
        assertThatCode(() -> UserData.check("#cloud-config\nhostname: !!java.net.URL [\"http://x\"]\n"))
                .isInstanceOf(FieldException.class);
    }
}
