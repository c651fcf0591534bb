/**
 * The methods of simulation-based inference: what is learned from simulations, by which loss, and
 * the posterior it gives.
 */
@NullMarked
package io.github.sbi4j.flows.inference;

import org.jspecify.annotations.NullMarked;
