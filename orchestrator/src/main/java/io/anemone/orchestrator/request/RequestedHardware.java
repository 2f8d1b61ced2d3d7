package io.anemone.orchestrator.request;

import io.anemone.core.wire.Join;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The machine as somebody wrote it down: nothing is checked yet. */
@Schema(name = "HardwareRequest", description = "What the site does not offer is refused")
public record RequestedHardware(
        @Schema(
                description = "What it starts with",
                enumeration = {"bios", "uefi"},
                defaultValue = "bios")
        @Nullable
        String firmware,

        @Schema(description = "Whether it has an emulated TPM 2.0", defaultValue = "false") @Nullable
        Boolean tpm,

        @Schema(
                description = "Whether its memory shall be huge pages of the node; where there are not enough free"
                        + " ones it has plain memory and a warning",
                defaultValue = "false")
        @Nullable
        Boolean hugePages) {

    static @Nullable RequestedHardware of(Join.@Nullable HardwareRequest request) {
        return request == null ? null : new RequestedHardware(request.firmware(), request.tpm(), request.hugePages());
    }
}
