/** An epidemic among agents on a grid: a model with state, seen as a time series. */
@NullMarked
package io.github.sbi4j.examples.epidemic;

import org.jspecify.annotations.NullMarked;
