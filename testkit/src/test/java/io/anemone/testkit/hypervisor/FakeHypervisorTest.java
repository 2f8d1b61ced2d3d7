package io.anemone.testkit.hypervisor;

import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Acceleration;
import java.util.List;

class FakeHypervisorTest extends AbstractSavingContract {

    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private int files;

    @Override
    protected Hypervisor hypervisor() {
        return hypervisor;
    }

    @Override
    protected String fresh() {
        return "/nonexistent/" + files++;
    }

    @Override
    protected DomainSpec guest(DomainMark mark) {
        return new DomainSpec(
                mark,
                new VmSize(1, 64),
                Acceleration.EMULATION,
                null,
                List.of(),
                new DomainSpec.Consoles("/dev/null", "/nonexistent/serial", null));
    }
}
