package io.anemone.orchestrator.history;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import java.util.Optional;
import java.util.UUID;

/**
 * What one orchestrator tells the others by a notification of PostgreSQL: who tells it, and of what.
 *
 * @param about kind and identity of what changed, or {@link #HERE}
 */
record Announcement(UUID from, String about) {

    static final String CHANNEL = "anemone";

    /** It has just begun to listen. */
    static final String HERE = "here";

    private static final String VM = "vm ";
    private static final String LEASE = "lease ";
    private static final String AGENT = "agent ";

    /** Empty for what the others need not hear: they would only do what its origin does already. */
    static Optional<Announcement> of(UUID from, Change change) {
        return switch (change) {
            case Change.Vm(VmId vm) -> Optional.of(new Announcement(from, VM + vm));
            case Change.Lease(LeaseId lease) -> Optional.of(new Announcement(from, LEASE + lease));
            case Change.AgentSync(LeaseId lease) -> Optional.of(new Announcement(from, AGENT + lease));
            case Change.EffectDue e -> Optional.empty();
            case Change.LookAtJobs l -> Optional.empty();
            case Change.Pool p -> Optional.empty();
            case Change.Inventory i -> Optional.empty();
            case Change.Anything a -> Optional.empty();
        };
    }

    /** Empty if it is none: others may use the channel, and a newer release tell more. */
    static Optional<Announcement> parse(String text) {
        int space = text.indexOf(' ');
        try {
            return space < 0
                    ? Optional.empty()
                    : Optional.of(
                            new Announcement(UUID.fromString(text.substring(0, space)), text.substring(space + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        return from + " " + about;
    }

    /** Empty if it is about none. */
    Optional<Change> change() {
        try {
            if (about.startsWith(VM)) {
                return Optional.of(new Change.Vm(VmId.parse(about.substring(VM.length()))));
            }
            if (about.startsWith(LEASE)) {
                return Optional.of(new Change.Lease(LeaseId.parse(about.substring(LEASE.length()))));
            }
            if (about.startsWith(AGENT)) {
                return Optional.of(new Change.AgentSync(LeaseId.parse(about.substring(AGENT.length()))));
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
