package io.anemone.core.wire;

import io.anemone.core.error.Failure;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent knows of one attempt.
 *
 * @param startedAt   when the domain was started, by the node's clock; null before
 * @param readyAt     when the guest showed to be usable; null before
 * @param ssh         forwarded ssh port; null before RUNNING
 * @param reason      why it ENDED, if it ran its course
 * @param failure     why it ENDED, if it could not run
 * @param message     one sentence for the owner about the end; empty before
 * @param warnings    what the owner should know of, e.g. that the guest is emulated
 * @param adopted     whether this agent process took the domain over from an earlier one
 * @param preparation how its image came to the node; null before that is known, and for what was adopted
 * @param answers     what became of what was wanted of it beside that it runs; null if nothing was
 * @param ports       published ports; empty before RUNNING
 */
public record VmReport(
        VmId vm,
        int attempt,
        AgentPhase phase,
        @Nullable Instant startedAt,
        @Nullable Instant readyAt,
        @Nullable SshEndpoint ssh,
        @Nullable StopReason reason,
        @Nullable Failure failure,
        String message,
        List<String> warnings,
        boolean adopted,
        @Nullable Preparation preparation,
        @Nullable Answers answers,
        List<PublishedPort> ports) {

    /**
     * What became of {@link DesiredVm.Asks}.
     *
     * @param suspendAt      the order to suspend that could not be carried out; null if none
     * @param suspendFailure why not
     * @param rebootAt       the newest order to reboot that was carried out; null if none
     */
    public record Answers(
            @Nullable Instant suspendAt,
            @Nullable Failure suspendFailure,
            @Nullable Instant rebootAt) {}

    public VmReport {
        warnings = List.copyOf(warnings);
        // An agent of an older release tells of none.
        ports = ports == null ? List.of() : List.copyOf(ports);
    }

    /** Without an answer. */
    public VmReport(
            VmId vm,
            int attempt,
            AgentPhase phase,
            @Nullable Instant startedAt,
            @Nullable Instant readyAt,
            @Nullable SshEndpoint ssh,
            @Nullable StopReason reason,
            @Nullable Failure failure,
            String message,
            List<String> warnings,
            boolean adopted) {
        this(vm, attempt, phase, startedAt, readyAt, ssh, reason, failure, message, warnings, adopted, null);
    }

    /** Without an answer. */
    public VmReport(
            VmId vm,
            int attempt,
            AgentPhase phase,
            @Nullable Instant startedAt,
            @Nullable Instant readyAt,
            @Nullable SshEndpoint ssh,
            @Nullable StopReason reason,
            @Nullable Failure failure,
            String message,
            List<String> warnings,
            boolean adopted,
            @Nullable Preparation preparation) {
        this(
                vm,
                attempt,
                phase,
                startedAt,
                readyAt,
                ssh,
                reason,
                failure,
                message,
                warnings,
                adopted,
                preparation,
                null,
                List.of());
    }
}
