package io.anemone.agent.direct;

import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Join.ReadinessRequest;
import io.anemone.core.wire.Join.VmRequest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes a spec's fields one by one and notes what is wrong. The orchestrator has the last word on the values. */
final class SpecFields {

    private static final Set<String> KNOWN = Set.of(
            "name",
            "image",
            "flavor",
            "vcpus",
            "memoryMiB",
            "walltime",
            "project",
            "sshKeys",
            "userData",
            "labels",
            "readiness",
            "storage",
            "hardware",
            "network");
    private static final Set<String> OF_READINESS = Set.of("kind", "timeout", "pattern", "onTimeout");
    private static final int SHOWN = 60;

    private final Map<String, @Nullable Object> fields;
    private final List<String> mistakes = new ArrayList<>();

    SpecFields(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    List<String> mistakes() {
        return mistakes;
    }

    VmRequest request() {
        fields.keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .forEach(key -> mistakes.add("There is no field \"" + shown(key) + "\"."));
        MachineFields machine = new MachineFields(mistakes);
        VmRequest request = new VmRequest(
                name(),
                required("image", "the name of a site image"),
                text("flavor"),
                number("vcpus", 1),
                number("memoryMiB", VmSize.MIN_MEMORY_MIB),
                walltime(),
                text("project"),
                sshKeys(),
                text("userData"),
                labels(),
                readiness(),
                new StorageFields(mistakes).read(fields.get("storage")),
                machine.hardware(fields.get("hardware")),
                machine.network(fields.get("network")));
        size(request);
        return request;
    }

    /** Cut and without control characters, fit for a terminal. */
    static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= SHOWN ? clean : clean.substring(0, SHOWN) + "…";
    }

    private @Nullable String name() {
        String name = required("name", "the guest's host name");
        if (name != null && !name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            mistakes.add("name must be a host name of at most 63 lower-case letters, digits and hyphens, not \""
                    + shown(name) + "\".");
        }
        return name;
    }

    private void size(VmRequest request) {
        boolean flavor = request.flavor() != null;
        boolean size = fields.get("vcpus") != null || fields.get("memoryMiB") != null;
        if (flavor && size) {
            mistakes.add("Give either flavor or vcpus and memoryMiB, not both.");
        } else if (!flavor && (fields.get("vcpus") == null || fields.get("memoryMiB") == null)) {
            mistakes.add("Give a flavor, or vcpus and memoryMiB.");
        }
    }

    private @Nullable String required(String key, String what) {
        String value = text(key);
        if (fields.get(key) == null) {
            mistakes.add(key + " is missing: " + what + ".");
        }
        return value;
    }

    private @Nullable String text(String key) {
        Object value = fields.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        mistakes.add(key + " must be text: put it in quotes.");
        return null;
    }

    private @Nullable Integer number(String key, int least) {
        Object value = fields.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Integer number && number >= least) {
            return number;
        }
        mistakes.add(key + " must be a whole number of at least " + least + ".");
        return null;
    }

    private @Nullable String walltime() {
        String value = text("walltime");
        if (value == null) {
            return null;
        }
        try {
            if (Duration.parse(value).compareTo(Duration.ofMinutes(1)) >= 0) {
                return value;
            }
            mistakes.add("walltime must be at least PT1M.");
        } catch (DateTimeParseException e) {
            mistakes.add("walltime must be an ISO 8601 duration such as PT1H or P2D, not \"" + shown(value) + "\".");
        }
        return null;
    }

    private List<String> sshKeys() {
        List<String> keys = new ArrayList<>();
        Object value = fields.get("sshKeys");
        if (value == null) {
            return keys;
        }
        if (!(value instanceof List<?> list)) {
            mistakes.add("sshKeys must be a list of OpenSSH public keys.");
            return keys;
        }
        for (Object key : list) {
            if (key instanceof String text
                    && text.strip().matches("(ssh-|ecdsa-sha2-|sk-)[A-Za-z0-9@.-]+ [A-Za-z0-9+/=]+( \\P{Cntrl}*)?")) {
                keys.add(text.strip());
            } else {
                mistakes.add("sshKeys has an entry that is not an OpenSSH public key: \"" + shown(String.valueOf(key))
                        + "\".");
            }
        }
        return keys;
    }

    private @Nullable ReadinessRequest readiness() {
        Object value = fields.get("readiness");
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            mistakes.add("readiness must be a mapping with kind, and perhaps timeout, pattern and onTimeout.");
            return null;
        }
        map.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !OF_READINESS.contains(key))
                .forEach(key -> mistakes.add("There is no field \"readiness." + shown(key) + "\"."));
        return new ReadinessRequest(
                part(map, "kind"), part(map, "timeout"), part(map, "pattern"), part(map, "onTimeout"));
    }

    private @Nullable String part(Map<?, ?> readiness, String key) {
        Object value = readiness.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        mistakes.add("readiness." + key + " must be text: put it in quotes.");
        return null;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        Object value = fields.get("labels");
        if (value == null) {
            return labels;
        }
        if (!(value instanceof Map<?, ?> map)) {
            mistakes.add("labels must be a mapping of names to text.");
            return labels;
        }
        map.forEach((key, label) -> {
            if (label instanceof String text) {
                labels.put(String.valueOf(key), text);
            } else {
                mistakes.add("labels." + shown(String.valueOf(key)) + " must be text: put it in quotes.");
            }
        });
        return labels;
    }
}
