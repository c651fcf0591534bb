package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import org.apache.commons.numbers.gamma.ErfDifference;
import org.apache.commons.numbers.gamma.Erfcx;

/** The log of the standard normal's probability between two finite bounds. */
final class NormalProbability {
  private static final double SQRT_HALF = Math.sqrt(0.5);

  private NormalProbability() {}

  static Expression between(Expression low, Expression high) {
    return Expression.elementwise(
        (rows, in, values, derivatives) -> {
          for (int i = 0; i < rows; i++) {
            values[i] = logProbability(in[0][i], in[1][i]);
          }
          for (int k = 0; k < 2; k++) {
            double[] derivative = derivatives[k];
            for (int i = 0; i < derivative.length && i < rows; i++) {
              double x = in[k][i];
              double density = Math.exp(-0.5 * x * x - 0.5 * Math.log(2 * Math.PI) - values[i]);
              derivative[i] = k == 0 ? -density : density;
            }
          }
        },
        low,
        high);
  }

  private static double logProbability(double low, double high) {
    if (low > 5 || high < -5) {
      // In a tail: the exponential of the nearer bound taken out.
      double near = low > 0 ? low : -high;
      double far = low > 0 ? high : -low;
      double ratio =
          Erfcx.value(near * SQRT_HALF)
              - Erfcx.value(far * SQRT_HALF) * Math.exp(0.5 * (near - far) * (near + far));
      return Math.log(0.5 * ratio) - 0.5 * near * near;
    }
    return Math.log(0.5 * ErfDifference.value(low * SQRT_HALF, high * SQRT_HALF));
  }
}
