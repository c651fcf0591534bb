package io.github.sbi4j.ppl.model;

import io.github.sbi4j.ppl.distribution.Exponential;
import io.github.sbi4j.ppl.distribution.Flat;
import io.github.sbi4j.ppl.distribution.Gamma;
import io.github.sbi4j.ppl.distribution.HalfCauchy;
import io.github.sbi4j.ppl.distribution.HalfNormal;
import io.github.sbi4j.ppl.distribution.Interval;
import io.github.sbi4j.ppl.distribution.LogNormal;
import io.github.sbi4j.ppl.distribution.MultivariateNormal;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.distribution.Poisson;
import io.github.sbi4j.ppl.distribution.Truncated;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.ode.DormandPrince;
import io.github.sbi4j.ppl.ode.Ode;

/** Models that several tests use. */
final class Models {
  static final double[] EFFECTS = {28, 8, -3, 7, -1, 1, 18, 12};
  static final double[] ERRORS = {15, 10, 16, 11, 9, 11, 10, 18};

  private Models() {}

  /** Counts of chips in cookies of several locations. */
  static Model cookies(int locations, int[] location, double... chips) {
    return Model.of(
        m -> {
          Expression mu = m.sample("mu", Gamma.of(2, 0.2));
          Expression sigma = m.sample("sigma", Exponential.of(1));
          Expression lambda =
              m.plate("location", locations)
                  .sample("lambda", Gamma.of(mu.div(sigma).square(), mu.div(sigma.square())));
          m.plate("cookie", chips.length).observe("chips", Poisson.of(lambda.get(location)), chips);
        });
  }

  static Model eightSchools(double[] effects, double[] errors) {
    return Model.of(
        m -> {
          Expression mu = m.sample("mu", Normal.of(0, 5));
          Expression tau = m.sample("tau", HalfCauchy.of(5));
          ModelContext schools = m.plate("school", effects.length);
          Expression theta = schools.sample("theta", Normal.of(mu, tau));
          schools.observe("y", Normal.of(theta, schools.data(errors)), effects);
        });
  }

  /** A straight line; flat priors of both coefficients where the scales are infinite. */
  static Model line(double[] x, double[] y, double[] means, double[] sds, double sigmaScale) {
    return Model.of(
        m -> {
          boolean flat = Double.isInfinite(sds[0]);
          Expression alpha =
              m.sample("alpha", flat ? Flat.on(Interval.REAL) : Normal.of(means[0], sds[0]));
          Expression beta =
              m.sample("beta", flat ? Flat.on(Interval.REAL) : Normal.of(means[1], sds[1]));
          Expression sigma =
              m.sample(
                  "sigma",
                  Double.isInfinite(sigmaScale)
                      ? Flat.on(Interval.POSITIVE)
                      : HalfCauchy.of(sigmaScale));
          ModelContext rows = m.plate("row", x.length);
          rows.observe("y", Normal.of(alpha.plus(beta.times(rows.data(x))), sigma), y);
        });
  }

  static Model gaussianProcess(double[] x, double[] y) {
    int n = x.length;
    double[][] squares = new double[n][n];
    double[][] identity = new double[n][n];
    for (int i = 0; i < n; i++) {
      identity[i][i] = 1;
      for (int k = 0; k < n; k++) {
        squares[i][k] = (x[i] - x[k]) * (x[i] - x[k]);
      }
    }
    return Model.of(
        m -> {
          Expression rho = m.sample("rho", Gamma.of(25, 4));
          Expression alpha = m.sample("alpha", HalfNormal.of(2));
          Expression sigma = m.sample("sigma", HalfNormal.of(1));
          Expression kernel =
              Expression.matrix(squares).div(rho.square().times(-2)).exp().times(alpha.square());
          Expression covariance = kernel.plus(Expression.matrix(identity).times(sigma));
          m.observe("y", MultivariateNormal.of(0, covariance.cholesky()), y);
        });
  }

  /** Pelts of hares (species 0) and lynxes over the years; y has a row of two for each year. */
  static Model lynxHare(double[] years, double[] first, double[] y) {
    // Tolerances and the bound on steps of the reference.
    Ode predation =
        Ode.of(
                (t, z, p) -> {
                  Expression hares = z.get(0);
                  Expression lynxes = z.get(1);
                  return Expression.stack(
                      hares.times(p.get(0).minus(p.get(1).times(lynxes))),
                      lynxes.times(p.get(3).times(hares).minus(p.get(2))));
                })
            .with(DormandPrince.defaults().withTolerances(1e-5, 1e-3).withMaxSteps(500));
    double[] bySpecies = new double[y.length];
    for (int i = 0; i < years.length; i++) {
      bySpecies[i] = y[2 * i];
      bySpecies[years.length + i] = y[2 * i + 1];
    }
    return Model.of(
        m -> {
          ModelContext rates = m.plate("rate", 4);
          Normal rate = Normal.of(rates.data(1, 0.05, 1, 0.05), rates.data(0.5, 0.05, 0.5, 0.05));
          Expression theta = rates.sample("theta", Truncated.above(rate, 0));
          ModelContext species = m.plate("species", 2);
          Expression initial = species.sample("z_init", LogNormal.of(Math.log(10), 1));
          Expression sigma = species.sample("sigma", LogNormal.of(-1, 1));
          Expression z = predation.solve(initial, theta, 0, years).transpose();
          species.observe("y_init", LogNormal.of(initial.log(), sigma), first);
          species.plate("year", years.length).observe("y", LogNormal.of(z.log(), sigma), bySpecies);
        });
  }
}
