package io.anemone.core.wire;

import io.anemone.core.lease.LeaseId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an agent proves which lease it belongs to. Holds secrets: never logged. */
public sealed interface Join {

    /** First contact from a job that the orchestrator submitted; the token is good for one join. */
    record WithToken(LeaseId lease, String token) implements Join {
        @Override
        public String toString() {
            return "WithToken[lease=" + lease + "]";
        }
    }

    /** Any later contact: with the secret that {@link OrchestratorMessage.Welcome} gave. */
    record Again(LeaseId lease, String secret) implements Join {
        @Override
        public String toString() {
            return "Again[lease=" + lease + "]";
        }
    }

    /**
     * First contact from a job that its owner submitted.
     *
     * @param credential a munge credential made by the job's user over {@link DirectClaim}'s payload
     * @param request    the VM that it shall run
     */
    record Direct(String credential, VmRequest request) implements Join {
        @Override
        public String toString() {
            return "Direct[]";
        }
    }

    /**
     * The VM of a direct job as its owner wrote it, not yet validated; the same fields as in the API.
     *
     * @param walltime ISO 8601 duration
     */
    record VmRequest(
            @Nullable String name,
            @Nullable String image,
            @Nullable String flavor,
            @Nullable Integer vcpus,
            @Nullable Integer memoryMiB,
            @Nullable String walltime,
            @Nullable String project,
            @Nullable List<String> sshKeys,
            @Nullable String userData,
            @Nullable Map<String, String> labels,
            @Nullable ReadinessRequest readiness,
            @Nullable StorageRequest storage,
            @Nullable HardwareRequest hardware,
            @Nullable NetworkRequest network) {

        /** A plain machine on the user network; what makes it READY is its image's. */
        public VmRequest(
                @Nullable String name,
                @Nullable String image,
                @Nullable String flavor,
                @Nullable Integer vcpus,
                @Nullable Integer memoryMiB,
                @Nullable String walltime,
                @Nullable String project,
                @Nullable List<String> sshKeys,
                @Nullable String userData,
                @Nullable Map<String, String> labels) {
            this(
                    name, image, flavor, vcpus, memoryMiB, walltime, project, sshKeys, userData, labels, null, null,
                    null, null);
        }
    }

    /**
     * What shall make the VM READY, as its owner wrote it.
     *
     * @param timeout ISO 8601 duration
     */
    record ReadinessRequest(
            @Nullable String kind,
            @Nullable String timeout,
            @Nullable String pattern,
            @Nullable String onTimeout) {}

    /** @param firmware {@code bios} or {@code uefi} */
    record HardwareRequest(
            @Nullable String firmware,
            @Nullable Boolean tpm,
            @Nullable Boolean hugePages) {}

    /** @param ports TCP ports of the guest to publish */
    record NetworkRequest(
            @Nullable List<Integer> ports, @Nullable Boolean isolated) {}
}
