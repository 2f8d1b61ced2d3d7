package io.anemone.core.hypervisor;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import java.time.Instant;
import java.util.ArrayList;
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
 * @param cpus      the node's processors that are this guest's alone
 */
public record DomainMark(
        DomainId id,
        LeaseId lease,
        String job,
        @Nullable SshEndpoint ssh,
        Instant startedAt,
        List<PublishedPort> ports,
        List<Integer> cpus) {

    public DomainMark {
        ports = List.copyOf(ports);
        cpus = List.copyOf(cpus);
    }

    /** Nothing is forwarded but ssh, and no processor is its own. */
    public DomainMark(DomainId id, LeaseId lease, String job, @Nullable SshEndpoint ssh, Instant startedAt) {
        this(id, lease, job, ssh, startedAt, List.of(), List.of());
    }

    /** The node's ports that are this guest's. */
    public List<Integer> nodePorts() {
        List<Integer> all = new ArrayList<>();
        if (ssh != null) {
            all.add(ssh.port());
        }
        ports.forEach(port -> all.add(port.port()));
        return all;
    }
}
