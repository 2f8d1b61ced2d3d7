package io.anemone.agent.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.Guests;
import io.anemone.agent.domain.DomainXml;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.testkit.hypervisor.AbstractHypervisorContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract on libvirt's test driver, which lives in this process and has every call but no guest: nothing that
 * only a guest can do (crash, ignore a shutdown, lose its libvirtd) can be tried on it.
 */
class TestDriverHypervisorContractTest extends AbstractHypervisorContract {

    private final LibvirtHypervisor hypervisor =
            new LibvirtHypervisor("test:///default", (spec, born) -> DomainXml.of(spec, born, "test"), () -> {});

    @BeforeEach
    void connect() {
        assertThat(hypervisor.await(Duration.ofSeconds(20))).isTrue();
    }

    @AfterEach
    void disconnect() {
        hypervisor.domains().forEach(domain -> hypervisor.destroy(domain.mark().id()));
        hypervisor.close();
    }

    @Override
    protected Hypervisor hypervisor() {
        return hypervisor;
    }

    @Override
    protected DomainSpec guest(DomainMark mark) {
        DomainSpec plain = Guests.spec(mark.id());
        return new DomainSpec(mark, plain.size(), plain.acceleration(), null, plain.disks(), plain.consoles());
    }

    /** The driver comes with a domain of its own. */
    @Test
    void domainWithoutOurMark_isNotListed() {
        assertThat(hypervisor.domains()).isEmpty();
    }
}
