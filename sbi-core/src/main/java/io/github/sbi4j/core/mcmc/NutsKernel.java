package io.github.sbi4j.core.mcmc;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The No-U-Turn sampler: Hamiltonian Monte Carlo whose trajectories double, forwards or backwards
 * in time, until they turn back.
 *
 * <p>This is Stan's variant: the new point is drawn from the trajectory by multinomial weights with
 * a bias towards its newer half, and the generalised U-turn criterion is checked in every subtree
 * and across the seam of its halves (Hoffman and Gelman 2014, JMLR 15; Betancourt 2017,
 * arXiv:1701.02434).
 */
public final class NutsKernel implements GradientKernel {
  private final double stepSize;
  private final Metric metric;
  private final int maxTreeDepth;

  private NutsKernel(double stepSize, Metric metric, int maxTreeDepth) {
    this.stepSize = stepSize;
    this.metric = metric;
    this.maxTreeDepth = maxTreeDepth;
  }

  /**
   * The kernel for a step size and a metric.
   *
   * @param stepSize the step of the leapfrog integrator
   * @param metric the inverse mass matrix
   * @param maxTreeDepth how often a trajectory may double, at least once and at most 20 times
   * @return the kernel
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static NutsKernel of(double stepSize, Metric metric, int maxTreeDepth) {
    Require.positive("step size", stepSize);
    checkDepth(maxTreeDepth);
    return new NutsKernel(stepSize, metric, maxTreeDepth);
  }

  static int checkDepth(int maxTreeDepth) {
    if (maxTreeDepth < 1 || maxTreeDepth > 20) {
      throw new IllegalArgumentException(
          "maximal tree depth is " + maxTreeDepth + ", expected 1 to 20");
    }
    return maxTreeDepth;
  }

  @Override
  public Transition begin(ChainState state, RandomGenerator random) {
    return new Trajectory(state, random);
  }

  /**
   * The growing trajectory. The recursion of the published algorithm is unrolled: points are leaves
   * of a binary tree, and two finished subtrees of one depth join as carries do in counting.
   */
  private final class Trajectory implements Transition {
    private final RandomGenerator random;
    private final Leapfrog leapfrog = new Leapfrog(metric);
    private final Subtree[] pending = new Subtree[maxTreeDepth];
    private final double initialEnergy;
    private int pendingCount;
    private Subtree tree;
    private boolean forwards;
    private int evaluations;
    private double acceptanceSum;
    private boolean divergent;
    private boolean done;

    Trajectory(ChainState state, RandomGenerator random) {
      this.random = random;
      PhasePoint start = PhasePoint.refresh(state, metric, random);
      this.initialEnergy = start.energy;
      this.tree = new Subtree(start, 0);
      extend();
    }

    @Override
    public void writePoint(double[] positions, int offset) {
      leapfrog.writePoint(positions, offset);
    }

    @Override
    public boolean advance(double logDensity, double[] gradients, int offset) {
      PhasePoint point = leapfrog.end(logDensity, gradients, offset);
      double error = point.energy - initialEnergy;
      evaluations++;
      acceptanceSum += Math.min(1, Math.exp(-error));
      divergent = error > HmcKernel.DIVERGENCE;
      Subtree added = divergent ? null : carry(new Subtree(point, -error));
      if (added == null) {
        done = true;
      } else if (added.depth < tree.depth) {
        pending[pendingCount++] = added;
        leapfrog.begin(point, forwards ? stepSize : -stepSize);
      } else {
        accept(added);
      }
      return !done;
    }

    @Override
    public Step step() {
      if (!done) {
        throw new IllegalStateException("the transition is not done; advance it until it is");
      }
      return new Step(
          tree.drawn.state,
          acceptanceSum / evaluations,
          divergent,
          tree.depth,
          tree.depth == maxTreeDepth && !tree.turning,
          evaluations,
          tree.drawn.energy,
          stepSize);
    }

    /** Begins to double the trajectory. */
    private void extend() {
      forwards = random.nextBoolean();
      pendingCount = 0;
      leapfrog.begin(forwards ? tree.last : tree.first, forwards ? stepSize : -stepSize);
    }

    /** Joins a subtree with those of its depth before it; null if one of them turns. */
    private @Nullable Subtree carry(Subtree leaf) {
      Subtree added = leaf;
      while (pendingCount > 0 && pending[pendingCount - 1].depth == added.depth) {
        Subtree before = pending[--pendingCount];
        double share = added.logWeight - Subtree.logSum(before.logWeight, added.logWeight);
        added = join(before, added, Math.exp(share));
        if (added.turning) {
          return null;
        }
      }
      return added;
    }

    /** Takes the finished other half of the trajectory in. */
    private void accept(Subtree added) {
      tree = join(tree, added, Math.exp(added.logWeight - tree.logWeight));
      done = tree.turning || tree.depth == maxTreeDepth;
      if (!done) {
        extend();
      }
    }

    private Subtree join(Subtree older, Subtree newer, double probabilityOfNewer) {
      PhasePoint drawn = random.nextDouble() < probabilityOfNewer ? newer.drawn : older.drawn;
      return forwards ? Subtree.join(older, newer, drawn) : Subtree.join(newer, older, drawn);
    }
  }
}
