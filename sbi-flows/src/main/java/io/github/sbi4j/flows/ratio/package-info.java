/**
 * Classifiers that learn the ratio of likelihood to evidence, r(theta, x) = p(x | theta) / p(x).
 *
 * <p>A {@link io.github.sbi4j.flows.ratio.Classifier} says what network gives log r, a {@link
 * io.github.sbi4j.flows.ratio.RatioLoss} how it is trained: to tell the parameters that an
 * observation was simulated with from those of other simulations.
 */
@NullMarked
package io.github.sbi4j.flows.ratio;

import org.jspecify.annotations.NullMarked;
