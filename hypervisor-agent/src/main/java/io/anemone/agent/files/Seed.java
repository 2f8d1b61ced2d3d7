package io.anemone.agent.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.wire.DesiredVm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The files of a NoCloud seed, as cloud-init reads them
 * (https://cloudinit.readthedocs.io/en/22.4.2/topics/datasources/nocloud.html).
 *
 * <p>The owner's own user data goes along as a MIME part of its own. It may replace the keys of our part (cloud-init
 * merges lists by replacing), so the keys stand in the meta-data too, where it cannot. What must not be replaced comes
 * as a part after it.
 *
 * @param vendorData the site's own; cloud-init lets user data override it
 */
public record Seed(String metaData, String userData, String networkConfig, String vendorData) {

    private static final String CLOUD_CONFIG = "#cloud-config\n";

    public static Seed of(DesiredVm vm, UUID instance, String vendorData) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("instance-id", instance.toString());
        meta.put("local-hostname", vm.name());
        meta.put("public-keys", vm.sshKeys());
        return new Seed(yaml(meta), userData(vm, instance), network(vm), vendorData);
    }

    /** By name; an empty one is left out. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("meta-data", metaData);
        files.put("user-data", userData);
        files.put("network-config", networkConfig);
        files.put("vendor-data", vendorData);
        files.values().removeIf(String::isBlank);
        return files;
    }

    /**
     * What cloud-init writes to the console when all of it is done, user scripts included. New with each attempt, so that
     * an older line, which a disk might bring along, does not count.
     */
    public static String doneMessage(UUID instance) {
        return "anemone: cloud-init is done (" + instance + ")";
    }

    private static String userData(DesiredVm vm, UUID instance) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("hostname", vm.name());
        config.put("ssh_authorized_keys", vm.sshKeys());
        boolean saysWhenDone = vm.probe().kind() == ReadinessProbe.Kind.CLOUD_INIT;
        Map<String, Object> last = Map.of("final_message", doneMessage(instance));
        String own = vm.userData();
        if (own == null || own.isBlank()) {
            config.putAll(saysWhenDone ? last : Map.of());
            return CLOUD_CONFIG + yaml(config);
        }
        List<String> parts = new ArrayList<>(List.of(MimeParts.plain(CLOUD_CONFIG + yaml(config)), MimeParts.own(own)));
        if (saysWhenDone) {
            parts.add(MimeParts.plain(CLOUD_CONFIG + yaml(last)));
        }
        return MimeParts.multipart(parts);
    }

    /**
     * Version 2: the one card, found by its address (names differ by system), asks by DHCP, which QEMU's user network
     * answers at once. On a bridge nothing is said, and cloud-init does what it does by itself: DHCP on the first card.
     */
    private static String network(DesiredVm vm) {
        if (vm.options().network().bridge() != null) {
            return "";
        }
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("match", Map.of("macaddress", new DomainId(vm.vm(), vm.attempt()).mac()));
        // Without a name of its own some of cloud-init's renderers would look for a card that is called anemone0.
        card.put("set-name", "eth0");
        card.put("dhcp4", true);
        Map<String, Object> network = new LinkedHashMap<>();
        network.put("version", 2);
        network.put("ethernets", Map.of("anemone0", card));
        return yaml(network);
    }

    private static String yaml(Object value) {
        try {
            return YAMLMapper.builder(new YAMLFactory()
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .disable(YAMLGenerator.Feature.SPLIT_LINES))
                    .build()
                    .writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and lists can always be written", e);
        }
    }
}
