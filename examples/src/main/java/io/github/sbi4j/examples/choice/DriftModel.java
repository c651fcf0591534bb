package io.github.sbi4j.examples.choice;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.distribution.WienerFirstPassage;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.ppl.distribution.Distribution;
import io.github.sbi4j.ppl.distribution.Flat;
import io.github.sbi4j.ppl.distribution.HalfNormal;
import io.github.sbi4j.ppl.distribution.Interval;
import io.github.sbi4j.ppl.distribution.LogNormal;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.model.Model;
import io.github.sbi4j.ppl.model.ModelContext;

/** The hierarchical drift-diffusion model, for any likelihood of a time and a choice. */
public final class DriftModel {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private DriftModel() {}

  /** A likelihood of a time and a choice. */
  @FunctionalInterface
  public interface TrialLikelihood {
    /**
     * Gives the distribution for the parameters of each trial.
     *
     * @param drift the drift
     * @param separation the separation of the bounds
     * @param start the relative start
     * @param delay the delay
     * @return the distribution of a time and a choice
     */
    Distribution of(Expression drift, Expression separation, Expression start, Expression delay);
  }

  /**
   * The model: each subject has a drift, a separation, a start and a delay of its own, from
   * distributions of the group; the drift differs between conditions.
   *
   * @param trials the data
   * @param likelihood exact or learned
   * @return the model
   */
  public static Model of(ChoiceTrials trials, TrialLikelihood likelihood) {
    return Model.of(
        m -> {
          String[] names = {"drift", "effect", "log_separation", "logit_start", "log_delay"};
          Expression[] mean = new Expression[names.length];
          for (int k = 0; k < names.length; k++) {
            mean[k] = m.sample(names[k], Normal.of(DriftGroup.MEANS[k], DriftGroup.SDS[k]));
          }
          Expression driftSd = m.sample("drift_sd", HalfNormal.of(DriftGroup.SCALES[0]));
          Expression separationSd =
              m.sample("log_separation_sd", HalfNormal.of(DriftGroup.SCALES[1]));
          Expression startSd = m.sample("logit_start_sd", HalfNormal.of(DriftGroup.SCALES[2]));
          Expression delaySd = m.sample("log_delay_sd", HalfNormal.of(DriftGroup.SCALES[3]));
          ModelContext subjects = m.plate("subject", trials.subjects());
          Expression drift = subjects.sample("drift_of", Normal.of(mean[0], driftSd));
          Expression separation =
              subjects.sample("log_separation_of", Normal.of(mean[2], separationSd)).exp();
          Expression start =
              subjects.sample("logit_start_of", Normal.of(mean[3], startSd)).sigmoid();
          // A delay is below all times of its subject: bounded by them, chains never start beyond.
          Expression delay =
              subjects.sample(
                  "delay_of",
                  Flat.on(new Interval(Expression.of(0), subjects.data(trials.shortest()))));
          subjects.factor("delay_prior", LogNormal.of(mean[4], delaySd).logProb(delay));
          ModelContext each = m.plate("trial", trials.subject().length);
          Expression condition = each.data(trials.condition());
          int[] subject = trials.subject();
          each.observe(
              "passage",
              likelihood.of(
                  drift.get(subject).plus(mean[1].times(condition)),
                  separation.get(subject),
                  start.get(subject),
                  delay.get(subject)),
              trials.passages());
        });
  }

  /** {@return the parameters of trials to learn from, wider than any subject's} */
  public static io.github.sbi4j.core.distribution.Distribution prior() {
    return BoxUniform.of(new double[] {-4, 0.5, 0.2, 0.05}, new double[] {5, 3, 0.8, 1})
        .named("drift", "separation", "start", "delay");
  }

  /**
   * Learns the likelihood of one trial.
   *
   * @param simulations the number of simulated trials
   * @param settings how to simulate
   * @param training how to train
   * @param seed decides simulations and training
   * @return the likelihood of a time and a choice
   */
  public static Likelihood learn(
      int simulations, SimulationSettings settings, Training training, long seed) {
    Simulations trials =
        Simulations.run(
            (theta, random) -> {
              var passage =
                  WienerFirstPassage.of(theta[0], theta[1], theta[2], theta[3]).sample(random);
              return new double[] {passage.time(), passage.upper() ? 1 : 0};
            },
            prior(),
            simulations,
            seed,
            settings);
    return SNLE.with(prior())
        .densityEstimator(
            Mnle.defaults().withColumns(ColumnKind.CONTINUOUS, ColumnKind.CATEGORICAL))
        .observationSupport(
            Support.box(new double[] {0, -INFINITY}, new double[] {INFINITY, INFINITY}))
        .observationLowerBound(0, "delay")
        .training(training)
        .seed(seed)
        .appendSimulations(trials)
        .train()
        .buildLikelihood();
  }
}
