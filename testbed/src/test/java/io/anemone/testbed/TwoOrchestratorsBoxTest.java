package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two orchestrators on one database: either does everything, and together they do nothing twice. */
@BoxTest
class TwoOrchestratorsBoxTest {

    private static final Duration CONVERGED = Duration.ofSeconds(10);

    private final Site site = Site.up();

    @BeforeAll
    static void two() {
        Site.up().orchestrators(2);
        // What was launched by hand would be counted.
        Site.up().clear();
    }

    @AfterEach
    void both() {
        site.orchestrators(2);
    }

    @AfterAll
    static void one() {
        Site.up().orchestrators(1);
    }

    @Test
    void vmOfEachPath_isToldOfAndEndedByEither() {
        Api first = site.apiOf(1, Site.RESEARCHER);
        Api second = site.apiOf(2, Site.RESEARCHER);
        site.pool(1);
        List<Guest> guests = List.of(
                site.request(second, "static", Map.of()),
                site.request(second, "scheduled", Map.of()),
                site.launch(LaunchPath.DIRECT));

        for (Guest guest : guests) {
            guest.ready();
            assertThat(guest.ssh("uname -n").ok()).isEqualTo(guest.now().name());
            assertThat(guest.processes()).hasSize(1);
        }
        assertThat(new Vm(second.get("/vms/" + guests.getFirst().id()).ok()).phase())
                .isEqualTo("READY");

        first.delete("/vms/" + guests.get(0).id()).ok();
        second.delete("/vms/" + guests.get(1).id()).ok();
        site.apiOf(2, Site.BATCH).delete("/vms/" + guests.get(2).id()).ok();
        guests.forEach(guest -> guest.over(Duration.ofSeconds(20)));
    }

    @Test
    void firstKilledInTheMiddleOfCreatesAndDeletes_nothingHappensTwice_andTheSecondGoesOn() {
        burst(1, 2);
    }

    @Test
    void secondKilledInTheMiddleOfCreatesAndDeletes_nothingHappensTwice_andTheFirstGoesOn() {
        burst(2, 1);
    }

    /** Ten VMs by either orchestrator in turn, six of them deleted at once, and one of the two killed meanwhile. */
    private void burst(int victim, int survivor) {
        Api[] apis = {site.apiOf(1, Site.RESEARCHER), site.apiOf(2, Site.RESEARCHER)};
        Api alive = apis[survivor - 1];
        site.pool(0);
        Guest before = site.request("scheduled", Map.of("name", "before")).ready();
        List<String> processes = before.processes();
        List<String> kept = new ArrayList<>(List.of(before.id()));
        List<String> deleted = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            if (i == 5) {
                site.killOrchestrator(victim);
            }
            Api api = i < 5 ? apis[i % 2] : alive;
            String vm =
                    site.request(api, "scheduled", Map.of("name", "burst-" + i)).id();
            (i % 2 == 0 && i < 8 ? kept : deleted).add(vm);
            if (deleted.contains(vm)) {
                alive.delete("/vms/" + vm).ok();
            }
        }

        Await.within(
                CONVERGED,
                "what was deleted is over",
                () -> deleted.stream()
                        .map(vm -> new Vm(alive.get("/vms/" + vm).ok()))
                        .toList(),
                vms -> vms.stream().allMatch(Vm::over));
        Await.within(
                CONVERGED,
                "what shall run has a job each",
                () -> kept.stream()
                        .map(vm -> new Vm(alive.get("/vms/" + vm).ok()))
                        .toList(),
                vms -> vms.stream().allMatch(vm -> !vm.jobId().isEmpty()));
        nothingTwice();
        for (String vm : kept) {
            Await.within(
                    Guest.UNTIL_READY,
                    "VM " + vm + " is READY",
                    () -> new Vm(alive.get("/vms/" + vm).ok()),
                    now -> now.phase().equals("READY") && now.attempt() == 1);
            nothingTwice();
        }

        site.orchestrators(2);
        assertThat(before.processes()).isEqualTo(processes);
        Await.within(
                CONVERGED,
                "every agent is connected",
                () -> site.apiOf(victim, Site.OPERATOR)
                        .get("/leases?active=true")
                        .ok()
                        .path("items")
                        .findValuesAsText("connected"),
                connected ->
                        connected.size() == kept.size() && connected.stream().allMatch("true"::equals));
        apis[victim - 1].delete("/vms/" + kept.getFirst()).ok();
        assertThat(Await.within(
                                CONVERGED,
                                "the one that came back ends a VM",
                                () -> new Vm(
                                        alive.get("/vms/" + kept.getFirst()).ok()),
                                Vm::over)
                        .reason())
                .isEqualTo("USER");
        nothingTwice();
    }

    /** By the scheduler's record of all jobs, those that are over too, and by the QEMUs that run. */
    private void nothingTwice() {
        assertThat(site.slurm().names().stream()
                        .filter(name -> name.startsWith("anemone-"))
                        .toList())
                .doesNotHaveDuplicates();
        assertThat(Node.NAMES.stream()
                        .flatMap(node -> site.node(node).running().stream())
                        .toList())
                .doesNotHaveDuplicates();
    }
}
