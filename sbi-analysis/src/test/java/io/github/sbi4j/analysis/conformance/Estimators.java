package io.github.sbi4j.analysis.conformance;

import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Nsf;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The density estimators as users get them. */
final class Estimators {
  private Estimators() {}

  static Stream<Named<DensityEstimator>> all() {
    return Stream.of(
        Named.of("MDN", Mdn.defaults()),
        Named.of("MAF", Maf.defaults()),
        Named.of("NSF", Nsf.defaults()));
  }

  static Stream<Named<DensityEstimator>> flows() {
    return all().skip(1);
  }
}
