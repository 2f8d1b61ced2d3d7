package io.anemone.core.wire;

import java.util.Objects;
import java.util.UUID;

/**
 * The root disk of a guest shall be saved as an image while it runs: copied as it is at one moment, and brought to the
 * orchestrators at {@link WireTypes#SAVES_PATH}. An agent does it once; whether it worked it says there, too.
 *
 * @param save      what it is brought as; another one is another order
 * @param image     that is made of it, for messages
 * @param mostBytes that the copy may have as a file
 */
public record SaveOrder(UUID save, String image, long mostBytes) {

    public SaveOrder {
        Objects.requireNonNull(save, "save");
        if (mostBytes < 1) {
            throw new IllegalArgumentException("mostBytes must be at least 1, not " + mostBytes);
        }
    }
}
