package io.anemone.core.vm;

/**
 * Memory and disk of a suspended guest, complete and kept where every node finds them.
 *
 * @param attempt the attempt that saved them, which names them; what an earlier one of the VM saved is of no use any more
 */
public record Saved(int attempt) {

    public Saved {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, not " + attempt);
        }
    }
}
