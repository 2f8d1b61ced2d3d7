package io.anemone.orchestrator.agentlink;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.Grant;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.NodeView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.VmNeed;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.orchestrator.lease.AgentConfig;
import jakarta.enterprise.context.ApplicationScoped;

/** What a job's grant leaves for guests. */
@ApplicationScoped
class Grants {

    private static final VmNeed LEAST = VmNeed.of(new VmSize(1, VmSize.MIN_MEMORY_MIB), Hardware.DEFAULT);

    private final AgentConfig config;
    private final Scheduler scheduler;

    Grants(AgentConfig config, Scheduler scheduler) {
        this.config = config;
        this.scheduler = scheduler;
    }

    /** @throws AgentRefusedException if it is too small for any guest */
    Grant of(JobView job, String node) {
        // A scheduler that does not manage memory gives a job the node's.
        long memory = job.memoryMiB() > 0 ? job.memoryMiB() : memoryOf(node);
        long left = memory - config.overheadMiB();
        if (job.cores() < 1 || left < LEAST.memoryMiB()) {
            throw new AgentRefusedException(
                    ErrorCode.JOB_TOO_SMALL, tooSmallMessage(job, LEAST, VmSize.MIN_MEMORY_MIB), false);
        }
        return new Grant(job.cores(), (int) Math.min(left, Integer.MAX_VALUE));
    }

    boolean fits(VmSpec spec, Grant grant) {
        return VmNeed.of(spec).fits(grant);
    }

    AgentRefusedException tooSmall(JobView job, VmSpec spec) {
        return new AgentRefusedException(ErrorCode.JOB_TOO_SMALL, tooSmallMessage(job, spec), false);
    }

    String tooSmallMessage(JobView job, VmSpec spec) {
        return tooSmallMessage(job, VmNeed.of(spec), spec.size().memoryMiB());
    }

    private String tooSmallMessage(JobView job, VmNeed need, int memoryMiB) {
        long needed = need.memoryMiB() + config.overheadMiB();
        return "The job was granted " + job.cores() + " cores and " + job.memoryMiB() + " MiB, and this VM needs "
                + need.wholeCores() + " and " + needed + " (" + (needed - memoryMiB)
                + " MiB of it for QEMU and the agent): ask the scheduler for that much (job: " + job.id() + ").";
    }

    private long memoryOf(String node) {
        return scheduler.cluster().nodes().stream()
                .filter(view -> view.name().equals(node))
                .mapToLong(NodeView::memoryMiB)
                .findFirst()
                .orElse(0);
    }
}
