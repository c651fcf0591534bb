package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which round each row of the training table belongs to: round 0 has the rows of the prior, and
 * each further proposal is a round of its own.
 */
final class RoundsOfRows {
  private static final int COMPARED_ROWS = 100;
  private static final double ROUNDING = 1e-9;

  private final Distribution prior;
  private final List<Proposal> proposals = new ArrayList<>();
  private final List<Integer> ofRows = new ArrayList<>();
  private @Nullable Proposal forOneObservation;

  RoundsOfRows(Distribution prior) {
    this.prior = prior;
    proposals.add(prior);
  }

  /**
   * The round of rows of a proposal, begun if the proposal is new; the prior's if there is none.
   *
   * @param proposal where the rows come from
   * @param theta the rows, N x D
   * @return its index
   */
  int begin(@Nullable Proposal proposal, List<double[]> theta) {
    if (proposal == null) {
      return 0;
    }
    requireSameParameters(proposal);
    if (proposal.observation().isPresent() && forOneObservation == null) {
      forOneObservation = proposal;
    }
    if (countsAsPrior(proposal, theta)) {
      return 0;
    }
    for (int round = 1; round < proposals.size(); round++) {
      if (proposals.get(round) == proposal) {
        return round;
      }
    }
    proposals.add(proposal);
    return proposals.size() - 1;
  }

  void add(int round) {
    ofRows.add(round);
  }

  private void requireSameParameters(Proposal proposal) {
    boolean fits =
        proposal instanceof Distribution
            ? proposal.dimension() == prior.dimension()
            : proposal.names().equals(prior.names());
    if (!fits) {
      throw new IllegalArgumentException(
          "the proposal is over "
              + proposal.names()
              + ", but the prior is over "
              + prior.names()
              + "; propose from a posterior of this prior, over all of its parameters");
    }
  }

  /**
   * A truncated prior counts as the prior, which may be truncated itself: its density differs by a
   * constant where it has rows.
   */
  boolean countsAsPrior(Proposal proposal, List<double[]> theta) {
    if (!(whole(proposal) instanceof Distribution distribution)) {
      return false;
    }
    Distribution wholePrior = prior.restrictionOf().orElse(prior);
    if (distribution.unwrapped() == wholePrior.unwrapped()) {
      return true;
    }
    double[][] some = RowLists.toArray(theta.subList(0, Math.min(theta.size(), COMPARED_ROWS)));
    double[] expected = wholePrior.logProb(some);
    double[] actual = distribution.logProb(some);
    for (int i = 0; i < some.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= ROUNDING * (1 + Math.abs(expected[i])))) {
        return false;
      }
    }
    return true;
  }

  private static Proposal whole(Proposal proposal) {
    return proposal.restrictionOf().<Proposal>map(d -> d).orElse(proposal);
  }

  /** The rounds of some of the rows. */
  RoundsOfRows take(boolean[] chosen) {
    RoundsOfRows taken = new RoundsOfRows(prior);
    taken.proposals.addAll(proposals.subList(1, proposals.size()));
    taken.forOneObservation = forOneObservation;
    for (int i = 0; i < chosen.length; i++) {
      if (chosen[i]) {
        taken.ofRows.add(ofRows.get(i));
      }
    }
    return taken;
  }

  /** The prior, then the proposal of each further round. */
  List<Proposal> proposals() {
    return List.copyOf(proposals);
  }

  /** The round of each row. */
  int[] ofRows() {
    return ofRows.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Whether rows were proposed by anything but the prior. */
  boolean sequential() {
    return proposals.size() > 1;
  }

  /** The observation that rows were proposed for, if they were for one. */
  Optional<double[]> observation() {
    return forOneObservation == null ? Optional.empty() : forOneObservation.observation();
  }
}
