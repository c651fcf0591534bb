/**
 * Learning where a simulator gives what one can use, so that simulations are not wasted elsewhere.
 */
@NullMarked
package io.github.sbi4j.flows.restriction;

import org.jspecify.annotations.NullMarked;
