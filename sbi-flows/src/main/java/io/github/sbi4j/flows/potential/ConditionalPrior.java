package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The prior of some parameters given the values of the others: p(free | fixed) where it is known in
 * closed form, otherwise a {@link ProposalPrior}.
 */
final class ConditionalPrior {
  private ConditionalPrior() {}

  /**
   * The conditional distribution.
   *
   * @param joint of D values
   * @param values D values, NaN where one is free; at least one is and at least one is not
   */
  static Distribution of(Distribution joint, double[] values) {
    List<String> names = joint.names();
    String[] free =
        IntStream.range(0, values.length)
            .filter(isFree(values))
            .mapToObj(names::get)
            .toArray(String[]::new);
    return unnamed(joint, values).named(free).checked();
  }

  private static IntPredicate isFree(double[] values) {
    return d -> Double.isNaN(values[d]);
  }

  private static Distribution unnamed(Distribution joint, double[] values) {
    Distribution plain = joint.unwrapped();
    if (plain instanceof BoxUniform box) {
      return BoxUniform.of(
          free(box.support().lower(), values), free(box.support().upper(), values));
    }
    if (plain instanceof MultivariateNormal normal) {
      return given(normal, values);
    }
    if (plain instanceof Independent independent) {
      return given(independent, values);
    }
    return ProposalPrior.of(
        joint, IntStream.range(0, values.length).filter(isFree(values)).toArray());
  }

  private static double[] free(double[] all, double[] values) {
    return IntStream.range(0, all.length).filter(isFree(values)).mapToDouble(d -> all[d]).toArray();
  }

  /** Parts that are free stay as they are, but for names, which are given to the whole. */
  private static Distribution given(Independent independent, double[] values) {
    List<Distribution> parts = new ArrayList<>();
    int start = 0;
    for (Distribution part : independent.parts()) {
      double[] slice = Arrays.copyOfRange(values, start, start + part.dimension());
      long free = Arrays.stream(slice).filter(Double::isNaN).count();
      if (free > 0) {
        parts.add(free == slice.length ? part.unwrapped() : unnamed(part, slice));
      }
      start += part.dimension();
    }
    return parts.size() == 1 ? parts.get(0) : Independent.of(parts);
  }

  /**
   * One value after the other is conditioned on: mean + cov(., i) (v<sub>i</sub> -
   * mean<sub>i</sub>) / var(i), and cov - cov(., i) cov(i, .) / var(i).
   */
  private static Distribution given(MultivariateNormal normal, double[] values) {
    double[] mean = normal.mean();
    double[][] covariance = normal.covariance();
    for (int i = 0; i < mean.length; i++) {
      if (Double.isNaN(values[i])) {
        continue;
      }
      double[] ofFixed = covariance[i].clone();
      double residual = values[i] - mean[i];
      for (int j = 0; j < mean.length; j++) {
        double slope = ofFixed[j] / ofFixed[i];
        mean[j] += slope * residual;
        for (int k = 0; k < mean.length; k++) {
          covariance[j][k] -= slope * ofFixed[k];
        }
      }
    }
    double[][] rows =
        IntStream.range(0, mean.length)
            .filter(isFree(values))
            .mapToObj(d -> free(covariance[d], values))
            .toArray(double[][]::new);
    return MultivariateNormal.of(free(mean, values), rows);
  }
}
