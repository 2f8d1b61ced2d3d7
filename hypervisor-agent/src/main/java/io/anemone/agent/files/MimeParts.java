package io.anemone.agent.files;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** User data of several parts (https://cloudinit.readthedocs.io/en/22.4.2/topics/format.html). */
final class MimeParts {

    private record Start(String prefix, String type) {}

    /** The longer one of two that begin alike comes first. */
    private static final List<Start> STARTS = List.of(
            new Start("#!", "text/x-shellscript"),
            new Start("#cloud-config-archive", "text/cloud-config-archive"),
            new Start("#cloud-config-jsonp", "text/cloud-config-jsonp"),
            new Start("#cloud-config", "text/cloud-config"),
            new Start("#cloud-boothook", "text/cloud-boothook"),
            new Start("#part-handler", "text/part-handler"),
            new Start("#include-once", "text/x-include-once-url"),
            new Start("#include", "text/x-include-url"),
            new Start("## template: jinja", "text/jinja2"));

    private MimeParts() {}

    static String multipart(List<String> parts) {
        String boundary = "anemone-" + UUID.randomUUID();
        StringBuilder all = new StringBuilder(
                "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\nMIME-Version: 1.0\n\n");
        parts.forEach(part ->
                all.append("--").append(boundary).append('\n').append(part).append('\n'));
        return all.append("--").append(boundary).append("--\n").toString();
    }

    /** Our own cloud-config, which is readable as it stands: the smallest guests have no cloud-init to decode it. */
    static String plain(String cloudConfig) {
        return part("text/cloud-config", "7bit", cloudConfig);
    }

    /**
     * The owner's, of whatever kind; it cannot break out of its part. One that has several parts itself is nested: as a
     * part it is the same text, its own headers first.
     */
    static String own(String userData) {
        String text = userData.stripLeading();
        return multipart(text) ? text : part(mimeType(text), "base64", base64(userData));
    }

    private static boolean multipart(String userData) {
        String start = userData.substring(0, Math.min(userData.length(), 64)).toLowerCase(Locale.ROOT);
        return start.startsWith("content-type:") || start.startsWith("mime-version:");
    }

    /** By the first line, as cloud-init does it. */
    static String mimeType(String userData) {
        return STARTS.stream()
                .filter(start -> userData.regionMatches(
                        true, 0, start.prefix(), 0, start.prefix().length()))
                .map(Start::type)
                .findFirst()
                .orElse("text/plain");
    }

    private static String part(String type, String encoding, String body) {
        return "Content-Type: " + type + "; charset=\"utf-8\"\nMIME-Version: 1.0\n" + "Content-Transfer-Encoding: "
                + encoding + "\n\n" + body;
    }

    private static String base64(String text) {
        return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
