/**
 * The training loop, its settings and its report; it sees a loss and weights, and neither an engine
 * nor an estimator.
 */
@NullMarked
package io.github.sbi4j.flows.training;

import org.jspecify.annotations.NullMarked;
