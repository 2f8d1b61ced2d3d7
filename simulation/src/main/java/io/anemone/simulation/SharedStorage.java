package io.anemone.simulation;

import io.anemone.agent.files.SavedGuests.Guest;
import io.anemone.core.hypervisor.DomainId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The file system that every node sees: suspended guests, and those that are half written. */
final class SharedStorage {

    /** The files that hold a guest, whole. */
    final Set<String> memory = new HashSet<>();

    final Map<DomainId, Guest> begun = new HashMap<>();
    final Map<DomainId, Guest> complete = new LinkedHashMap<>();

    /** The job that saved each. */
    final Map<DomainId, String> jobs = new HashMap<>();
}
