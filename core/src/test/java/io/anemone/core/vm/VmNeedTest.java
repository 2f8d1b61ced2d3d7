package io.anemone.core.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.Grant;
import io.anemone.core.vm.Hardware.Firmware;
import org.junit.jupiter.api.Test;

class VmNeedTest {

    private static final Hardware WHOLE = new Hardware(Firmware.BIOS, false, false, true, 100);
    private static final Hardware ALL = new Hardware(Firmware.UEFI, true, false, true, 100);

    @Test
    void smallGuest_needs128MiBMore() {
        assertThat(VmNeed.of(new VmSize(1, 256), Hardware.DEFAULT)).isEqualTo(new VmNeed(100, 384));
    }

    @Test
    void largerMachine_needsMoreBesides() {
        assertThat(VmNeed.overheadMiB(new VmSize(4, 1024), Hardware.DEFAULT)).isEqualTo(152);
        assertThat(VmNeed.overheadMiB(new VmSize(4, 65_536), Hardware.DEFAULT)).isEqualTo(152 + 126);
        assertThat(VmNeed.overheadMiB(new VmSize(4, 1024), ALL)).isEqualTo(152 + 32);
    }

    @Test
    void partOfACore_isAWholeOneForTheScheduler() {
        // Given
        VmNeed need = VmNeed.of(new VmSize(2, 256), new Hardware(Firmware.BIOS, false, false, false, 25));

        // Then
        assertThat(need.cpuPercent()).isEqualTo(50);
        assertThat(need.wholeCores()).isEqualTo(1);
        assertThat(need.plus(need).fits(new Grant(1, 784))).isTrue();
        assertThat(need.plus(need).plus(need).fits(new Grant(1, 4096))).isFalse();
    }

    @Test
    void wholeNode_isAsLargeAsFitsItsGrant() {
        for (int memory = 700; memory < 300_000; memory += 997) {
            for (Hardware hardware : new Hardware[] {WHOLE, ALL}) {
                // Given
                Grant grant = new Grant(32, memory);

                // When
                VmSize size = VmNeed.sizeOn(grant, new VmSize(1, 64), hardware);

                // Then
                assertThat(size.vcpus()).isEqualTo(32);
                assertThat(VmNeed.of(size, hardware).fits(grant)).isTrue();
                assertThat(size.memoryMiB()).isGreaterThan(memory - 408 - memory / 256);
            }
        }
    }

    @Test
    void anyOther_isAsLargeAsAskedFor() {
        assertThat(VmNeed.sizeOn(new Grant(32, 4096), new VmSize(1, 64), Hardware.DEFAULT))
                .isEqualTo(new VmSize(1, 64));
    }
}
