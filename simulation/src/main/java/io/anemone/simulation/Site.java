package io.anemone.simulation;

import java.util.ArrayList;
import java.util.List;

/** What all parties of one run share. */
record Site(
        World world,
        Faults faults,
        Database database,
        Domains domains,
        SharedStorage storage,
        PlantedBug bug,
        List<Orchestrator> orchestrators) {

    Site(World world, Faults faults, PlantedBug bug) {
        this(world, faults, new Database(world, faults), new Domains(), new SharedStorage(), bug, new ArrayList<>());
    }
}
