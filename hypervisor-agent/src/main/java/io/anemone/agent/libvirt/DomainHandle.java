package io.anemone.agent.libvirt;

import io.anemone.agent.domain.MarkXml;
import io.anemone.core.hypervisor.DiskCopy;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainUsage;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.libvirt.Domain;
import org.libvirt.DomainBlockStats;
import org.libvirt.DomainInfo.DomainState;
import org.libvirt.DomainJobInfo;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.libvirt.MemoryStatistic;

/** A libvirt domain that is given back when it is closed. */
final class DomainHandle implements AutoCloseable {

    /** VIR_DOMAIN_METADATA_ELEMENT, https://libvirt.org/html/libvirt-libvirt-domain.html */
    private static final int METADATA_ELEMENT = 2;

    /** VIR_DOMAIN_MEMORY_STAT_RSS, in KiB, and room for every statistic that libvirt may have. */
    private static final int MEMORY_RSS = 7;

    private static final int MEMORY_STATISTICS = 32;

    /** virDomainJobType and VIR_DOMAIN_JOB_STATS_COMPLETED. */
    private static final int JOB_BOUNDED = 1;

    private static final int JOB_UNBOUNDED = 2;
    private static final int JOB_COMPLETED = 3;
    private static final int JOB_STATS_COMPLETED = 1;

    private final Domain domain;

    DomainHandle(Domain domain) {
        this.domain = domain;
    }

    UUID uuid() throws LibvirtException {
        return UUID.fromString(domain.getUUIDString());
    }

    DomainState state() throws LibvirtException {
        return domain.getInfo().state;
    }

    /** Empty for a domain that is not ours. */
    Optional<DomainMark> mark() throws LibvirtException {
        try {
            return MarkXml.read(domain.getMetadata(METADATA_ELEMENT, MarkXml.NAMESPACE, 0));
        } catch (LibvirtException e) {
            if (LibvirtErrors.is(e, ErrorNumber.VIR_ERR_NO_DOMAIN_METADATA)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Empty for an answer that is none. */
    Optional<String> askGuest(String command, int seconds) throws LibvirtException {
        return Optional.ofNullable(domain.qemuAgentCommand(command, seconds, 0));
    }

    DomainUsage usage() throws LibvirtException {
        DomainBlockStats disks = disks();
        return new DomainUsage(
                domain.getInfo().cpuTime,
                resident(),
                disks == null ? null : disks.rd_bytes,
                disks == null ? null : disks.wr_bytes);
    }

    /** What its process holds; without a balloon that is all that is known of its memory. */
    private @Nullable Long resident() throws LibvirtException {
        for (MemoryStatistic statistic : domain.memoryStats(MEMORY_STATISTICS)) {
            if (statistic.getTag() == MEMORY_RSS) {
                return statistic.getValue() * 1024;
            }
        }
        return null;
    }

    /** Of all disks at once. Null for a driver that cannot tell. */
    private @Nullable DomainBlockStats disks() {
        try {
            return domain.blockStats("");
        } catch (LibvirtException e) {
            return null;
        }
    }

    void shutdown() throws LibvirtException {
        domain.shutdown();
    }

    void destroy() throws LibvirtException {
        domain.destroy();
    }

    void suspend() throws LibvirtException {
        domain.suspend();
    }

    void resume() throws LibvirtException {
        domain.resume();
    }

    /** Blocks until it is done. */
    void save(String file) throws LibvirtException {
        domain.save(file);
    }

    /** As its guest sees it. */
    long diskBytes(String disk) throws LibvirtException {
        return domain.blockInfo(disk).getCapacity();
    }

    /** Of whatever libvirt does with it that takes its time. */
    DiskCopy job() throws LibvirtException {
        DomainJobInfo job = domain.getJobInfo();
        return switch (job.getType()) {
            case JOB_BOUNDED, JOB_UNBOUNDED ->
                new DiskCopy.Running(Math.max(0, job.getFileProcessed()), Math.max(0, job.getFileTotal()));
            case JOB_COMPLETED -> new DiskCopy.Done();
            default -> new DiskCopy.None();
        };
    }

    /** Of the last one; it is told once. */
    DiskCopy lastJob() throws LibvirtException {
        return domain.getJobStats(JOB_STATS_COMPLETED).type == JOB_COMPLETED
                ? new DiskCopy.Done()
                : new DiskCopy.None();
    }

    void abortJob() throws LibvirtException {
        domain.abortJob();
    }

    /** Libvirt presses the power button and, when the guest has switched itself off, starts it anew. */
    void reboot() throws LibvirtException {
        domain.reboot(0);
    }

    void reset() throws LibvirtException {
        domain.reset();
    }

    @Override
    public void close() throws LibvirtException {
        domain.free();
    }
}
