package io.anemone.orchestrator.request;

import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import java.io.StringReader;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Checks {@code #cloud-config}: that it is YAML within bounds, without a key twice, and that each of its keys is one of
 * cloud-init's, with a value of the right kind. The text is only composed into nodes: nothing of it is constructed, and
 * what an alias stands for is not repeated.
 */
final class CloudConfig {

    private static final String FIELD = "userData";
    private static final int MAX_ALIASES = 50;
    private static final int MAX_DEPTH = 30;

    private CloudConfig() {}

    static void check(String text) {
        Node root = compose(text);
        if (root == null) {
            return;
        }
        if (!(root instanceof MappingNode config)) {
            throw wrong(root, "must be keys with values: the first thing that stands there is not one");
        }
        for (NodeTuple entry : config.getValue()) {
            checkKey(entry);
        }
    }

    /** A list of parts, each with a kind of its own. */
    static void checkArchive(String text) {
        Node root = compose(text);
        if (root != null && !(root instanceof SequenceNode)) {
            throw wrong(root, "must be a list of parts");
        }
    }

    private static void checkKey(NodeTuple entry) {
        ScalarNode key = (ScalarNode) entry.getKeyNode();
        if (key.getTag().equals(Tag.MERGE)) {
            return;
        }
        CloudConfigKeys.Value expected = CloudConfigKeys.valueOf(key.getValue());
        if (expected == null) {
            String like = CloudConfigKeys.like(key.getValue());
            throw wrong(
                    key,
                    "has no key " + Echo.of(key.getValue())
                            + (like == null ? " that cloud-init knows" : ": did you mean " + like + "?"));
        }
        Node value = entry.getValueNode();
        // No value at all leaves a module to its defaults.
        boolean absent = value.getTag().equals(Tag.NULL);
        if (!absent && !expected.fits(value)) {
            throw wrong(value, "needs " + expected.words() + " as the value of " + key.getValue());
        }
    }

    private static @Nullable Node compose(String text) {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setAllowDuplicateKeys(false);
        bounds.setAllowRecursiveKeys(false);
        bounds.setMaxAliasesForCollections(MAX_ALIASES);
        bounds.setNestingDepthLimit(MAX_DEPTH);
        try {
            Node root = new Yaml(bounds).compose(new StringReader(text));
            if (root != null) {
                checkKeys(root, Collections.newSetFromMap(new IdentityHashMap<>()));
            }
            return root;
        } catch (MarkedYAMLException e) {
            throw broken(e.getProblemMark(), Echo.plain(String.valueOf(e.getProblem())));
        } catch (YAMLException e) {
            throw FieldException.invalid(
                    FIELD,
                    "The cloud-config is not YAML within bounds: at most " + MAX_DEPTH + " levels, " + MAX_ALIASES
                            + " aliases, one document, and no unprintable character.");
        }
    }

    /** Each node once, so that aliases of aliases cost nothing. */
    private static void checkKeys(Node node, Set<Node> seen) {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> checkKeys(item, seen));
        } else if (node instanceof MappingNode map) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple entry : map.getValue()) {
                if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                    throw wrong(entry.getKeyNode(), "has a list or a map where a key stands");
                }
                if (!keys.add(key.getValue())) {
                    throw wrong(key, "has the key " + Echo.of(key.getValue()) + " twice");
                }
                checkKeys(entry.getValueNode(), seen);
            }
        }
    }

    private static FieldException wrong(Node where, String what) {
        return FieldException.invalid(FIELD, "The cloud-config " + what + at(where.getStartMark()) + ".");
    }

    private static FieldException broken(@Nullable Mark where, String problem) {
        return FieldException.invalid(FIELD, "The cloud-config is not YAML: " + problem + at(where) + ".");
    }

    private static String at(@Nullable Mark mark) {
        return mark == null ? "" : " (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")";
    }
}
