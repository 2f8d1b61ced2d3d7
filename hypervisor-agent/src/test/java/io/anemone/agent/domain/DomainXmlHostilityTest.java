package io.anemone.agent.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * Text that somebody else may choose never becomes structure. Each seed's domain is made twice, with a token in every
 * free field and with a hostile string instead: both must have the same elements and attributes, and the same values
 * but for the token.
 */
class DomainXmlHostilityTest {

    private static final int STRINGS = 10_000;

    /** Checked as an IPv4 address where it is written; see {@link #addressOfAForward_isNothingButAnAddress}. */
    private static final Set<String> CHECKED = Set.of("SshEndpoint.host", "PublishedPort.host");

    private static final String[] PIECES = {
        "\"",
        "'",
        "<",
        ">",
        "&",
        "&amp;",
        "&#60;",
        "&#x0;",
        "&x;",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "--",
        "<?",
        "?>",
        "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "</domain>",
        "</qemu:arg>",
        "</cmdline></os>",
        "<devices>",
        "\"/><disk type='file'><source file=\"/etc/shadow\"/></disk>",
        "<qemu:arg value='-incoming'/>",
        ",",
        ",,",
        ",readonly=off",
        ",file=/etc/shadow",
        ",restrict=on",
        ",hostfwd=tcp::1-:2",
        ",guestfwd=tcp:1:2-cmd:reboot",
        "=",
        "=on",
        ":",
        "-",
        "--",
        "-snapshot",
        "on",
        "/",
        "/../",
        "..",
        "$(reboot)",
        "`reboot`",
        ";",
        "|",
        "%s",
        "%n",
        "{",
        "}",
        "\\",
        "\\u0000",
        " ",
        "  ",
        "ünïcödé",
        "🐠",
        "\u00a0",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\u2028",
        "a",
        "xmlns:qemu=\"x\"",
        "anemone:",
        "qemu:",
        "x".repeat(300)
    };

    /** XML has no way to carry these unchanged, or only by luck. */
    private static final String[] FORBIDDEN = {
        "\u0000", "\u0001", "\b", "\t", "\n", "\r", "\u001b", "\u007f", "\u0085", "\ud800", "\udfff", "\ufffe", "\uffff"
    };

    private static final class Numbered implements RandomDomains.Texts {
        private final IntFunction<String> text;
        private int asked;

        private Numbered(IntFunction<String> text) {
            this.text = text;
        }

        private String next() {
            return text.apply(asked++);
        }

        @Override
        public String path() {
            return next();
        }

        @Override
        public String word() {
            return next();
        }

        @Override
        public String device() {
            return next();
        }

        @Override
        public String mac() {
            return next();
        }
    }

    private static String token(int field) {
        return "TOKEN" + field + "NEKOT";
    }

