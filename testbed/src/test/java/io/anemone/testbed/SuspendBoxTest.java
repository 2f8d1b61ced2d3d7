package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A suspended guest goes on where it was, in another job; whoever died meanwhile. */
@BoxTest
class SuspendBoxTest {

    /** Memory and disk of a micro guest, on two busy cores. */
    private static final Duration SAVED = Duration.ofSeconds(60);

    private final Site site = Site.up();

    @ParameterizedTest
    @CsvSource({"SCHEDULED, researcher", "STATIC, anemone"})
    void suspendedAndResumed_theSameGuestGoesOn_inAnotherLease(LaunchPath path, String account) {
        // Given
        Guest guest = launched(path);
        Vm before = guest.now();
        Remembered remembered = Remembered.by(guest);
        SavedFiles files = new SavedFiles(site.box(), account);

        // When
        guest.act("suspend");

        // Then
        Vm suspended = guest.await(SAVED, "SUSPENDED");
        assertThat(suspended.json().path("suspendedAt").asText()).isNotEmpty();
        assertThat(guest.processes()).isEmpty();
        assertThat(files.of(guest)).containsExactly("drwx------ " + account + " 1");
        ownJobIsOver(path, before.jobId());

        // When
        guest.act("resume");

        // Then
        Vm after = guest.ready().now();
        assertThat(after.attempt()).isEqualTo(2);
        if (path == LaunchPath.SCHEDULED) {
            assertThat(after.jobId()).isNotEqualTo(before.jobId());
        }
        assertThat(after.json().path("warnings").toString()).doesNotContain("booted from its own disk");
        remembered.isStillThere(guest);
        assertThat(guest.processes()).hasSize(1);
        Await.within(Duration.ofSeconds(20), "what was saved is removed", () -> files.of(guest), List::isEmpty);
    }

    @Test
    void suspendedASecondTime_goesOnFromThere() {
        Guest guest = launched(LaunchPath.SCHEDULED);
        Remembered remembered = Remembered.by(guest);

        suspendedAndResumed(guest);
        suspendedAndResumed(guest);

        assertThat(guest.now().attempt()).isEqualTo(3);
        remembered.isStillThere(guest);
        assertThat(guest.processes()).hasSize(1);
    }

    @Test
    void orchestratorKilledWhileAGuestIsSuspended_andWhileItIsResumed_losesNothing() {
        // Given
        Guest guest = launched(LaunchPath.SCHEDULED);
        String job = guest.now().jobId();
        Remembered remembered = Remembered.by(guest);

        // When
        guest.act("suspend");
        site.killOrchestrator();
        site.startOrchestrator();

        // Then
        guest.await(SAVED, "SUSPENDED");
        assertThat(guest.processes()).isEmpty();
        ownJobIsOver(LaunchPath.SCHEDULED, job);

        // When
        guest.act("resume");
        site.killOrchestrator();
        site.startOrchestrator();

        // Then
        assertThat(guest.ready().now().attempt()).isEqualTo(2);
        remembered.isStillThere(guest);
        assertThat(guest.processes()).hasSize(1);
    }

    @Test
    void suspendedGuestDeleted_leavesNothing_onceAnotherOfItsOwnerRuns() {
        // Given
        site.pool(0);
        Guest guest = launched(LaunchPath.SCHEDULED);
        SavedFiles files = new SavedFiles(site.box(), Site.RESEARCHER);
        guest.act("suspend");
        guest.await(SAVED, "SUSPENDED");

        // When
        guest.delete();

        // Then
        Vm over = guest.over(Duration.ofSeconds(10));
        assertThat(over.phase()).isEqualTo("STOPPED");
        assertThat(over.reason()).isEqualTo("USER");
        assertThat(guest.processes()).isEmpty();

        // When
        Guest next = launched(LaunchPath.SCHEDULED);

        // Then
        Await.within(Duration.ofSeconds(20), "what was saved is removed", () -> files.of(guest), List::isEmpty);
        assertThat(guest.processes()).isEmpty();
        next.delete();
        next.over(Duration.ofSeconds(20));
        Await.within(
                Duration.ofSeconds(20),
                "no trace is left on any node",
                () -> Node.NAMES.stream()
                        .flatMap(node -> site.node(node).traces().stream())
                        .toList(),
                List::isEmpty);
    }

    @Test
    void directVm_cannotBeSuspended() {
        Guest guest = launched(LaunchPath.DIRECT);

        assertThat(site.api(Site.BATCH)
                        .post("/vms/" + guest.id() + "/actions/suspend", Map.of())
                        .code())
                .isEqualTo("NOT_FOR_THIS_PATH");
        assertThat(guest.now().phase()).isEqualTo("READY");
    }

    @ParameterizedTest
    @EnumSource
    void rebooted_isReadyAgain_underTheSameDomain(LaunchPath path) {
        Guest guest = launched(path);
        Vm before = guest.now();
        List<String> processes = guest.processes();
        String boot = guest.ssh(Remembered.BOOT_ID).ok();

        guest.act("reboot");

        assertThat(guest.now().json().path("rebooting").asBoolean()).isTrue();
        Vm after = Await.within(
                Guest.UNTIL_READY,
                "it is rebooted",
                guest::now,
                vm -> !vm.json().path("rebooting").asBoolean());
        assertThat(after.phase()).isEqualTo("READY");
        // On a machine that is too busy the guest's boot deadline passes before it is up.
        Await.within(
                Guest.UNTIL_READY,
                "it was booted anew",
                () -> guest.ssh(Remembered.BOOT_ID),
                ran -> ran.exit() == 0 && !ran.out().strip().equals(boot));
        assertThat(guest.processes()).isEqualTo(processes);
        assertThat(after.jobId()).isEqualTo(before.jobId());
        assertThat(after.attempt()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void shutDown_switchesItsGuestOff_andItsOwnJobEnds(LaunchPath path) {
        Guest guest = launched(path);
        String job = guest.now().jobId();

        guest.act("shutdown");

        Vm over = guest.over(Duration.ofSeconds(30));
        assertThat(over.phase()).isEqualTo("STOPPED");
        assertThat(over.reason()).isEqualTo("USER");
        assertThat(guest.processes()).isEmpty();
        ownJobIsOver(path, job);
    }

    private Guest launched(LaunchPath path) {
        if (path == LaunchPath.STATIC) {
            site.pool(1);
        }
        return site.launch(path).ready();
    }

    private static void suspendedAndResumed(Guest guest) {
        guest.act("suspend");
        guest.await(SAVED, "SUSPENDED");
        guest.act("resume");
        guest.ready();
    }

    private void ownJobIsOver(LaunchPath path, String job) {
        Await.within(
                Duration.ofSeconds(20),
                "job " + job + " is there only for a pool",
                () -> site.slurm().queued(job).isPresent(),
                there -> there == (path == LaunchPath.STATIC));
    }
}
