package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** I9, after everything that the other classes did: nothing is left on a node after a VM. */
@BoxTest
@Order(Integer.MAX_VALUE)
class CleanNodesBoxTest {

    private final Site site = Site.up();

    @Test
    void whenAllVmsAreOver_nothingIsLeftOnAnyNode() {
        Guest guest = site.launch(LaunchPath.SCHEDULED).ready();
        assertThat(traces()).as("what the test looks for").isNotEmpty();
        guest.delete();
        guest.over(Duration.ofSeconds(30));

        site.pool(0);

        Await.within(
                Duration.ofSeconds(30), "no job is left", () -> site.slurm().queue(), List::isEmpty);
        Await.within(Duration.ofSeconds(15), "no trace is left on any node", this::traces, List::isEmpty);
        assertThat(site.api(Site.OPERATOR).get("/leases?active=true").ok().path("items"))
                .isEmpty();
    }

    /** Believed only from an account's own file or root's: under another's name each start would find out anew. */
    @Test
    void whatAnAccountFoundOutAboutKvmAndQemu_isKeptUnderItsOwnName() {
        site.launch(LaunchPath.SCHEDULED).ready().delete();

        assertThat(Node.NAMES.stream().flatMap(node -> site.node(node).answers().stream()))
                .anySatisfy(answer -> assertThat(answer).startsWith("qemu-capabilities-"))
                .allSatisfy(answer ->
                        assertThat(answer).matches("(kvm-probe|qemu-capabilities)-(\\d+)(/\\w+\\.xml)? of \\2"));
    }

    private List<String> traces() {
        return Node.NAMES.stream()
                .flatMap(node -> site.node(node).traces().stream())
                .toList();
    }
}
