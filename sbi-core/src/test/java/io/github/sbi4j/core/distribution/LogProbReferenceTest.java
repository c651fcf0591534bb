package io.github.sbi4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Log-densities against numbers computed elsewhere.
 *
 * <p>Each number is the textbook formula in mpmath 1.3 with 60 digits at the exact doubles of the
 * parameters and the value, rounded once; {@code logpdf} of scipy 1.17.1 agrees to 1e-12 wherever
 * it does not overflow, except for Gamma(1e6, 1e3), where it is off by 7e-10.
 */
class LogProbReferenceTest {
  @ParameterizedTest
  @CsvSource({
    "Uniform, -1.0 3.0, 0.0, -1.3862943611198906",
    "Uniform, -1.0 3.0, 2.5, -1.3862943611198906",
    "Normal, 0.0 1.0, 0.0, -0.9189385332046728",
    "Normal, 0.0 1.0, 1.5, -2.0439385332046727",
    "Normal, 0.0 1.0, -40.0, -800.9189385332047",
    "Normal, 10.0 0.1, 9.8, -0.6163534402106127",
    "Normal, 10.0 0.1, 10000000000.0, -4.999999989999999e+21",
    "LogNormal, 0.0 1.0, 1.0, -0.9189385332046728",
    "LogNormal, 0.0 1.0, 0.3, -0.439740985656966",
    "LogNormal, 0.0 1.0, 1e-300, -237895.5583821629",
    "LogNormal, 1.0 0.5, 4.0, -1.9105323806306669",
    "LogNormal, 1.0 0.5, 1e+300, -952271.5590937696",
    "HalfNormal, 2.0, 1e-10, -0.9189385332046728",
    "HalfNormal, 2.0, 1.5, -1.2001885332046727",
    "HalfNormal, 2.0, 60.0, -450.91893853320465",
    "Exponential, 0.5, 1e-300, -0.6931471805599453",
    "Exponential, 0.5, 3.0, -2.1931471805599454",
    "Exponential, 0.5, 100000.0, -50000.69314718056",
    "Gamma, 0.5 2.0, 1e-300, 345.16197259646214",
    "Gamma, 0.5 2.0, 0.7, -1.4474538806753612",
    "Gamma, 0.5 2.0, 10000.0, -20004.83096153863",
    "Gamma, 30.0 2.0, 1e-08, -584.6623651449883",
    "Gamma, 30.0 2.0, 15.0, -1.9291677184055578",
    "Gamma, 30.0 2.0, 1000.0, -1850.1377204598878",
    "Gamma, 1000000.0 1000.0, 1000.0, -0.9189386165380061",
    "Gamma, 1000000.0 1000.0, 1001.0, -1.4196050333379229",
    "Gamma, 0.5 1e-10, 5e-324, 360.1347455527957",
    "Gamma, 0.001 1.0, 1e-320, 729.183234764699",
    "Gamma, 0.001 1.0, 1e-291, 662.4750309138221",
    "Gamma, 0.001 1.0, 1e-289, 657.87446589802",
    "Beta, 2.0 5.0, 0.3, 0.7705248015812899",
    "Beta, 2.0 5.0, 1e-300, -687.3743305165516",
    "Beta, 2.0 5.0, 0.999999999999, -107.12297556991228",
    "Beta, 0.5 0.5, 5e-324, 371.07530607484125",
    "Beta, 0.5 0.5, 0.5, -0.4515827052894549",
    "Beta, 200.0 300.0, 1e-05, -1953.0950444785608",
    "Beta, 200.0 300.0, 0.4, 2.901395916476596",
    "Beta, 200.0 300.0, 0.9999, -2415.9315591505133",
    "Beta, 1000.0 2.0, 0.999, 5.90925494606527",
    "StudentT, 3.0 0.0 1.0, 0.0, -1.0008888496235098",
    "StudentT, 3.0 0.0 1.0, 1.2, -1.7849730251755571",
    "StudentT, 3.0 0.0 1.0, 10000000000.0, -90.90706799204912",
    "StudentT, 3.0 0.0 1.0, 1e+200, -1840.871738667524",
    "StudentT, 1.0 2.0 0.5, 2.1, -0.49080341844273623",
    "StudentT, 1.0 2.0 0.5, -10000000000.0, -47.88957892669026",
    "StudentT, 1.0 2.0 0.5, 1e+300, -1383.3889328628368",
    "StudentT, 0.5 0.0 1.0, 1e+155, -537.1814274324471",
    "StudentT, 10000000000.0 0.0 1.0, 1.0, -1.4189385332546727",
    "StudentT, 10000000000.0 0.0 1.0, 10.0, -50.918938288229675",
    "StudentT, 100000.0 0.0 2.0, 10000000000.0, -1657642.2900187706",
  })
  void univariate(String type, String parameters, double x, double expected) {
    double[] p = numbers(parameters);
    double actual = distribution(type, p).logProb(new double[] {x});
    assertThat(actual).isCloseTo(expected, within(1e-13 * Math.max(1, Math.abs(expected))));
  }

  private static Distribution distribution(String type, double[] p) {
    return switch (type) {
      case "Uniform" -> Uniform.of(p[0], p[1]);
      case "Normal" -> Normal.of(p[0], p[1]);
      case "LogNormal" -> LogNormal.of(p[0], p[1]);
      case "HalfNormal" -> HalfNormal.of(p[0]);
      case "Exponential" -> Exponential.of(p[0]);
      case "Gamma" -> Gamma.of(p[0], p[1]);
      case "Beta" -> Beta.of(p[0], p[1]);
      case "StudentT" -> StudentT.of(p[0], p[1], p[2]);
      default -> throw new IllegalArgumentException(type);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "1 -2 0.5, -2.4827248944591385",
    "0 0 0, -8.996565724908965",
    "100 -50 30, -13453.6332439256",
  })
  void multivariateNormal(String value, double expected) {
    double[] mean = {1, -2, 0.5};
    double[][] covariance = {{2, 0.6, -0.3}, {0.6, 1, 0.2}, {-0.3, 0.2, 0.5}};
    double actual = MultivariateNormal.of(mean, covariance).logProb(numbers(value));
    // The condition number of the covariance, about 30, is lost of sixteen digits.
    assertThat(actual).isCloseTo(expected, within(1e-13 * Math.abs(expected)));
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }
}
