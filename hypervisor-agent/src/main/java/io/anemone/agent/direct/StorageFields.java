package io.anemone.agent.direct;

import io.anemone.core.wire.StorageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the {@code storage} of a spec apart and notes what is wrong. */
final class StorageFields {

    private static final Set<String> KNOWN = Set.of("rootGiB", "scratchGiB", "volumes", "shares");
    private static final Set<String> SHARE = Set.of("path", "tag", "readOnly");

    private final List<String> mistakes;

    StorageFields(List<String> mistakes) {
        this.mistakes = mistakes;
    }

    @Nullable
    StorageRequest read(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> fields)) {
            mistakes.add("storage must be a mapping of "
                    + String.join(", ", KNOWN.stream().sorted().toList()) + ".");
            return null;
        }
        unknown("storage.", fields, KNOWN);
        return new StorageRequest(
                one("storage.rootGiB", fields.get("rootGiB"), Integer.class, "a whole number"),
                all("storage.scratchGiB", fields.get("scratchGiB"), Integer.class, "whole numbers"),
                all("storage.volumes", fields.get("volumes"), String.class, "names"),
                shares(fields.get("shares")));
    }

    private @Nullable List<StorageRequest.Share> shares(@Nullable Object value) {
        List<Map<?, ?>> list = maps(value);
        List<StorageRequest.Share> shares = new ArrayList<>();
        for (Map<?, ?> share : list) {
            unknown("storage.shares.", share, SHARE);
            shares.add(new StorageRequest.Share(
                    one("storage.shares.path", share.get("path"), String.class, "text"),
                    one("storage.shares.tag", share.get("tag"), String.class, "text"),
                    one("storage.shares.readOnly", share.get("readOnly"), Boolean.class, "true or false")));
        }
        return shares.isEmpty() ? null : shares;
    }

    private List<Map<?, ?>> maps(@Nullable Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (value == null) {
            return maps;
        }
        if (value instanceof List<?> list && list.stream().allMatch(each -> each instanceof Map)) {
            list.forEach(each -> maps.add((Map<?, ?>) each));
        } else {
            mistakes.add("storage.shares must be a list of mappings with path, tag and readOnly.");
        }
        return maps;
    }

    private <T> @Nullable T one(String name, @Nullable Object value, Class<T> type, String what) {
        if (value == null || type.isInstance(value)) {
            return type.cast(value);
        }
        mistakes.add(name + " must be " + what + ".");
        return null;
    }

    private <T> @Nullable List<T> all(String name, @Nullable Object value, Class<T> type, String what) {
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list && list.stream().allMatch(type::isInstance)) {
            return list.stream().map(type::cast).toList();
        }
        mistakes.add(name + " must be a list of " + what + ".");
        return null;
    }

    private void unknown(String prefix, Map<?, ?> fields, Set<String> known) {
        fields.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !known.contains(key))
                .forEach(key -> mistakes.add("There is no field \"" + prefix + SpecFields.shown(key) + "\"."));
    }
}
