package io.anemone.agent.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.agent.Guests;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.image.ImageDefinition.DiskFormat;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Acceleration;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DomainXmlTest {

    private final DomainId id = Guests.id();

    private DomainSpec spec(String text, Acceleration acceleration) {
        DomainMark plain = Guests.mark(id);
        return new DomainSpec(
                new DomainMark(id, plain.lease(), text, plain.ssh(), plain.startedAt()),
                new VmSize(2, 512),
                acceleration,
                new DomainSpec.Boot("/k/" + text, "/i/" + text, text),
                List.of(
                        new DomainSpec.Disk("/d/" + text, DiskFormat.QCOW2, false),
                        new DomainSpec.Disk("/s/" + text, DiskFormat.RAW, true)),
                "/c/" + text);
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<String> structure(Document document) {
        List<String> names = new ArrayList<>();
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            List<String> attributes = new ArrayList<>();
            for (int a = 0; a < element.getAttributes().getLength(); a++) {
                attributes.add(element.getAttributes().item(a).getNodeName());
            }
            names.add(element.getNodeName() + attributes);
        }
        return names;
    }

    private static String text(Document document, String name) {
        return document.getElementsByTagName(name).item(0).getTextContent();
    }

    private static String attribute(Document document, String element, int index, String name) {
        return ((Element) document.getElementsByTagName(element).item(index)).getAttribute(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</cmdline></os><devices/>",
                "\"><source file=\"/etc/shadow\"/>",
                "' type='kvm",
                "&amp;&lt;&#10;",
                "<!-- comment -->",
                "<![CDATA[ x ]]>",
                "]]>",
                "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>&x;",
                "a,readonly=off,file=/etc/shadow",
                "$(reboot) `reboot` ; reboot | ünïcödé 🐠"
            })
    void hostileText_neverChangesTheStructureAndComesBackUnchanged(String hostile) throws Exception {
        // When
        Document document = parse(DomainXml.of(spec(hostile, Acceleration.EMULATION)));

        // Then
        Document plain = parse(DomainXml.of(spec("plain", Acceleration.EMULATION)));
        assertThat(structure(document)).isEqualTo(structure(plain));
        assertThat(text(document, "cmdline")).isEqualTo(hostile);
        assertThat(attribute(document, "source", 0, "file")).isEqualTo("/d/" + hostile);
        assertThat(attribute(document, "log", 0, "file")).isEqualTo("/c/" + hostile);
        assertThat(attribute(document, "anemone:domain", 0, "job")).isEqualTo(hostile);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\u001bb", "\ufffe"})
    void controlCharacter_isRefused(String text) {
        assertThatThrownBy(() -> DomainXml.of(spec(text, Acceleration.EMULATION)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addressOfTheForward_isNothingButAnAddress() {
        // Given
        DomainMark plain = Guests.mark(id);
        DomainSpec spec = new DomainSpec(
                new DomainMark(
                        id, plain.lease(), "7", new SshEndpoint("10.0.0.1,restrict=on", 22001), plain.startedAt()),
                new VmSize(1, 128),
                Acceleration.EMULATION,
                null,
                List.of(),
                "/c");

        // When, Then
        assertThatThrownBy(() -> DomainXml.of(spec)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void accelerationDecides_typeAndProcessor() throws Exception {
        // When
        Document kvm = parse(DomainXml.of(spec("x", Acceleration.KVM)));
        Document emulated = parse(DomainXml.of(spec("x", Acceleration.EMULATION)));

        // Then
        assertThat(kvm.getDocumentElement().getAttribute("type")).isEqualTo("kvm");
        assertThat(attribute(kvm, "cpu", 0, "mode")).isEqualTo("host-passthrough");
        assertThat(emulated.getDocumentElement().getAttribute("type")).isEqualTo("qemu");
        assertThat(attribute(emulated, "cpu", 0, "mode")).isEqualTo("maximum");
    }

    @Test
    void seed_isReadOnlyAndFormatsAreDeclared() throws Exception {
        // When
        Document document = parse(DomainXml.of(spec("x", Acceleration.EMULATION)));

        // Then
        assertThat(document.getElementsByTagName("readonly").getLength()).isEqualTo(1);
        assertThat(attribute(document, "driver", 0, "type")).isEqualTo("qcow2");
        assertThat(attribute(document, "driver", 1, "type")).isEqualTo("raw");
        assertThat(attribute(document, "qemu:arg", 1, "value")).contains("hostfwd=tcp:127.0.0.1:22001-:22");
    }

    @Test
    void mark_isReadBackFromItsXml() {
        // Given
        String xml = DomainXml.of(spec("4711", Acceleration.KVM));
        String element = xml.substring(xml.indexOf("<anemone:domain"), xml.indexOf("</metadata>"));

        // When, Then
        assertThat(MarkXml.read(element)).hasValueSatisfying(mark -> {
            assertThat(mark.id()).isEqualTo(id);
            assertThat(mark.job()).isEqualTo("4711");
            assertThat(mark.ssh()).isEqualTo(new SshEndpoint("127.0.0.1", 22001));
            assertThat(mark.startedAt()).isEqualTo(Guests.mark(id).startedAt());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<domain/>",
                "<domain vm='x' attempt='1'/>",
                "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><domain vm='&x;'/>"
            })
    void notAMark_isNotOurs(String text) {
        assertThat(MarkXml.read(text)).isEmpty();
    }
}
