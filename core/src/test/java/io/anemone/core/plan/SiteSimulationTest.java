package io.anemone.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.scheduler.JobState;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Progress;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Planner and machines together, on a site where everything happens in any order and much goes wrong. */
class SiteSimulationTest {

    private static final LaunchPath[] PATHS = LaunchPath.values();
    private static final JobState[] ENDS = {
        JobState.COMPLETED,
        JobState.CANCELLED,
        JobState.FAILED,
        JobState.TIMEOUT,
        JobState.PREEMPTED,
        JobState.NODE_FAIL
    };

    @Property
    void anySequenceOfEvents_keepsTheInvariants_andComesToAnEnd(@ForAll("happenings") List<Integer> happenings) {
        SimulatedSite site = new SimulatedSite();
        for (int happening : happenings) {
            happen(site, happening);
            site.check();
        }
        site.settle();
    }

    /** The simulation is worth nothing if no VM in it ever lives. */
    @Test
    void withoutFaults_vmsOfEveryPathBecomeReady() {
        for (LaunchPath path : PATHS) {
            SimulatedSite site = new SimulatedSite();
            site.request(path);
            for (int i = 0; i < 40; i++) {
                site.plan();
                site.submit(i, false);
                site.start(i);
                site.join(i);
                site.sync(i);
                site.work(i, Progress.READY, false);
                site.answer();
                site.check();
            }
            assertThat(site.everReady()).as("%s", path).isTrue();
            site.settle();
        }
    }

    private static void happen(SimulatedSite site, int happening) {
        int choice = happening / 32;
        switch (happening % 32) {
            case 0, 1 -> site.request(PATHS[choice % PATHS.length]);
            case 2 -> site.delete(choice);
            case 3, 4, 5, 6, 7, 8, 9 -> site.plan();
            case 10, 11 -> site.submit(choice, false);
            case 12 -> site.submit(choice, true);
            case 13, 14, 15 -> site.answer();
            case 16 -> site.answerNonsense(choice);
            case 17, 18 -> site.start(choice);
            case 19 -> site.end(choice, ENDS[choice % ENDS.length]);
            case 20, 21 -> site.join(choice);
            case 22, 23, 24 -> site.sync(choice);
            case 25, 26, 27 -> site.work(choice, Progress.values()[choice % 4], false);
            case 28 -> site.work(choice, Progress.BOOTING, true);
            case 29, 30 -> site.pass(Duration.ofSeconds(1));
            case 31 -> site.pass(Duration.ofSeconds(choice % 400));
            default -> throw new IllegalStateException("no such happening: " + happening);
        }
    }

    @Provide
    Arbitrary<List<Integer>> happenings() {
        return Arbitraries.integers().between(0, 1 << 20).list().ofMinSize(20).ofMaxSize(250);
    }
}
