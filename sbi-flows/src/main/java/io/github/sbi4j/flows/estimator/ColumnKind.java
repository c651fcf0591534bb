package io.github.sbi4j.flows.estimator;

/** How an observed column is modelled by {@link Mnle}. */
public enum ColumnKind {
  /** A density over real values. */
  CONTINUOUS,
  /** A probability for each of the values that occur in the simulations: few ones, in any order. */
  CATEGORICAL,
  /**
   * Integer counts of which there are too many for categories: trained with noise uniform between
   * -1/2 and 1/2 added, and modelled as continuous. The density at an integer then stands for its
   * probability, the integral over the interval of length one around it (uniform dequantisation,
   * Theis, van den Oord and Bethge 2016, <a
   * href="https://arxiv.org/abs/1511.01844">arXiv:1511.01844</a>): close where the probabilities of
   * neighbouring counts are.
   */
  COUNT
}
