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
import io.github.sbi4j.ppl.distribution.HalfNormal;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.model.Model;
import io.github.sbi4j.ppl.model.ModelContext;
import java.util.Arrays;

/** The hierarchical drift-diffusion model, for any likelihood of a time and a choice. */
public final class DriftModel {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** How gently delays are kept below their bound, on the scale of their logs. */
  private static final double BEND = 0.02;

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
   * <p>Whatever the data leave as wide as its prior is sampled standardised, and so starts where
   * the prior is: values of the group, and the starts of subjects, of which a hundred trials say
   * little.
   *
   * @param trials the data
   * @param likelihood exact or learned
   * @return the model
   */
  public static Model of(ChoiceTrials trials, TrialLikelihood likelihood) {
    return centred(trials, likelihood)
        .reparam("drift", "effect", "log_separation", "logit_start", "log_delay", "logit_start_of");
  }

  /**
   * The same model for few trials of each subject, which say little of it: all values of subjects
   * are sampled standardised.
   *
   * @param trials the data
   * @param likelihood exact or learned
   * @return the model
   */
  public static Model ofFewTrials(ChoiceTrials trials, TrialLikelihood likelihood) {
    return of(trials, likelihood).reparam("drift_of", "log_separation_of", "free_log_delay_of");
  }

  private static Model centred(ChoiceTrials trials, TrialLikelihood likelihood) {
    return Model.of(
        m -> {
          String[] names = {"drift", "effect", "log_separation", "logit_start", "log_delay"};
          Expression[] mean = new Expression[names.length];
          for (int k = 0; k < names.length; k++) {
            mean[k] = m.sample(names[k], Normal.of(DriftGroup.MEANS[k], DriftGroup.SDS[k]));
          }
          String[] scales = {"drift_sd", "log_separation_sd", "logit_start_sd", "log_delay_sd"};
          Expression[] sd = new Expression[scales.length];
          for (int k = 0; k < scales.length; k++) {
            Expression standard = m.sample(scales[k] + "_standard", HalfNormal.of(1));
            sd[k] = m.deterministic(scales[k], standard.times(DriftGroup.SCALES[k]));
          }
          ModelContext subjects = m.plate("subject", trials.subjects());
          Expression drift = subjects.sample("drift_of", Normal.of(mean[0], sd[0]));
          Expression separation =
              subjects.sample("log_separation_of", Normal.of(mean[2], sd[1])).exp();
          Expression start = subjects.sample("logit_start_of", Normal.of(mean[3], sd[2])).sigmoid();
          Expression delay = delay(subjects, Normal.of(mean[4], sd[3]), trials.shortest());
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

  /**
   * Delays of subjects, log-normal as far as they are below all times of their subject, where the
   * likelihood ends. What is sampled has no bound, so that it can be standardised: with y it is t =
   * log(shortest) - y that is bent to (t + sqrt(t<sup>2</sup> + b<sup>2</sup>)) / 2, the positive
   * log of shortest / delay. The factor makes the prior that of the delay.
   */
  private static Expression delay(ModelContext subjects, Normal prior, double[] shortest) {
    Expression y = subjects.sample("free_log_delay_of", prior);
    Expression bound = subjects.data(Arrays.stream(shortest).map(Math::log).toArray());
    Expression t = bound.minus(y);
    Expression root = t.square().plus(BEND * BEND).sqrt();
    Expression bent = t.plus(root).div(2);
    Expression log = bound.minus(bent);
    subjects.factor(
        "delay_prior",
        prior.logProb(log).minus(prior.logProb(y)).plus(bent.log()).minus(root.log()));
    return subjects.deterministic("delay_of", log.exp());
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
