package io.github.sbi4j.flows.variational;

/**
 * What an approximation q is to minimise or maximise; p is the target up to a constant Z.
 *
 * <p>All three are estimated from draws z of q with weights w = p(z) / q(z), and have gradients
 * whose variance vanishes where q is p.
 */
public abstract sealed class VariationalObjective permits ReverseKl, ForwardKl, ImportanceWeighted {
  VariationalObjective() {}

  /**
   * The reverse divergence KL(q || p), by maximising the evidence lower bound E<sub>q</sub> log w.
   * Stable and cheap; q errs to the narrow side and may leave modes out.
   *
   * <p>The gradient goes through the draws alone (Roeder, Wu and Duvenaud 2017, <a
   * href="https://arxiv.org/abs/1703.09194">arXiv:1703.09194</a>).
   *
   * @return the objective
   */
  public static VariationalObjective reverseKl() {
    return new ReverseKl();
  }

  /**
   * The forward divergence KL(p || q), by maximising the weighted mean of log q over its own draws.
   * It needs no gradient of the target; q covers the target and errs to the wide side. The weights,
   * Pareto-smoothed and self-normalised, have to be worth many draws: where they are not, q is
   * narrower than it should be, and more draws a step help.
   *
   * @return the objective
   */
  public static VariationalObjective forwardKl() {
    return new ForwardKl();
  }

  /**
   * The importance-weighted bound E log (1/K) sum<sub>k</sub> w<sub>k</sub> &lt;= log Z of Burda,
   * Grosse and Salakhutdinov (2016), <a
   * href="https://arxiv.org/abs/1509.00519">arXiv:1509.00519</a>. Between the two others: the
   * larger K, the better q covers the target, as a proposal should.
   *
   * <p>The gradient is doubly reparameterised (Tucker, Lawson, Gu and Maddison 2019, <a
   * href="https://arxiv.org/abs/1810.04152">arXiv:1810.04152</a>), so that it does not drown in
   * noise for large K.
   *
   * @param draws how many draws share a bound, K, at least 2
   * @return the objective
   */
  public static VariationalObjective importanceWeighted(int draws) {
    if (draws < 2) {
      throw new IllegalArgumentException(
          "a bound of "
              + draws
              + " draws was asked for, expected at least 2; with one it is reverseKl()");
    }
    return new ImportanceWeighted(draws);
  }

  /** The number of draws that belong together. */
  abstract int group();

  /**
   * True if the step follows the draws, sum c d dz with d the slope of log w in z and z
   * reparameterised; false if it follows scores, sum c d log q(z) with z held fast.
   */
  abstract boolean throughDraws();

  /**
   * The coefficient c of each draw, scaled so that near the optimum a step is as long for all
   * objectives.
   *
   * @param logWeights N values, a multiple of the group; -Infinity where p is zero
   * @return N values, zero for draws without weight
   */
  abstract double[] coefficients(double[] logWeights);
}
