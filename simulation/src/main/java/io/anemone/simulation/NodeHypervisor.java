package io.anemone.simulation;

import io.anemone.core.hypervisor.DiskCopy;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainUsage;
import io.anemone.core.hypervisor.DomainView;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.HypervisorFailure;
import io.anemone.core.hypervisor.Sighting;
import io.anemone.testkit.hypervisor.FakeHypervisor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What one agent reaches of its hypervisor: sometimes nothing, sometimes less than was done. */
final class NodeHypervisor implements Hypervisor {

    private final Site site;
    private final AgentRun agent;
    private final JobRun run;
    private final FakeHypervisor fake;

    NodeHypervisor(Site site, AgentRun agent, JobRun run) {
        this.site = site;
        this.agent = agent;
        this.run = run;
        this.fake = run.hypervisor();
    }

    @Override
    public boolean await(Duration limit) {
        return answers();
    }

    @Override
    public List<DomainView> domains() {
        refuseWhenDown();
        return fake.domains();
    }

    @Override
    public Sighting find(DomainId id) {
        if (!answers() && site.bug() == PlantedBug.UNKNOWN_DOMAIN_IS_GONE) {
            return new Sighting.Gone(Sighting.Ending.UNSEEN);
        }
        refuseWhenDown();
        return fake.find(id);
    }

    @Override
    public void create(DomainSpec spec) {
        agent.dieAt("before a create");
        refuseWhenDown();
        if (site.faults().strikes(Fault.CREATE_FAILS)) {
            throw new HypervisorException(new HypervisorFailure.Failed("QEMU did not start"));
        }
        fake.create(spec);
        began(spec);
    }

    @Override
    public void restore(DomainSpec spec, DomainId born, String file) {
        agent.dieAt("before a restore");
        refuseWhenDown();
        if (site.faults().strikes(Fault.RESTORE_FAILS)) {
            throw new HypervisorException(new HypervisorFailure.Failed("the processor is another"));
        }
        fake.restore(spec, born, file);
        began(spec);
    }

    private void began(DomainSpec spec) {
        site.domains().started(new Domains.Live(spec.mark().id(), spec.size(), run));
        site.world()
                .tell(
                        run.toString(),
                        "domain " + Names.of(spec.mark().id().vm()) + "/"
                                + spec.mark().id().attempt() + " runs");
        agent.dieAfterCreate(spec.mark().id());
        if (site.faults().strikes(Fault.CREATE_REPLY_LOST)) {
            throw new HypervisorException(new HypervisorFailure.Unavailable("the connection was lost"));
        }
    }

    @Override
    public void pause(DomainId id) {
        refuseWhenDown();
        fake.pause(id);
        agent.dieAt("after a guest was paused");
    }

    @Override
    public void unpause(DomainId id) {
        refuseWhenDown();
        fake.unpause(id);
    }

    @Override
    public void save(DomainId id, String file) {
        agent.dieAt("before a guest is saved");
        refuseWhenDown();
        if (fake.exists(id)) {
            run.guestIsSaved(id);
        }
        if (site.faults().strikes(Fault.SAVE_FAILS)) {
            throw new HypervisorException(new HypervisorFailure.Failed("No space left on device"));
        }
        fake.save(id, file);
        settle(id);
        agent.dieAt("after a guest was saved");
        if (site.faults().strikes(Fault.SAVE_REPLY_LOST)) {
            throw new HypervisorException(new HypervisorFailure.Unavailable("the connection was lost"));
        }
    }

    @Override
    public boolean holdsGuest(String file) {
        refuseWhenDown();
        return fake.holdsGuest(file);
    }

    @Override
    public long diskBytes(DomainId id) {
        refuseWhenDown();
        return fake.diskBytes(id);
    }

    @Override
    public void beginCopy(DomainId id, String file) {
        refuseWhenDown();
        fake.beginCopy(id, file);
    }

    @Override
    public DiskCopy copy(DomainId id) {
        refuseWhenDown();
        return fake.copy(id);
    }

    @Override
    public void endCopy(DomainId id) {
        refuseWhenDown();
        fake.endCopy(id);
    }

    @Override
    public void reboot(DomainId id) {
        refuseWhenDown();
        fake.reboot(id);
    }

    @Override
    public void reset(DomainId id) {
        refuseWhenDown();
        fake.reset(id);
    }

    @Override
    public int reboots(DomainId id) {
        return fake.reboots(id);
    }

    @Override
    public void shutdown(DomainId id) {
        refuseWhenDown();
        run.guestIsEnded(id);
        fake.shutdown(id);
        settle(id);
    }

    @Override
    public void destroy(DomainId id) {
        refuseWhenDown();
        run.guestIsEnded(id);
        fake.destroy(id);
        settle(id);
    }

    @Override
    public Optional<String> askGuest(DomainId id, String command, Duration limit) {
        refuseWhenDown();
        return fake.askGuest(id, command, limit);
    }

    @Override
    public Optional<DomainUsage> usage(DomainId id) {
        refuseWhenDown();
        return fake.usage(id);
    }

    private void settle(DomainId id) {
        if (!fake.exists(id)) {
            run.domainIsGone(id);
        }
    }

    @Override
    public void onChange(Runnable hint) {
        fake.onChange(() -> {
            if (!agent.life().over()) {
                hint.run();
            }
        });
    }

    @Override
    public void close() {
        // The node's libvirt stays; a session's goes with its job.
    }

    private boolean answers() {
        return run.node().hypervisorAnswers(site.world().now());
    }

    private void refuseWhenDown() {
        if (!answers()) {
            throw new HypervisorException(new HypervisorFailure.Unavailable("it is down"));
        }
    }
}
