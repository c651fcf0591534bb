package io.github.sbi4j.core.mcmc;

import java.util.Arrays;

/** What the steps of all chains add up to. */
record StepTotals(
    double meanAcceptance,
    int divergences,
    int saturated,
    int[] treeDepths,
    long evaluations,
    long invalidEvaluations) {

  static StepTotals of(Chains chains) {
    double acceptances = 0;
    int draws = 0;
    int divergences = 0;
    int saturated = 0;
    int[] depths = new int[1];
    long evaluations = 0;
    long invalid = 0;
    for (int c = 0; c < chains.size(); c++) {
      Chain chain = chains.chain(c);
      draws += chain.size();
      acceptances += Arrays.stream(chain.acceptances()).sum();
      evaluations += chain.warmUpEvaluations();
      evaluations += Arrays.stream(chain.evaluations()).asLongStream().sum();
      saturated += chain.saturated();
      invalid += chain.invalidEvaluations();
      for (boolean divergent : chain.divergent()) {
        divergences += divergent ? 1 : 0;
      }
      for (int depth : chain.treeDepths()) {
        depths = depth < depths.length ? depths : Arrays.copyOf(depths, depth + 1);
        depths[depth]++;
      }
    }
    return new StepTotals(
        acceptances / draws, divergences, saturated, depths, evaluations, invalid);
  }
}
