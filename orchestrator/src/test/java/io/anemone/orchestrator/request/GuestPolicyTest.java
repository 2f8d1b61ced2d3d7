package io.anemone.orchestrator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.GuestNetwork;
import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.Hardware.Firmware;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmSize;
import io.anemone.orchestrator.flavor.FlavorCatalog.Flavor;
import io.anemone.orchestrator.problem.FieldException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuestPolicyTest {

    private final GuestPolicy strict = policy(Map.of());
    private final GuestPolicy generous = policy(Map.of(
            "anemone.guests.offers", "uefi,tpm,huge-pages",
            "anemone.guests.bridges", "br-guests,br-dmz"));

    static GuestConfig settings(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(GuestConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(GuestConfig.class);
    }

    private static GuestPolicy policy(Map<String, String> settings) {
        return new GuestPolicy(settings(settings));
    }

    private static RequestedNetwork ports(@Nullable Integer... ports) {
        return new RequestedNetwork(Arrays.asList(ports), null, null);
    }

    private static RequestedNetwork bridge(String name) {
        return new RequestedNetwork(null, null, name);
    }

    private static void refused(Supplier<?> request, ErrorCode code, String field) {
        FieldException refusal = catchThrowableOfType(FieldException.class, request::get);
        assertThat(refusal).as(field).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal.getMessage()).endsWith(".").doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void defaults_offerNothingThatNotEveryNodeHas() {
        GuestConfig defaults = settings(Map.of());

        assertThat(defaults.offers()).isEmpty();
        assertThat(defaults.bridges()).isEmpty();
        assertThat(defaults.outbound()).isTrue();
        assertThat(defaults.ports()).isEqualTo(16);
    }

    @Test
    void nothingAskedFor_isThePlainGuest() {
        assertThat(strict.hardware(null, null)).isEqualTo(Hardware.DEFAULT);
        assertThat(strict.hardware(new RequestedHardware(null, null, null), null))
                .isEqualTo(Hardware.DEFAULT);
        assertThat(strict.hardware(new RequestedHardware("bios", false, false), null))
                .isEqualTo(Hardware.DEFAULT);
        assertThat(strict.network(null, LaunchPath.DIRECT)).isEqualTo(GuestNetwork.DEFAULT);
    }

    @Test
    void hardwareThatTheSiteHasNot_isRefused() {
        refused(
                () -> strict.hardware(new RequestedHardware("uefi", null, null), null),
                ErrorCode.HARDWARE_NOT_OFFERED,
                "hardware.firmware");
        refused(
                () -> strict.hardware(new RequestedHardware(null, true, null), null),
                ErrorCode.HARDWARE_NOT_OFFERED,
                "hardware.tpm");
        refused(
                () -> strict.hardware(new RequestedHardware(null, null, true), null),
                ErrorCode.HARDWARE_NOT_OFFERED,
                "hardware.hugePages");
        refused(
                () -> generous.hardware(new RequestedHardware("open\u001b[31mfirmware", null, null), null),
                ErrorCode.INVALID_FIELD,
                "hardware.firmware");
    }

    @Test
    void hardwareThatTheSiteHas_isGivenBesideTheFlavors() {
        // Given
        Flavor flavor = new Flavor("part", new VmSize(1, 256), "", 25, true);

        // When, Then
        assertThat(generous.hardware(new RequestedHardware("uefi", true, true), flavor))
                .isEqualTo(new Hardware(Firmware.UEFI, true, true, true, 25));
    }

    @Test
    void ports_arePublishedInTheirOrder() {
        assertThat(strict.network(ports(443, 80), LaunchPath.DIRECT).ports()).containsExactly(443, 80);
    }

    @Test
    void portThatIsNone_isRefused() {
        refused(() -> strict.network(ports(0), LaunchPath.STATIC), ErrorCode.INVALID_FIELD, "network.ports[0]");
        refused(() -> strict.network(ports(80, 65536), LaunchPath.STATIC), ErrorCode.INVALID_FIELD, "network.ports[1]");
        refused(
                () -> strict.network(ports(80, (Integer) null), LaunchPath.STATIC),
                ErrorCode.INVALID_FIELD,
                "network.ports[1]");
        refused(() -> strict.network(ports(22), LaunchPath.STATIC), ErrorCode.INVALID_FIELD, "network.ports[0]");
        refused(() -> strict.network(ports(80, 80), LaunchPath.STATIC), ErrorCode.INVALID_FIELD, "network.ports[1]");
        List<Integer> many = IntStream.range(1000, 1017).boxed().toList();
        refused(
                () -> strict.network(new RequestedNetwork(many, null, null), LaunchPath.STATIC),
                ErrorCode.INVALID_FIELD,
                "network.ports");
    }

    @Test
    void bridge_isForWhatTheOperatorAllows() {
        assertThat(generous.network(bridge("br-dmz"), LaunchPath.STATIC))
                .isEqualTo(new GuestNetwork("br-dmz", List.of(), false));
        refused(
                () -> generous.network(bridge("br-admin"), LaunchPath.STATIC),
                ErrorCode.BRIDGE_NOT_ALLOWED,
                "network.bridge");
        refused(
                () -> generous.network(bridge("br-dmz"), LaunchPath.SCHEDULED),
                ErrorCode.BRIDGE_NOT_ALLOWED,
                "network.bridge");
        refused(() -> strict.network(bridge("br0"), LaunchPath.STATIC), ErrorCode.BRIDGE_NOT_ALLOWED, "network.bridge");
        refused(
                () -> generous.network(new RequestedNetwork(List.of(80), null, "br-dmz"), LaunchPath.STATIC),
                ErrorCode.INVALID_FIELD,
                "network.bridge");
    }

    @Test
    void noOutboundOnThisSite_everyGuestIsIsolated() {
        // Given
        GuestPolicy closed = policy(Map.of("anemone.guests.outbound", "false"));

        // When, Then
        assertThat(closed.network(null, LaunchPath.STATIC).isolated()).isTrue();
        assertThat(closed.network(new RequestedNetwork(null, false, null), LaunchPath.STATIC)
                        .isolated())
                .isTrue();
        assertThat(strict.network(new RequestedNetwork(null, true, null), LaunchPath.STATIC)
                        .isolated())
                .isTrue();
    }

    @Test
    void isolated_publishesNoPorts() {
        // Given
        GuestPolicy closed = policy(Map.of("anemone.guests.outbound", "false"));

        // When, Then
        refused(
                () -> strict.network(new RequestedNetwork(List.of(80), true, null), LaunchPath.STATIC),
                ErrorCode.INVALID_FIELD,
                "network.ports");
        refused(() -> closed.network(ports(80), LaunchPath.STATIC), ErrorCode.INVALID_FIELD, "network.ports");
    }
}
