package io.anemone.core.hypervisor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The hypervisor of one node. Every call has a time limit of its own, except {@link #create}. An answer is positive
 * knowledge; whatever the hypervisor cannot tell at the moment is a {@link HypervisorException}, never an absence.
 * Implementations are safe for use by many threads, and a slow call about one domain does not hold up the others.
 */
public interface Hypervisor extends AutoCloseable {

    int MAX_GUEST_ANSWER = 256 * 1024;

    /** Waits until it can be asked. @return false if it cannot after {@code limit} */
    boolean await(Duration limit);

    /** Every domain that carries our mark, whoever started it. */
    List<DomainView> domains();

    /** The domain, or that there is none. */
    Sighting find(DomainId id);

    /**
     * Starts a domain that does not survive its end. Not idempotent. Returns when the domain runs, and may take as
     * long as the hypervisor does: call it on a thread that nothing else waits for. After an exception the domain
     * may exist all the same: {@link #find} knows.
     */
    void create(DomainSpec spec);

    /** Asks the guest to switch itself off (ACPI). Harmless when it is gone. */
    void shutdown(DomainId id);

    /** Ends the domain at once. It is gone on return. Harmless when it was gone. */
    void destroy(DomainId id);

    /**
     * Asks the agent inside the guest (qemu-guest-agent, over a channel that only this guest's domain has). May take
     * several seconds longer than {@code limit}: call it on a thread that nothing else waits for.
     *
     * @param command of its protocol, as JSON (https://qemu.readthedocs.io/en/latest/interop/qemu-ga-ref.html)
     * @return what the guest wrote, which may be anything, at most {@link #MAX_GUEST_ANSWER} characters; empty if there
     *     is no agent, if it does not answer in time, or if it refuses
     */
    Optional<String> askGuest(DomainId id, String command, Duration limit);

    /** What a domain has used so far; empty if there is none. Cheap enough for every few seconds. */
    Optional<DomainUsage> usage(DomainId id);

    /** Stops the guest's processors; what it has written is in its disk's file. Harmless when they are stopped. */
    void pause(DomainId id);

    /** Lets the guest's processors go on. Harmless when they do. */
    void unpause(DomainId id);

    /**
     * Writes a paused guest's memory into a file, which is synced, and ends the domain. Returns when that is done, and may
     * take as long as the file system does. After an exception the domain is as it was, unless {@link #find} says that
     * it is gone: then {@link #holdsGuest} tells whether the file is whole.
     *
     * @param file absolute, on the node
     */
    void save(DomainId id, String file);

    /** Whether {@link #save} was done with this file. */
    boolean holdsGuest(String file);

    /**
     * As {@link #create}, but the guest goes on from what was saved, running. The file stays.
     *
     * @param born the attempt that booted the guest: the domain has that one's name and UUID, for they are part of what
     *             was saved, and the mark of {@code spec}, which is what it is known by
     */
    void restore(DomainSpec spec, DomainId born, String file);

    /** How large the first disk of a domain is, as its guest sees it. */
    long diskBytes(DomainId id);

    /**
     * Begins to copy the first disk of a domain as it is at one moment, which has passed on return; the guest runs on, and
     * what it writes from then on is not in the copy. There is one copy at a time.
     *
     * @param file absolute, on the node: an empty qcow2 of {@link #diskBytes}, which QEMU may write. The copy is whole, in
     *             one file that stands on no other
     */
    void beginCopy(DomainId id, String file);

    /** How far the copy is, or what became of the last one; to be asked until it is over, and no longer. */
    DiskCopy copy(DomainId id);

    /** Gives the copy up. Harmless when there is none. */
    void endCopy(DomainId id);

    /** Asks the guest to reboot (ACPI). Harmless when it is gone. */
    void reboot(DomainId id);

    /** Presses the reset button. Harmless when it is gone. */
    void reset(DomainId id);

    /** Grows when the guest begins anew, because it was asked to, reset, or wanted to; or not, if nobody saw it. */
    int reboots(DomainId id);

    /** Calls {@code hint} soon after any domain changed, perhaps too often, perhaps too seldom. */
    void onChange(Runnable hint);

    @Override
    void close();
}
