package io.anemone.agent.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.anemone.core.wire.DesiredVm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The two files of a NoCloud seed, as cloud-init reads them.
 *
 * <p>The owner's own user data goes along as a MIME part of its own. It may replace the keys of our part (cloud-init
 * merges lists by replacing), so the keys stand in the meta-data too, where it cannot.
 */
public record Seed(String metaData, String userData) {

    private static final String CLOUD_CONFIG = "#cloud-config\n";

    public static Seed of(DesiredVm vm, UUID instance) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("instance-id", instance.toString());
        meta.put("local-hostname", vm.name());
        meta.put("public-keys", vm.sshKeys());
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("hostname", vm.name());
        config.put("ssh_authorized_keys", vm.sshKeys());
        return new Seed(yaml(meta), userData(CLOUD_CONFIG + yaml(config), vm.userData()));
    }

    private static String userData(String ours, @Nullable String theirs) {
        return theirs == null || theirs.isBlank() ? ours : multipart(ours, theirs);
    }

    private static String multipart(String ours, String theirs) {
        String boundary = "anemone-" + UUID.randomUUID();
        return "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\nMIME-Version: 1.0\n\n"
                + part(boundary, "text/cloud-config", "7bit", ours)
                + part(boundary, mimeType(theirs), "base64", base64(theirs))
                + "--" + boundary + "--\n";
    }

    private static String part(String boundary, String type, String encoding, String body) {
        return "--" + boundary + "\nContent-Type: " + type + "; charset=\"utf-8\"\nMIME-Version: 1.0\n"
                + "Content-Transfer-Encoding: " + encoding + "\n\n" + body + "\n";
    }

    private static String base64(String text) {
        return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** By the first line, as cloud-init does it. */
    static String mimeType(String userData) {
        record Start(String prefix, String type) {}
        List<Start> starts = List.of(
                new Start("#!", "text/x-shellscript"),
                new Start("#cloud-config-archive", "text/cloud-config-archive"),
                new Start("#cloud-config", "text/cloud-config"),
                new Start("#include", "text/x-include-url"),
                new Start("#cloud-boothook", "text/cloud-boothook"),
                new Start("## template: jinja", "text/jinja2"));
        return starts.stream()
                .filter(start -> userData.startsWith(start.prefix()))
                .map(Start::type)
                .findFirst()
                .orElse("text/plain");
    }

    private static String yaml(Object value) {
        try {
            return YAMLMapper.builder(new YAMLFactory()
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .disable(YAMLGenerator.Feature.SPLIT_LINES))
                    .build()
                    .writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and lists can always be written", e);
        }
    }
}