    private static String hostile(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(1, 9); pieces > 0; pieces--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void hostileTextInEveryFreeField_neverChangesTheStructureAndComesBackUnchanged() throws Exception {
        for (int seed = 0; seed < STRINGS; seed++) {
            // Given
            String text = hostile(new SplittableRandom(seed));

            // When
            List<String> plain = flat(DomainXml.of(RandomDomains.of(seed, new Numbered(field -> token(field)))));
            List<String> attacked = flat(DomainXml.of(RandomDomains.of(seed, new Numbered(field -> text))));

            // Then
            List<String> expected = plain.stream()
                    .map(value -> value.replaceAll("TOKEN[0-9]+NEKOT", java.util.regex.Matcher.quoteReplacement(text)))
                    .toList();
            assertThat(attacked).as("seed " + seed + ": " + text).isEqualTo(expected);
        }
    }

    @Test
    void characterThatXmlCannotCarry_isRefusedInEveryFreeField() {
        for (int seed = 0; seed < 1000; seed++) {
            // Given
            SplittableRandom random = new SplittableRandom(seed);
            String text = hostile(random) + FORBIDDEN[random.nextInt(FORBIDDEN.length)] + hostile(random);
            Numbered counting = new Numbered(field -> token(field));
            RandomDomains.of(seed, counting);
            int attacked = random.nextInt(counting.asked);

            // When, Then
            DomainSpec spec = RandomDomains.of(seed, new Numbered(field -> field == attacked ? text : token(field)));
            assertThatThrownBy(() -> DomainXml.of(spec))
                    .as("seed " + seed + ", field " + attacked)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void addressOfAForward_isNothingButAnAddress() {
        for (int seed = 0; seed < 1000; seed++) {
            // Given
            String text = "10.0.0.1" + hostile(new SplittableRandom(seed));
            DomainSpec plain = RandomDomains.of(seed, new Numbered(field -> token(field)));
            DomainMark mark = plain.mark();
            DomainMark ssh =
                    new DomainMark(mark.id(), mark.lease(), mark.job(), new SshEndpoint(text, 22001), mark.startedAt());
            DomainMark port = new DomainMark(
                    mark.id(),
                    mark.lease(),
                    mark.job(),
                    null,
                    mark.startedAt(),
                    List.of(new PublishedPort(80, text, 22001)),
                    List.of());

            // When, Then
            assertThatThrownBy(() -> DomainXml.of(onUserNetwork(plain, ssh)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> DomainXml.of(onUserNetwork(plain, port)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** A new field of a domain must be asked for in {@link RandomDomains}, or nothing above says anything about it. */
    @Test
    void everyTextOfADomain_isAttacked() throws Exception {
        // Given
        Set<String> attacked = new HashSet<>(CHECKED);
        Set<String> all = new HashSet<>();

        // When
        for (int seed = 0; seed < 200; seed++) {
            walk(RandomDomains.of(seed, new Numbered(field -> token(field))), "", all, attacked);
        }

        // Then
        assertThat(attacked).containsAll(all);
        assertThat(all)
                .contains(
                        "Consoles.log", "Consoles.serial", "Consoles.vnc", "Disk.path", "Boot.cmdline", "Bridge.name");
    }

    private static DomainSpec onUserNetwork(DomainSpec spec, DomainMark mark) {
        return new DomainSpec(mark, spec.size(), spec.acceleration(), spec.boot(), spec.disks(), spec.consoles());
    }

    private static void walk(@Nullable Object value, String name, Set<String> all, Set<String> attacked)
            throws ReflectiveOperationException {
        switch (value) {
            case null -> {}
            case String text -> {
                all.add(name);
                if (text.startsWith("TOKEN")) {
                    attacked.add(name);
                }
            }
            case Iterable<?> list -> {
                for (Object each : list) {
                    walk(each, name, all, attacked);
                }
            }
            case Record made -> {
                for (RecordComponent part : made.getClass().getRecordComponents()) {
                    walk(
                            part.getAccessor().invoke(made),
                            made.getClass().getSimpleName() + "." + part.getName(),
                            all,
                            attacked);
                }
            }
            default -> {}
        }
    }

    /** Every element, attribute and text in the order of the document, one line each. */
    private static List<String> flat(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        List<String> lines = new ArrayList<>();
        flatten(document.getDocumentElement(), "", lines);
        return lines;
    }

    private static void flatten(Element element, String path, List<String> lines) {
        String here = path + "/" + element.getNodeName();
        lines.add(here);
        NamedNodeMap attributes = element.getAttributes();
        Map<String, String> sorted = new TreeMap<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            sorted.put(attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
        }
        sorted.forEach((name, value) -> lines.add(here + "@" + name + "=" + value));
        NodeList children = element.getChildNodes();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < children.getLength(); i++) {
            Node child = children.item(i);
            switch (child.getNodeType()) {
                case Node.ELEMENT_NODE -> flatten((Element) child, here, lines);
                case Node.TEXT_NODE -> text.append(child.getNodeValue());
                default -> lines.add(here + " has a node of type " + child.getNodeType());
            }
        }
        lines.add(here + "=" + text);
    }
}
