package io.anemone.agent.direct;

import io.anemone.core.wire.Join.HardwareRequest;
import io.anemone.core.wire.Join.NetworkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields about machine and network in a spec. The orchestrator has the last word on the values. */
final class MachineFields {

    private static final Set<String> HARDWARE = Set.of("firmware", "tpm", "hugePages");
    private static final Set<String> NETWORK = Set.of("ports", "isolated");

    private final List<String> mistakes;

    /** @param mistakes taken note of here */
    MachineFields(List<String> mistakes) {
        this.mistakes = mistakes;
    }

    @Nullable
    HardwareRequest hardware(@Nullable Object value) {
        Map<?, ?> fields = mapping("hardware", value, HARDWARE);
        if (fields == null) {
            return null;
        }
        Object firmware = fields.get("firmware");
        if (firmware != null && !(firmware instanceof String)) {
            mistakes.add("hardware.firmware must be bios or uefi.");
        }
        return new HardwareRequest(
                firmware instanceof String text ? text : null,
                flag("hardware.tpm", fields.get("tpm")),
                flag("hardware.hugePages", fields.get("hugePages")));
    }

    @Nullable
    NetworkRequest network(@Nullable Object value) {
        Map<?, ?> fields = mapping("network", value, NETWORK);
        return fields == null
                ? null
                : new NetworkRequest(ports(fields.get("ports")), flag("network.isolated", fields.get("isolated")));
    }

    private @Nullable Map<?, ?> mapping(String name, @Nullable Object value, Set<String> known) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> fields)) {
            mistakes.add(name + " must be a mapping with some of "
                    + String.join(", ", known.stream().sorted().toList()) + ".");
            return null;
        }
        fields.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !known.contains(key))
                .forEach(key -> mistakes.add("There is no field \"" + name + "." + SpecFields.shown(key) + "\"."));
        return fields;
    }

    private @Nullable Boolean flag(String name, @Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        mistakes.add(name + " must be true or false.");
        return null;
    }

    private @Nullable List<Integer> ports(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        List<Integer> ports = new ArrayList<>();
        if (value instanceof List<?> list && list.stream().allMatch(Integer.class::isInstance)) {
            list.forEach(port -> ports.add((Integer) port));
        } else {
            mistakes.add("network.ports must be a list of port numbers such as [80, 443].");
        }
        return ports;
    }
}
