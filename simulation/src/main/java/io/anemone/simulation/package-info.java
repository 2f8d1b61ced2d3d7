/** A whole site in virtual time: the real planner, machines, agents and supervisors, with faults, from one seed. */
@NullMarked
package io.anemone.simulation;

import org.jspecify.annotations.NullMarked;
