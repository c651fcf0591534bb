package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.potential.GroupedTrials;
import io.github.sbi4j.flows.potential.TrialSum;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.List;

/**
 * A trained ratio r(theta, x) behind plain arrays: one network or the mean of the ratios of
 * several. Immutable; may be used from many threads.
 */
public final class ConditionalRatio {
  private final RatioModel model;
  private final List<Weights> members;
  private final Standardization parameters;
  private final Standardization observations;
  private final RatioLoss loss;
  private final int threads;

  /**
   * Puts together what training gave.
   *
   * @param model the networks
   * @param members the weights of each member, at least one
   * @param parameters standardises parameters, D values
   * @param observations standardises observations, L values
   * @param loss what was minimised
   */
  public ConditionalRatio(
      RatioModel model,
      List<Weights> members,
      Standardization parameters,
      Standardization observations,
      RatioLoss loss) {
    this(
        model,
        List.copyOf(members),
        parameters,
        observations,
        loss,
        members.get(0).staysInThread() ? Tasks.allProcessors() : 1);
  }

  private ConditionalRatio(
      RatioModel model,
      List<Weights> members,
      Standardization parameters,
      Standardization observations,
      RatioLoss loss,
      int threads) {
    this.model = model;
    this.members = members;
    this.parameters = parameters;
    this.observations = observations;
    this.loss = loss;
    this.threads = threads;
  }

  /** {@return the networks} */
  public RatioModel model() {
    return model;
  }

  /** {@return the weights of each member} */
  public List<Weights> members() {
    return members;
  }

  /** {@return how parameters are standardised} */
  public Standardization parameters() {
    return parameters;
  }

  /** {@return how observations are standardised} */
  public Standardization observations() {
    return observations;
  }

  /** {@return what was minimised, which decides what the values mean} */
  public RatioLoss loss() {
    return loss;
  }

  /** {@return the largest number of threads that share a call} */
  public int threads() {
    return threads;
  }

  /**
   * The same ratio evaluated on another number of threads; results do not depend on it.
   *
   * @param threads at least 1; 1 keeps to the calling thread
   * @return the ratio
   */
  public ConditionalRatio withThreads(int threads) {
    return new ConditionalRatio(
        model, members, parameters, observations, loss, Tasks.requireThreads(threads));
  }

  /**
   * The log-ratio of trials as a function of the parameters: sum<sub>m</sub> log r(theta,
   * x<sub>m</sub>), with its gradient in theta.
   *
   * @param trials M x L
   * @return the sum over them
   */
  public TrialSum sumOver(double[][] trials) {
    return new TrialSum(
        new RatioTerms(model, members, parameters, observations, trials), members, threads);
  }

  /**
   * The log-ratios of trials that belong to groups with parameters of their own, log
   * r(theta<sub>g(m)</sub>, x<sub>m</sub>), with their gradients.
   *
   * @param trials M x L
   * @param groups the number of groups, G
   * @param group the group of each trial, M indices from 0
   * @return the log-ratios for parameters of all groups
   */
  public GroupedTrials grouped(double[][] trials, int groups, int[] group) {
    float[][] features = RatioTerms.features(model, members, observations, trials);
    return new GroupedTrials(
        new GroupedRatioTerms(model, parameters, features, trials, groups, group),
        members,
        threads);
  }
}
