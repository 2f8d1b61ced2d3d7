package io.anemone.cli.vm;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Vm;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the VM that somebody means: by its id, by the name of a live VM, or by the beginning of an id. More than one
 * that fits is an error, never a guess.
 */
final class VmFinder {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern BEGINNING = Pattern.compile("[0-9a-f][0-9a-f-]{3,35}");

    private final Api api;

    VmFinder(Api api) {
        this.api = api;
    }

    /** @return the VM as the API shows it */
    JsonNode find(String given) {
        if (ID.matcher(given).matches()) {
            return api.get("/vms/" + given);
        }
        List<JsonNode> named =
                matching(Map.of("active", "true"), vm -> text(vm, "name").equals(given));
        if (!named.isEmpty()) {
            return single(given, named);
        }
        List<JsonNode> begun = BEGINNING.matcher(given).matches()
                ? matching(Map.of(), vm -> text(vm, "id").startsWith(given))
                : List.of();
        if (begun.isEmpty()) {
            throw new CliException(
                    ExitCode.REFUSED,
                    "There is no live VM '" + given + "'.",
                    "see: anemone vm list --all (name one that is over by its id)");
        }
        return single(given, begun);
    }

    /** Only its id: a whole one is taken as it is. */
    String id(String given) {
        return ID.matcher(given).matches() ? given : text(find(given), "id");
    }

    Vm vm(String given) {
        return Json.as(find(given), Vm.class);
    }

    private List<JsonNode> matching(Map<String, String> query, Predicate<JsonNode> condition) {
        JsonNode items = api.all("/vms", query).path("items");
        return items.valueStream().filter(condition).toList();
    }

    private static JsonNode single(String given, List<JsonNode> found) {
        if (found.size() == 1) {
            return found.getFirst();
        }
        String which = found.stream()
                .map(vm -> text(vm, "id") + " (" + text(vm, "name") + " of " + text(vm, "owner") + ")")
                .collect(Collectors.joining(", "));
        throw new CliException(
                ExitCode.REFUSED, "'" + given + "' can be any of: " + which + ".", "name the one you mean by its id");
    }

    private static String text(JsonNode vm, String field) {
        return vm.path(field).asText("");
    }
}
