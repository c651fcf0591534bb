package io.github.sbi4j.analysis.metric;

/**
 * The sliced Wasserstein distance of two sets of samples.
 *
 * @param distance the distance, in units of the samples
 * @param standardError what the choice of random directions adds as error; zero for one column
 * @param projections the number of directions
 */
public record SlicedWassersteinResult(double distance, double standardError, int projections) {}
