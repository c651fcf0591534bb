package io.github.sbi4j.ppl.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.ppl.distribution.HalfNormal;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.draws.NamedDraws;
import io.github.sbi4j.ppl.expression.Expression;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Simulation-based calibration of a small hierarchical model: parameters and data from the model's
 * own prior predictive, ranks of the former among draws from the posterior of the latter
 * (Kolmogorov's statistic at a level of 1e-4 for each of three values).
 */
class ModelCalibrationTest {
  private static final int DATA_SETS = 150;
  private static final int GROUPS = 4;
  private static final int MEMBERS = 3;
  private static final int THIN = 12;
  private static final double KOLMOGOROV = Math.sqrt(-0.5 * Math.log(1e-4 / 2));

  private static Model model(double... y) {
    return Model.of(
            m -> {
              Expression mu = m.sample("mu", Normal.of(0, 1));
              Expression tau = m.sample("tau", HalfNormal.of(1));
              ModelContext groups = m.plate("group", GROUPS);
              Expression theta = groups.sample("theta", Normal.of(mu, tau));
              groups.plate("member", MEMBERS).observe("y", Normal.of(theta, 0.8), y);
            })
        .reparam("theta");
  }

  @Test
  void ranksAreUniform() {
    NamedDraws truths = model(new double[GROUPS * MEMBERS]).priorPredictive(DATA_SETS, 21);
    double[][] ranks = new double[3][DATA_SETS];
    for (int i = 0; i < DATA_SETS; i++) {
      PosteriorDraws draws =
          model(truths.get("y")[i])
              .posterior()
              .withChains(2)
              .with(McmcSettings.defaults().withWarmUp(200).withDraws(THIN * 20).withSeed(i))
              .nuts();
      ranks[0][i] = rank(truths.get("mu")[i][0], draws.get("mu"), 0);
      ranks[1][i] = rank(truths.get("tau")[i][0], draws.get("tau"), 0);
      ranks[2][i] = rank(truths.get("theta")[i][2], draws.get("theta"), 2);
    }
    for (double[] each : ranks) {
      Arrays.sort(each);
      for (int i = 0; i < DATA_SETS; i++) {
        double off = Math.max(each[i] - i / 150.0, (i + 1) / 150.0 - each[i]);
        assertThat(off * Math.sqrt(DATA_SETS)).isLessThan(KOLMOGOROV);
      }
    }
  }

  /** The share of thinned draws below the truth, between the two ways to count half a draw. */
  private static double rank(double truth, double[][] draws, int column) {
    int below = 0;
    int count = 0;
    for (int i = 0; i < draws.length; i += THIN) {
      below += draws[i][column] < truth ? 1 : 0;
      count++;
    }
    return (below + 0.5) / (count + 1);
  }
}
