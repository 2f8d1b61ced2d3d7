package io.anemone.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.agent.Guests;
import io.anemone.agent.vm.Suspension.Result;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.HypervisorFailure;
import io.anemone.core.hypervisor.Sighting.Ending;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SuspensionTest {

    private final Rig rig = new Rig();
    private final DomainId id = Guests.id();
    private final Suspension suspension = new Suspension(id, id, 128, rig.parts);

    @BeforeEach
    void start() {
        rig.hypervisor.create(Guests.spec(id));
    }

    private void guestGoesOn() {
        assertThat(rig.hypervisor.exists(id)).isTrue();
        assertThat(rig.hypervisor.paused(id)).isFalse();
        assertThat(rig.saved.begun(id)).isEmpty();
        assertThat(rig.saved.find(id)).isEmpty();
    }

    @Test
    void saved_itsDomainIsGone() {
        // When
        Result result = suspension.run();

        // Then
        assertThat(result).isEqualTo(new Result.Saved());
        assertThat(rig.hypervisor.exists(id)).isFalse();
        assertThat(rig.saved.find(id)).isPresent();
        assertThat(rig.saved.begun(id)).isEmpty();
    }

    @Test
    void noRoom_guestGoesOn() {
        // Given
        Failure full = new Failure(ErrorCode.SUSPEND_FAILED, "There is no room.");
        rig.saved.failWith(full);

        // When, Then
        assertThat(suspension.run()).isEqualTo(new Result.Failed(full));
        guestGoesOn();
    }

    @Test
    void memoryCannotBeWritten_guestGoesOnAndNothingIsLeft() {
        // Given
        rig.hypervisor.failsNextSave(new HypervisorFailure.Failed("no space left on device"));

        // When
        Result result = suspension.run();

        // Then
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.failure().message()).contains("no space left", "node: n1"));
        guestGoesOn();
    }

    @Test
    void toBeEndedMeanwhile_isNotSaved() {
        // Given
        suspension.abandon();

        // When, Then
        assertThat(suspension.run()).isInstanceOf(Result.Failed.class);
        guestGoesOn();
    }

    @Test
    void guestEndsFirst_theDomainTells() throws Exception {
        // Given
        rig.hypervisor.ends(id, Ending.POWERED_OFF);

        // When, Then
        assertThat(suspension.run()).isEqualTo(new Result.LookAgain());
        assertThat(Suspension.isSaved(id, rig.parts)).isFalse();
        assertThat(rig.saved.begun(id)).isEmpty();
    }

    @Test
    void hypervisorDown_nothingIsKnown() {
        // Given
        rig.hypervisor.goesDown();

        // When, Then
        assertThat(suspension.run()).isEqualTo(new Result.LookAgain());
        assertThat(rig.saved.find(id)).isEmpty();
    }

    @Test
    void agentDiedBeforeItSaidSo_whatIsWholeCounts() throws Exception {
        // Given
        Path memory = rig.saved.begin(id, id, Path.of("/nonexistent"), 128);
        rig.hypervisor.save(id, memory.toString());

        // When, Then
        assertThat(Suspension.isSaved(id, rig.parts)).isTrue();
        assertThat(rig.saved.find(id)).isPresent();
    }

    @Test
    void agentDiedAndTheHypervisorIsDown_isLeftOpen() throws Exception {
        // Given
        Path memory = rig.saved.begin(id, id, Path.of("/nonexistent"), 128);
        rig.hypervisor.save(id, memory.toString());
        rig.hypervisor.goesDown();

        // When, Then
        assertThatThrownBy(() -> Suspension.isSaved(id, rig.parts)).isInstanceOf(HypervisorException.class);
        assertThat(rig.saved.begun(id)).contains(memory);
    }
}
