package io.anemone.core.plan;

import io.anemone.core.vm.Goal;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;

/** A VM as the planner sees it. */
public record VmView(VmId id, VmSpec spec, Goal goal, VmState state) {}
