package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VmStatsTest extends CommandTest {

    private String measured(String items) {
        site.has(Vms.ready("web"));
        site.answers("/vms/" + Vms.idOf("web") + "/stats", "{\"items\": [" + items + "]}");
        return person.runs("vm", "stats", "web", "-n", "1").out();
    }

    private static String usage(String at, String cpu) {
        return """
                {"at": "2026-01-01T12:00:%sZ", "cpuPercent": %s, "residentBytes": 157286400,
                 "diskReadBytesPerSecond": 0.0, "diskWrittenBytesPerSecond": 2048.0,
                 "networkReceivedBytesPerSecond": null, "networkSentBytesPerSecond": null}""".formatted(at, cpu);
    }

    @Test
    void measuredVm_showsTheNewestAndADashForWhatIsNotKnown() {
        assertThat(measured(usage("00", "5.0") + "," + usage("15", "98.6"))).isEqualToNormalizingNewlines("""
                AT        CPU   MEMORY   DISK READ  DISK WRITTEN  NET IN  NET OUT
                12:00:15  99 %  150 MiB  0 B/s      2 KiB/s       -       -
                """);
    }

    @Test
    void nothingMeasured_isSaid() {
        site.has(Vms.ready("web"));
        site.answers("/vms/" + Vms.idOf("web") + "/stats", "{\"items\": []}");

        Person.Result result = person.runs("vm", "stats", "web");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Nothing was measured");
    }
}
