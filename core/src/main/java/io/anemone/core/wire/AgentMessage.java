package io.anemone.core.wire;

import io.anemone.core.vm.GuestFacts;
import io.anemone.core.vm.VmId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an agent sends. On the wire: a JSON object of {@code type} and {@code body}, see {@link WireTypes}. */
public sealed interface AgentMessage {

    /**
     * The first message of every connection.
     *
     * @param protocol     {@link WireTypes#PROTOCOL} of the agent
     * @param vms          every attempt that it knows of: a full report
     * @param acceleration null while it is not known yet
     */
    record Hello(
            int protocol,
            Join join,
            String jobId,
            String node,
            AgentMode mode,
            @Nullable Acceleration acceleration,
            List<VmReport> vms)
            implements AgentMessage {
        public Hello {
            vms = List.copyOf(vms);
        }
    }

    /**
     * Every attempt that the agent knows of, after each change and at least every 10 s. An attempt that is missing
     * here is one that this agent has never heard of or was told to forget.
     *
     * @param epoch     of the last {@link OrchestratorMessage} that the agent accepted
     * @param inventory what else is on the node; null while that is not known
     * @param discarded those of the ordered discards after which nothing is left
     */
    record Report(long epoch, List<VmReport> vms, @Nullable Inventory inventory, List<Discard> discarded)
            implements AgentMessage {
        public Report {
            vms = List.copyOf(vms);
            // An older side knows of none.
            discarded = List.copyOf(Objects.requireNonNullElse(discarded, List.of()));
        }

        /** Nothing was discarded. */
        public Report(long epoch, List<VmReport> vms, @Nullable Inventory inventory) {
            this(epoch, vms, inventory, List.of());
        }
    }

    /**
     * More of a guest's serial console.
     *
     * @param offset bytes of this attempt's console before {@code text}; a repeat can be told by it
     * @param base64 the bytes as the guest wrote them, at most 64 KiB
     */
    record Console(VmId vm, int attempt, long offset, String base64) implements AgentMessage {}

    /** What the guests of an agent have used, every few seconds; one that gets lost is not repeated. */
    record Usage(List<VmUsage> vms) implements AgentMessage {
        public Usage {
            vms = List.copyOf(vms);
        }
    }

    /** What a guest says of itself, when that changes and from time to time. */
    record Guest(VmId vm, int attempt, GuestFacts facts) implements AgentMessage {}
}
