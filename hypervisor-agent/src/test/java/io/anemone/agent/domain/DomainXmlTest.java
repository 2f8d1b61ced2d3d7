package io.anemone.agent.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.agent.Guests;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainSpec.Machine;
import io.anemone.core.hypervisor.DomainSpec.Network;
import io.anemone.core.hypervisor.DomainSpec.Place;
import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Acceleration;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class DomainXmlTest {

    private static final DomainSpec.Consoles NO_SCREEN = new DomainSpec.Consoles("/c", "/s", null);

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
                new DomainSpec.Consoles("/c/" + text, "/serial/" + text, "/vnc/" + text));
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static String attribute(Document document, String element, int index, String name) {
        return ((Element) document.getElementsByTagName(element).item(index)).getAttribute(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\u001bb", "\ufffe"})
    void controlCharacter_isRefused(String text) {
        assertThatThrownBy(() -> DomainXml.of(spec(text, Acceleration.EMULATION)))
                .isInstanceOf(IllegalArgumentException.class);
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
    void guestWithoutAScreen_hasNoDisplayAtAll() throws Exception {
        // Given
        DomainSpec spec = spec("x", Acceleration.EMULATION);

        // When
        Document document = parse(DomainXml.of(
                new DomainSpec(spec.mark(), spec.size(), spec.acceleration(), spec.boot(), spec.disks(), NO_SCREEN)));

        // Then
        assertThat(document.getElementsByTagName("graphics").getLength()).isZero();
        assertThat(document.getElementsByTagName("video").getLength()).isZero();
        assertThat(attribute(document, "serial", 0, "type")).isEqualTo("unix");
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
    void disksThatAreKept_areNeverCachedUnsafely_andAreFoundByTheirSerial() throws Exception {
        // Given
        DomainSpec spec = new DomainSpec(
                        Guests.mark(id),
                        new VmSize(1, 128),
                        Acceleration.EMULATION,
                        null,
                        List.of(
                                new DomainSpec.Disk("/d", DiskFormat.QCOW2, false),
                                new DomainSpec.Disk("/v", DiskFormat.RAW, DomainSpec.Writes.KEPT_DIRECT, "results"),
                                new DomainSpec.Disk("/w", DiskFormat.RAW, DomainSpec.Writes.KEPT, "more")),
                        NO_SCREEN)
                .with(List.of(new DomainSpec.Share("/home/ada", "home", true)));

        // When
        Document document = parse(DomainXml.of(spec));

        // Then
        assertThat(attribute(document, "driver", 0, "cache")).isEqualTo("unsafe");
        assertThat(attribute(document, "driver", 1, "cache")).isEqualTo("none");
        assertThat(attribute(document, "driver", 2, "cache")).isEqualTo("writethrough");
        assertThat(attribute(document, "driver", 1, "type")).isEqualTo("raw");
        assertThat(document.getElementsByTagName("serial").item(0).getTextContent())
                .isEqualTo("results");
        assertThat(attribute(document, "filesystem", 0, "accessmode")).isEqualTo("squash");
        assertThat(document.getElementsByTagName("readonly").getLength()).isEqualTo(1);
    }

    @Test
    void plainMachine_isNotTunedAndHasNoOtherDevice() throws Exception {
        // When
        Document document = parse(DomainXml.of(spec("x", Acceleration.KVM)));

        // Then
        for (String absent : List.of("cputune", "numatune", "memoryBacking", "loader", "tpm", "interface")) {
            assertThat(document.getElementsByTagName(absent).getLength())
                    .as(absent)
                    .isZero();
        }
        assertThat(attribute(document, "topology", 0, "cores")).isEqualTo("2");
    }

    @Test
    void coresOfTheJob_arePinnedOneForEachVcpu() throws Exception {
        // When
        Document document = parse(DomainXml.of(on(new Place(List.of(6, 7, 9), 1, 100))));

        // Then
        assertThat(attribute(document, "vcpupin", 0, "cpuset")).isEqualTo("6");
        assertThat(attribute(document, "vcpupin", 1, "cpuset")).isEqualTo("7");
        assertThat(document.getElementsByTagName("vcpupin").getLength()).isEqualTo(2);
        assertThat(attribute(document, "emulatorpin", 0, "cpuset")).isEqualTo("6,7,9");
        assertThat(attribute(document, "memory", 1, "nodeset")).isEqualTo("1");
        assertThat(document.getElementsByTagName("quota").getLength()).isZero();
    }

    @Test
    void fewerCoresThanVcpus_eachMayUseAllOfThem() throws Exception {
        // When
        Document document = parse(DomainXml.of(on(new Place(List.of(4), null, 50))));

        // Then
        assertThat(attribute(document, "vcpupin", 1, "cpuset")).isEqualTo("4");
        assertThat(document.getElementsByTagName("quota").item(0).getTextContent())
                .isEqualTo("50000");
    }

    @Test
    void publishedPorts_areForwardedBesideSsh() throws Exception {
        // Given
        DomainMark plain = Guests.mark(id);
        DomainMark mark = new DomainMark(
                id,
                plain.lease(),
                plain.job(),
                plain.ssh(),
                plain.startedAt(),
                List.of(new PublishedPort(80, "127.0.0.1", 22002)),
                List.of(2, 3));
        DomainSpec spec = spec("x", Acceleration.KVM);
        String isolated = DomainXml.of(new DomainSpec(
                mark,
                spec.size(),
                Acceleration.KVM,
                null,
                List.of(),
                NO_SCREEN,
                Machine.PLAIN,
                new Network.User(true)));

        // When
        Document document = parse(isolated);

        // Then
        assertThat(attribute(document, "qemu:arg", 1, "value"))
                .isEqualTo("user,id=anemone0,ipv6=off,restrict=on,hostfwd=tcp:127.0.0.1:22001-:22"
                        + ",hostfwd=tcp:127.0.0.1:22002-:80");
        String element = isolated.substring(isolated.indexOf("<anemone:domain"), isolated.indexOf("</metadata>"));
        assertThat(MarkXml.read(element)).contains(mark);
    }

    @Test
    void bridge_isFilteredAndTheUserNetworkIsNotThere() throws Exception {
        // Given
        DomainSpec spec = spec("x", Acceleration.KVM);

        // When
        Document document = parse(DomainXml.of(new DomainSpec(
                spec.mark(),
                spec.size(),
                Acceleration.KVM,
                null,
                List.of(),
                NO_SCREEN,
                Machine.PLAIN,
                new Network.Bridge("br0", "06:00:00:00:00:01"))));

        // Then
        assertThat(attribute(document, "filterref", 0, "filter")).isEqualTo("clean-traffic");
        assertThat(attribute(document, "parameter", 0, "value")).isEqualTo("dhcp");
        assertThat(document.getElementsByTagName("qemu:arg").getLength()).isZero();
    }

    private DomainSpec on(Place place) {
        DomainSpec spec = spec("x", Acceleration.KVM);
        return new DomainSpec(
                spec.mark(),
                spec.size(),
                spec.acceleration(),
                null,
                List.of(),
                NO_SCREEN,
                new Machine(null, false, false, place),
                Network.User.OPEN);
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
