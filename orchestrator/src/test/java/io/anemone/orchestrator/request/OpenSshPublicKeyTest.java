package io.anemone.orchestrator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The keys and their fingerprints are ssh-keygen's own. */
class OpenSshPublicKeyTest {

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of(
                        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMbqOwweAaSDS6qoj3q9oVa1FqR3V6cK+XYoNJWLhlbL tes"
                                + "t ed25519",
                        "SHA256:azarKAKWVoaF79NvkldtkE78IN5uagswFU6UPxTEihM"),
                Arguments.of(
                        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC0EIuQ0gF53Ycb43IrrkI4rOaltjlvX5CgGBKka6gERQBt"
                                + "D3DqVHqEyoNeYftYXMOzN1gUCRWQzdk0EhHWOWAcFkPZj0G8ohcXyrT4AH3DrZOtMw8wxjZhOSUV7EbkRMym"
                                + "EwpWQQy4kBBhLl3TAoecE/FLKDt+535M1FqlAUgtWzimMLET5aUarSsuf08xx7d+DcutLlOGltn855mflQd9"
                                + "5TBE14IheL2eM8tCZBPuVaGWdZuua5WfD4RcFqNzr8fLk3zt28EXliKZSyXSjLgPqas6PXhh+Rj/EFzYKlLz"
                                + "HrQ+1/TSI11DMLywU9+1wuLmSTWksW2nCeOzcxLcT133 test rsab2048",
                        "SHA256:e9L4sl8Q+2yb/sQdXtxwAcbSLSzOO/m8BiR+Unr8MbI"),
                Arguments.of(
                        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBDY42L877gzP"
                                + "JZrpHlyndDlFPI4kDuB7+0t002HoRoj/tM2CRFnQ2Kc3NjZL/QEPUiLP6pr+DQS4yFOUbbzjMHI= test ec"
                                + "dsab256",
                        "SHA256:zemwyYePogCNGc4ePu5HPUpQ7OhNqf0F8vb5qjMi8NQ"),
                Arguments.of(
                        "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBKSfOazZfAs8"
                                + "dlWfP6sVtiSnJl5XW7c48SbGQ7TftRdYtAJp0CRkD17OtLZxsmxS67c8u+4vT1RrYofHuYxCEkICPhAL9zl8"
                                + "NzmWtJLIhqXuJkPhFXB2wlj3eq83snGpIg== test ecdsab384",
                        "SHA256:JYpieHIU2UQB7HFfCl3jwO2bstkpmEHxDZKEz0R4ctc"),
                Arguments.of(
                        "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAHPpbuppATx"
                                + "mvOGUVK/9in88db73CzeTj6Wuk3xeG1gW3racPFKKWJEHKOQKcwwt7TZQ6lHoUXPHDQ2PIEqRH4LPwFw8aZB"
                                + "W5FGN+7t7z+5LLl2REssnA6eOc6IK0veWEAWDcJAuaIGomegQ+7TL2Oztk1aNzeAYpjCKYiI1qMj2UzuNw=="
                                + " test ecdsab521",
                        "SHA256:Irkk3wgw2YtgB98qBRaNnEAgbLIjOVeESdnoMt4fxes"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keyMadeBySshKeygen_isReadWithItsFingerprint(String line, String fingerprint) throws Exception {
        OpenSshPublicKey key = OpenSshPublicKey.parse(line);

        assertThat(key.fingerprint()).isEqualTo(fingerprint);
        assertThat(key.line()).isEqualTo(line);
        assertThat(key.comment()).startsWith("test ");
        assertThat(OpenSshPublicKey.parse(line)).isEqualTo(key).hasSameHashCodeAs(key);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keyCutOffOrLengthened_isNone(String line) {
        String[] words = line.split(" ");
        byte[] blob = Base64.getDecoder().decode(words[1]);

        for (int length = 0; length < blob.length; length++) {
            assertNotAKey(words[0], Arrays.copyOf(blob, length));
        }
        assertNotAKey(words[0], Arrays.copyOf(blob, blob.length + 1));
    }

    @Test
    void securityKeys_areRead() throws Exception {
        byte[] ed = blob("sk-ssh-ed25519@openssh.com", new byte[32], ascii("ssh:"));
        byte[] point = new byte[65];
        point[0] = 4;
        byte[] ec = blob("sk-ecdsa-sha2-nistp256@openssh.com", ascii("nistp256"), point, ascii("ssh:"));

        assertThat(parse("sk-ssh-ed25519@openssh.com", ed).comment()).isEmpty();
        assertThat(parse("sk-ecdsa-sha2-nistp256@openssh.com", ec).blob()).isEqualTo(ec);
    }

    @Test
    void blobOfAnotherTypeThanInFront_isNone() throws Exception {
        assertNotAKey("ssh-rsa", blob("ssh-ed25519", new byte[32]));
        assertNotAKey("ecdsa-sha2-nistp256", blob("ecdsa-sha2-nistp256", ascii("nistp384"), new byte[97]));
    }

    @Test
    void typesThatAreNotAllowed_areNone() throws Exception {
        assertNotAKey("ssh-dss", blob("ssh-dss", new byte[32]));
        assertNotAKey("ecdsa-sha2-nistk163", blob("ecdsa-sha2-nistk163", ascii("nistk163"), new byte[65]));
        assertNotAKey("ssh-ed25519-cert-v01@openssh.com", blob("ssh-ed25519-cert-v01@openssh.com", new byte[32]));
    }

    @Test
    void weakRsaKey_isNone() throws Exception {
        assertNotAKey("ssh-rsa", blob("ssh-rsa", new byte[] {1, 0, 1}, new byte[97]));
    }

    @Test
    void lengthThatIsNegativeOrEnormous_isNone() {
        assertNotAKey("ssh-ed25519", new byte[] {-1, -1, -1, -1});
        assertNotAKey("ssh-ed25519", new byte[] {0x7f, -1, -1, -1, 0});
    }

    private static OpenSshPublicKey parse(String type, byte[] blob) throws OpenSshPublicKey.NotAKey {
        return OpenSshPublicKey.parse(type + " " + Base64.getEncoder().encodeToString(blob));
    }

    private static void assertNotAKey(String type, byte[] blob) {
        assertThatThrownBy(() -> parse(type, blob)).isInstanceOf(OpenSshPublicKey.NotAKey.class);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] blob(String type, byte[]... strings) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(type.length());
        out.write(ascii(type));
        for (byte[] string : strings) {
            out.writeInt(string.length);
            out.write(string);
        }
        return bytes.toByteArray();
    }
}
