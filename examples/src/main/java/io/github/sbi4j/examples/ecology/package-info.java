/**
 * Lynx and hares of Hudson's Bay: twenty-one years of pelts and the Lotka-Volterra equations.
 *
 * <p>The model is that of B. Carpenter, <i>Predator-Prey Population Dynamics: the Lotka-Volterra
 * model in Stan</i> (2018), whose posterior is known from long runs of Markov chain Monte Carlo.
 */
@NullMarked
package io.github.sbi4j.examples.ecology;

import org.jspecify.annotations.NullMarked;
