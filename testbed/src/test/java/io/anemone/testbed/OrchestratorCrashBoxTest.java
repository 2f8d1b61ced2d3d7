package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lost orchestrator is no reason to stop a guest, and none to start one twice. */
@BoxTest
class OrchestratorCrashBoxTest {

    private final Site site = Site.up();

    @Test
    void orchestratorKilledWhileThreeRun_findsThemAgain_untouched() {
        // Given
        site.pool(1);
        List<Guest> guests = List.of(
                site.launch(LaunchPath.STATIC), site.launch(LaunchPath.SCHEDULED), site.launch(LaunchPath.DIRECT));
        guests.forEach(Guest::ready);
        List<List<String>> processes = guests.stream().map(Guest::processes).toList();
        List<String> jobs = jobs();

        // When
        site.killOrchestrator();
        Await.staysFor(
                Duration.ofSeconds(5),
                "every guest runs without the orchestrator",
                () -> guests.stream().map(Guest::processes).toList().equals(processes));
        site.startOrchestrator();

        // Then
        guests.forEach(guest -> {
            Vm vm = guest.await(Duration.ofSeconds(20), "READY");
            assertThat(vm.attempt()).isEqualTo(1);
            assertThat(guest.ssh("uname -n").ok()).isEqualTo(vm.name());
        });
        Await.within(
                Duration.ofSeconds(20),
                "every agent is connected again",
                () -> site.api(Site.OPERATOR)
                        .get("/leases?active=true")
                        .ok()
                        .path("items")
                        .findValuesAsText("connected"),
                connected -> connected.size() == 3 && connected.stream().allMatch("true"::equals));
        assertThat(guests.stream().map(Guest::processes).toList()).isEqualTo(processes);
        assertThat(jobs()).isEqualTo(jobs);
    }

    @Test
    void orchestratorKilledRightAfterTheRequest_losesNothing_andStartsItOnce() {
        Guest guest = site.launch(LaunchPath.SCHEDULED);

        site.killOrchestrator();
        site.startOrchestrator();

        guest.ready();
        assertThat(guest.now().attempt()).isEqualTo(1);
        assertThat(guest.processes()).hasSize(1);
        assertThat(site.slurm().queue())
                .filteredOn(job -> job.user().equals(Site.RESEARCHER))
                .hasSize(1);
    }

    @Test
    void guestSwitchedOffWhileTheOrchestratorIsAway_isToldOfAfterwards() {
        Guest guest = site.launch(LaunchPath.SCHEDULED).ready();
        Vm vm = guest.now();

        site.killOrchestrator();
        site.node(vm.node()).signal("KILL", site.node(vm.node()).guestsOf(vm.id()));
        site.startOrchestrator();

        Vm over = guest.over(Duration.ofSeconds(40));
        assertThat(over.phase()).isEqualTo("FAILED");
        assertThat(over.reason()).isEqualTo("GUEST_CRASHED");
        assertThat(over.message()).isNotBlank();
    }

    private List<String> jobs() {
        return site.slurm().queue().stream().map(Slurm.Job::id).sorted().toList();
    }
}
