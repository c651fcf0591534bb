/**
 * Figures of samples, of checks and of training, drawn on Java2D and saved as PNG or SVG; no
 * display is needed.
 *
 * <p>Every plot is a {@link io.github.sbi4j.analysis.plot.Figure}: {@code save} writes a file,
 * {@code svg} gives an element for a page. All are immutable: each setting gives a changed copy.
 * They take plain numbers, so that any check can draw its own. Colours are told apart by readers of
 * all kinds of colour vision.
 *
 * <ul>
 *   <li>Distributions: {@link io.github.sbi4j.analysis.plot.PairPlot}, {@link
 *       io.github.sbi4j.analysis.plot.MarginalPlot}, {@link
 *       io.github.sbi4j.analysis.plot.ConditionalPairPlot}, {@link
 *       io.github.sbi4j.analysis.plot.CorrelationPlot}
 *   <li>Calibration: {@link io.github.sbi4j.analysis.plot.RankHistogramPlot}, {@link
 *       io.github.sbi4j.analysis.plot.CalibrationPlot} (coverage, TARP, pp-plots, ECDF
 *       differences), {@link io.github.sbi4j.analysis.plot.ClassifierMapPlot}
 *   <li>Predictions: {@link io.github.sbi4j.analysis.plot.PredictivePlot}, {@link
 *       io.github.sbi4j.analysis.plot.TimeSeriesPlot}
 *   <li>Training and chains: {@link io.github.sbi4j.analysis.plot.LossPlot}, {@link
 *       io.github.sbi4j.analysis.plot.ChainPlot} (traces, ranks, autocorrelations)
 * </ul>
 */
@NullMarked
package io.github.sbi4j.analysis.plot;

import org.jspecify.annotations.NullMarked;
