package io.github.sbi4j.flows.inference;

/**
 * Atomic proposals: each simulation's parameters are told apart from those of A - 1 others by the
 * ratio of posterior to prior, which works for any estimator, prior and proposal.
 *
 * <p>The loss is -log(r(theta<sub>0</sub>) / sum<sub>a</sub> r(theta<sub>a</sub>)) with
 * r(theta<sub>a</sub>) = q(theta<sub>a</sub> | x) / p(theta<sub>a</sub>), where theta<sub>0</sub>
 * belongs to x and the others are rows of the same batch. Densities of proposals are not needed, so
 * draws by Markov chains can propose.
 *
 * <p>Greenberg, Nonnenmacher and Macke (2019), <a
 * href="https://arxiv.org/abs/1905.07488">arXiv:1905.07488</a>, called SNPE-C or APT.
 */
public final class Atomic implements ProposalCorrection {
  private static final Atomic DEFAULTS = new Atomic(10, false);

  private final int atoms;
  private final boolean combinedLoss;

  private Atomic(int atoms, boolean combinedLoss) {
    if (atoms < 2) {
      throw new IllegalArgumentException(
          "atoms is " + atoms + ", expected at least 2: the row's own parameters and others");
    }
    this.atoms = atoms;
    this.combinedLoss = combinedLoss;
  }

  /** {@return the default settings: 10 atoms} */
  public static Atomic defaults() {
    return DEFAULTS;
  }

  /** {@return the number of parameters told apart, A; fewer where there are fewer rows} */
  public int atoms() {
    return atoms;
  }

  /** {@return whether rows of the prior also have the loss of the first round} */
  public boolean combinedLoss() {
    return combinedLoss;
  }

  /**
   * {@return these settings with another value of {@link #atoms()}}
   *
   * @param atoms at least 2; more take more time and have less noise
   */
  public Atomic withAtoms(int atoms) {
    return new Atomic(atoms, combinedLoss);
  }

  /**
   * {@return these settings with another value of {@link #combinedLoss()}}
   *
   * @param combinedLoss true to add -log q(theta | x) for rows of the prior, which holds the
   *     density in place where proposals seldom go
   */
  public Atomic withCombinedLoss(boolean combinedLoss) {
    return new Atomic(atoms, combinedLoss);
  }

  @Override
  public String toString() {
    return "Atomic[atoms=" + atoms + ", combinedLoss=" + combinedLoss + "]";
  }
}
