/** Probability distributions over D real values, their supports and the bijections that remove the bounds. */
@NullMarked
package io.github.sbi4j.core.distribution;

import org.jspecify.annotations.NullMarked;
