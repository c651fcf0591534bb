/**
 * Figures of samples, drawn on Java2D and saved as PNG or SVG; no display is needed.
 *
 * <p>{@link io.github.sbi4j.analysis.plot.PairPlot} shows all pairs of columns in a grid of
 * {@linkplain io.github.sbi4j.analysis.plot.Panel panels}, {@link
 * io.github.sbi4j.analysis.plot.MarginalPlot} one panel per column. Both are immutable: each
 * setting gives a changed copy.
 */
@NullMarked
package io.github.sbi4j.analysis.plot;

import org.jspecify.annotations.NullMarked;
