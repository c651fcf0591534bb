package io.github.sbi4j.analysis.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Round numbers along an axis.
 *
 * @param values the numbers in ascending order
 * @param labels the same as text, all with the same number of decimals
 */
record Ticks(List<Double> values, List<String> labels) {
  private static final double[] ROUND = {1, 2, 2.5, 5, 10};

  /**
   * At most {@code count} multiples of the smallest fitting 1, 2, 2.5 or 5 times a power of ten.
   */
  static Ticks of(double low, double high, int count) {
    double rough = (high - low) / Math.max(1, count);
    int power = (int) Math.floor(Math.log10(rough));
    for (int p = power; ; p++) {
      for (double round : ROUND) {
        BigDecimal step = new BigDecimal(String.valueOf(round)).scaleByPowerOfTen(p);
        long first = (long) Math.ceil(low / step.doubleValue() - 1e-9);
        long last = (long) Math.floor(high / step.doubleValue() + 1e-9);
        if (last - first + 1 <= count) {
          return multiples(step, first, last);
        }
      }
    }
  }

  private static Ticks multiples(BigDecimal step, long first, long last) {
    List<Double> values = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    double largest = Math.max(Math.abs(first), Math.abs(last)) * step.doubleValue();
    boolean scientific = largest >= 1e5 || largest < 1e-3;
    int decimals = Math.max(0, step.stripTrailingZeros().scale());
    for (long i = first; i <= last; i++) {
      BigDecimal value = step.multiply(BigDecimal.valueOf(i));
      values.add(value.doubleValue());
      String plain =
          value.setScale(scientific ? 0 : decimals, RoundingMode.HALF_EVEN).toPlainString();
      labels.add(scientific && i != 0 ? scientific(value) : plain.replace('-', '−'));
    }
    return new Ticks(List.copyOf(values), List.copyOf(labels));
  }

  private static String scientific(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    BigDecimal mantissa = stripped.scaleByPowerOfTen(-exponent).stripTrailingZeros();
    return (mantissa.toPlainString() + "e" + exponent).replace('-', '−');
  }
}
