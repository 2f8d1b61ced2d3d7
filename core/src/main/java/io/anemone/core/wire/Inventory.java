package io.anemone.core.wire;

import java.util.List;

/**
 * What an agent found on its node beside the attempts that it supervises. Domains without our mark are not in it: they
 * are somebody else's.
 *
 * @param strays  domains
 * @param remains files
 */
public record Inventory(List<Stray> strays, List<Remains> remains) {

    public Inventory {
        strays = List.copyOf(strays);
        remains = List.copyOf(remains);
    }
}
