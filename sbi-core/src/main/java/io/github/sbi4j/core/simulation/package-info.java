/** Simulators, the runner that calls them on all cores, and the table of what they gave. */
@NullMarked
package io.github.sbi4j.core.simulation;

import org.jspecify.annotations.NullMarked;
