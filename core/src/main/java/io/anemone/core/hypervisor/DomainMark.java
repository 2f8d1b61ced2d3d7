package io.anemone.core.hypervisor;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a domain carries about itself, for the agent that finds it after a restart.
 *
 * @param lease     the lease that it belongs to
 * @param job       the scheduler's id of the lease's job
 * @param ssh       where the guest's ssh server is forwarded to, or null
 * @param startedAt when it was started, by the node's clock
 * @param ports     the guest's other ports that are forwarded
 */
public record DomainMark(
        DomainId id,
        LeaseId lease,
        String job,
        @Nullable SshEndpoint ssh,
        Instant startedAt,
        List<PublishedPort> ports) {

    public DomainMark {
        ports = List.copyOf(ports);
    }

    /** Nothing is forwarded but ssh. */
    public DomainMark(DomainId id, LeaseId lease, String job, @Nullable SshEndpoint ssh, Instant startedAt) {
        this(id, lease, job, ssh, startedAt, List.of());
    }
}
