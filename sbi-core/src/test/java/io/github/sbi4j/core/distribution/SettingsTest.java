package io.github.sbi4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Distributions tell what they were made with, exactly. */
class SettingsTest {
  @Test
  void univariateOnesTellTheirSettings() {
    assertThat(Normal.of(0.1, 0.3).mean()).containsExactly(0.1);
    assertThat(Normal.of(0.1, 0.3).standardDeviation()).isEqualTo(0.3);
    assertThat(LogNormal.of(0.1, 0.3).mu()).isEqualTo(0.1);
    assertThat(LogNormal.of(0.1, 0.3).sigma()).isEqualTo(0.3);
    assertThat(HalfNormal.of(0.3).scale()).isEqualTo(0.3);
    assertThat(Exponential.of(0.3).rate()).isEqualTo(0.3);
    assertThat(Gamma.of(0.1, 0.3).shape()).isEqualTo(0.1);
    assertThat(Gamma.of(0.1, 0.3).rate()).isEqualTo(0.3);
    assertThat(Beta.of(0.1, 0.3).alpha()).isEqualTo(0.1);
    assertThat(Beta.of(0.1, 0.3).beta()).isEqualTo(0.3);
    assertThat(StudentT.of(4.1, 0.1, 0.3).degreesOfFreedom()).isEqualTo(4.1);
    assertThat(StudentT.of(4.1, 0.1, 0.3).location()).isEqualTo(0.1);
    assertThat(StudentT.of(4.1, 0.1, 0.3).scale()).isEqualTo(0.3);
  }

  @Test
  void aMultivariateNormalKeepsACopyOfItsCovariance() {
    double[][] covariance = {{2, 0.5}, {0.5, 1}};
    MultivariateNormal normal = MultivariateNormal.of(new double[2], covariance);
    covariance[0][0] = 9;
    normal.covariance()[1][1] = 9;
    assertThat(normal.covariance()).isDeepEqualTo(new double[][] {{2, 0.5}, {0.5, 1}});
    assertThat(normal.variance()).containsExactly(2, 1);
  }

  @Test
  void aProductGivesItsParts() {
    Normal normal = Normal.of(0, 1);
    Beta beta = Beta.of(2, 3);
    assertThat(Independent.of(normal, beta.named("share")).parts())
        .extracting(Distribution::unwrapped)
        .containsExactly(normal, beta);
  }

  @Test
  void namesAndChecksCanBeSeenThrough() {
    Distribution normal = Normal.of(0, 1);
    assertThat(normal.unwrapped()).isSameAs(normal);
    assertThat(normal.named("a").checked().named("b").unwrapped()).isSameAs(normal);
  }
}
