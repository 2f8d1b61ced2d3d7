package io.anemone.orchestrator.request;

import io.anemone.orchestrator.problem.FieldException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks that user data is something that cloud-init will read, by its first line as cloud-init does
 * (https://cloudinit.readthedocs.io/en/latest/explanation/format.html). What is in a script is its owner's business;
 * cloud-config is checked, for a typing error in it is otherwise found only in the guest's log. No message holds
 * anything of a value: user data may hold secrets.
 */
final class UserData {

    private static final String FIELD = "userData";

    /** Of two that begin alike the longer comes first. */
    private enum Kind {
        SCRIPT("#!"),
        CLOUD_CONFIG_ARCHIVE("#cloud-config-archive"),
        CLOUD_CONFIG_JSONP("#cloud-config-jsonp"),
        CLOUD_CONFIG("#cloud-config"),
        BOOTHOOK("#cloud-boothook"),
        PART_HANDLER("#part-handler"),
        INCLUDE("#include"),
        TEMPLATE("## template: jinja"),
        MULTIPART("content-type: multipart/"),
        MULTIPART_BY_VERSION("mime-version:");

        private final String start;

        Kind(String start) {
            this.start = start;
        }

        static @Nullable Kind of(String text) {
            String begin = text.stripLeading();
            String head = begin.substring(0, Math.min(64, begin.length())).toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(kind -> head.startsWith(kind.start))
                    .findFirst()
                    .orElse(null);
        }
    }

    private UserData() {}

    /** @throws FieldException with what to mend, and where */
    static void check(String text) {
        if (text.isBlank()) {
            return;
        }
        Kind kind = Kind.of(text);
        if (kind == null) {
            throw unknown(text);
        }
        switch (kind) {
            case CLOUD_CONFIG -> CloudConfig.check(text);
            case CLOUD_CONFIG_ARCHIVE -> CloudConfig.checkArchive(text);
            case TEMPLATE -> checkTemplate(text);
            case MULTIPART, MULTIPART_BY_VERSION -> checkMultipart(text);
            // The guest's own business: run, fetched or handled there, with the guest's own rights and network.
            case SCRIPT, CLOUD_CONFIG_JSONP, BOOTHOOK, PART_HANDLER, INCLUDE -> {}
        }
    }

    private static FieldException unknown(String text) {
        boolean packed = text.startsWith("H4sI");
        return FieldException.invalid(
                FIELD,
                packed
                        ? "The user data is compressed and in base64, which is not unpacked here: send it as it is."
                        : "The user data begins with nothing that cloud-init knows: its first line must be"
                                + " #cloud-config, or #! and an interpreter for a script, #include, #cloud-boothook,"
                                + " #cloud-config-archive, ## template: jinja, or a MIME header.");
    }

    /** What it will be is known only in the guest; that it will be something must be said in its second line. */
    private static void checkTemplate(String text) {
        String rest = text.stripLeading().lines().skip(1).findFirst().orElse("");
        if (Kind.of(rest) == null) {
            throw FieldException.invalid(
                    FIELD, "The second line of a template must say what it makes, for example #cloud-config.");
        }
    }

    private static void checkMultipart(String text) {
        int end = text.indexOf("\n\n");
        int windows = text.indexOf("\r\n\r\n");
        int headers = end < 0 ? windows : windows < 0 ? end : Math.min(end, windows);
        String head = headers < 0 ? "" : text.substring(0, headers).toLowerCase(Locale.ROOT);
        if (!head.contains("content-type: multipart/") || !head.contains("boundary=")) {
            throw FieldException.invalid(
                    FIELD,
                    "The user data begins like a MIME message, but has no header Content-Type: multipart/mixed with a"
                            + " boundary and an empty line after it.");
        }
    }
}
