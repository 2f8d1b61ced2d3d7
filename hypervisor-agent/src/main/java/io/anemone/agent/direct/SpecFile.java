package io.anemone.agent.direct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.anemone.agent.UsageException;
import io.anemone.core.wire.Join.VmRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The VM of a direct job as a YAML file, with values set on the command line laid over it. */
public final class SpecFile {

    private static final long MAX_BYTES = 256 * 1024;

    /** Who writes no keys means their own. */
    private static final List<String> OWN_KEYS = List.of("id_ed25519.pub", "id_ecdsa.pub", "id_rsa.pub");

    private final Path home;
    private final YAMLMapper yaml = YAMLMapper.builder(new YAMLFactory())
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** @param home whose ssh key is taken when the spec has none */
    public SpecFile(Path home) {
        this.home = home;
    }

    /**
     * @param settings {@code key=value}; {@code labels.NAME=value}; {@code sshKeys=} one key a line
     * @throws UsageException with one line for each mistake
     */
    public VmRequest read(Path file, List<String> settings) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(parse(file));
        settings.forEach(setting -> set(fields, setting));
        if (fields.get("sshKeys") == null) {
            fields.put("sshKeys", ownKey());
        }
        SpecFields spec = new SpecFields(fields);
        VmRequest request = spec.request();
        if (!spec.mistakes().isEmpty()) {
            throw new UsageException(String.join("\n", spec.mistakes()));
        }
        return request;
    }

    private List<String> ownKey() {
        for (String name : OWN_KEYS) {
            try {
                return Files.readAllLines(home.resolve(".ssh").resolve(name)).stream()
                        .filter(line -> !line.isBlank())
                        .toList();
            } catch (IOException e) {
                // Not there, or not to be read: the next one, or a VM that nobody logs in to by ssh.
                continue;
            }
        }
        return List.of();
    }

    private Map<String, @Nullable Object> parse(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UsageException(file + " is larger than 256 KiB: that is no VM spec.");
            }
            Map<String, @Nullable Object> fields = yaml.readValue(Files.readString(file), new TypeReference<>() {});
            if (fields == null) {
                throw new UsageException(file + " is empty: write at least name, image and flavor.");
            }
            return fields;
        } catch (NoSuchFileException e) {
            throw new UsageException(file + " does not exist.", e);
        } catch (JsonProcessingException e) {
            throw new UsageException(file + " is not a YAML mapping: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read as UTF-8 text: " + e.getMessage(), e);
        }
    }

    private static void set(Map<String, @Nullable Object> fields, String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw new UsageException("--set needs key=value, not \"" + SpecFields.shown(setting) + "\".");
        }
        String key = setting.substring(0, equals);
        String value = setting.substring(equals + 1);
        if (key.startsWith("labels.")) {
            Map<String, @Nullable Object> labels = new LinkedHashMap<>();
            if (fields.get("labels") instanceof Map<?, ?> was) {
                was.forEach((name, label) -> labels.put(String.valueOf(name), label));
            }
            labels.put(key.substring("labels.".length()), value);
            fields.put("labels", labels);
        } else if (key.equals("sshKeys")) {
            fields.put(key, value.lines().filter(line -> !line.isBlank()).toList());
        } else if (key.equals("vcpus") || key.equals("memoryMiB")) {
            fields.put(key, number(value));
        } else {
            fields.put(key, value);
        }
    }

    private static Object number(String value) {
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException e) {
            return value;
        }
    }
}
