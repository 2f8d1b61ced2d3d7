package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;

/** What only the memory of a running guest holds: which boot it is, a file of a RAM disk, and a process that counts. */
final class Remembered {

    static final String BOOT_ID = "cat /proc/sys/kernel/random/boot_id";

    private static final String COUNTED = "cat /tmp/counted";

    private final String boot;
    private final String word;
    private final String counter;
    private final int counted;

    private Remembered(String boot, String word, String counter, int counted) {
        this.boot = boot;
        this.word = word;
        this.counter = counter;
        this.counted = counted;
    }

    /** Makes it remember. The micro image has no disk: its root is memory. */
    static Remembered by(Guest guest) {
        String word = UUID.randomUUID().toString();
        guest.ssh("echo " + word + " > /tmp/word").ok();
        guest.ssh("(i=0; while :; do i=$((i + 1)); echo $i > /tmp/next; mv /tmp/next /tmp/counted; sleep 1; done)"
                        + " > /dev/null 2>&1 < /dev/null & echo $! > /tmp/counter")
                .ok();
        int counted = Integer.parseInt(
                Await.within(Duration.ofSeconds(20), "it counts", () -> guest.ssh(COUNTED), ran -> ran.exit() == 0)
                        .ok());
        return new Remembered(guest.ssh(BOOT_ID).ok(), word, counter(guest), counted);
    }

    void isStillThere(Guest guest) {
        assertThat(guest.ssh(BOOT_ID).ok()).as("boot id").isEqualTo(boot);
        assertThat(guest.ssh("cat /tmp/word").ok()).isEqualTo(word);
        assertThat(counter(guest)).as("the process that counts").isEqualTo(counter);
        int now = Integer.parseInt(guest.ssh(COUNTED).ok());
        assertThat(now).as("counted so far").isGreaterThanOrEqualTo(counted);
        Await.within(
                Duration.ofSeconds(20),
                "it goes on counting",
                () -> Integer.parseInt(guest.ssh(COUNTED).ok()),
                later -> later > now);
    }

    /** Process id and when it was started, in ticks of that boot. */
    private static String counter(Guest guest) {
        return guest.ssh("cut -d' ' -f1,22 /proc/$(cat /tmp/counter)/stat").ok();
    }
}
