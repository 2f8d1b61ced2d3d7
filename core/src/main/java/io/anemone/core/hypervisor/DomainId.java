package io.anemone.core.hypervisor;

import io.anemone.core.vm.VmId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** One attempt of a VM as a domain. Name and UUID follow from it, so that a domain can be found again. */
public record DomainId(VmId vm, int attempt) {

    public DomainId {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, not " + attempt);
        }
    }

    /** Short, because it becomes part of socket paths; unique among the attempts of one VM. */
    public String name() {
        return "anemone-" + vm.toString().substring(0, 8) + "-" + attempt;
    }

    public UUID uuid() {
        return UUID.nameUUIDFromBytes(("anemone-domain/" + vm + "/" + attempt).getBytes(StandardCharsets.UTF_8));
    }

    /** Hardware address of its card, in the range that QEMU's guests have. */
    public String mac() {
        long bits = uuid().getLeastSignificantBits();
        return String.format("52:54:00:%02x:%02x:%02x", (bits >> 16) & 0xff, (bits >> 8) & 0xff, bits & 0xff);
    }

    @Override
    public String toString() {
        return vm + "/" + attempt;
    }
}
