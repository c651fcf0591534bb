package io.github.sbi4j.core.mcmc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;

/** What {@link Diagnostics} say in words. */
final class Warnings {
  private static final double HIGHEST_R_HAT = 1.01;

  /** A hundred a chain for up to four chains; many chains are not asked for more in all. */
  private static final double FEWEST_EFFECTIVE = 100;

  private static final int CHAINS_ASKED = 4;
  private static final double LOWEST_E_BFMI = 0.3;

  private final Chains chains;
  private final Diagnostics diagnostics;
  private final List<String> result = new ArrayList<>();

  private Warnings(Chains chains, Diagnostics diagnostics) {
    this.chains = chains;
    this.diagnostics = diagnostics;
  }

  static List<String> of(Chains chains, Diagnostics diagnostics) {
    return new Warnings(chains, diagnostics).collect();
  }

  private List<String> collect() {
    stopped();
    convergence();
    dynamics();
    invalid();
    return List.copyOf(result);
  }

  private void stopped() {
    if (chains.stopReason() != StopReason.COMPLETED) {
      String reason =
          chains.stopReason() == StopReason.TIME_BUDGET
              ? "the time budget was spent"
              : "the run was interrupted";
      result.add(
          reason
              + ": chains have as few as "
              + chains.draws()
              + " draws; give more time, a shorter warm-up or fewer chains");
    }
    if (chains.draws() < 4) {
      result.add(
          "a chain has only " + chains.draws() + " draws, too few for R-hat and ESS (4 each)");
    }
  }

  private void convergence() {
    if (chains.draws() < 4) {
      return;
    }
    String unknown = worst(diagnostics.rHat(), Double::isNaN, false);
    if (!unknown.isEmpty()) {
      result.add(
          "R-hat is not a number for "
              + unknown
              + ": the draws are constant or not finite; check that the target depends on it");
    }
    String apart = worst(diagnostics.rHat(), value -> value > HIGHEST_R_HAT, true);
    if (!apart.isEmpty()) {
      result.add(
          "R-hat above 1.01 for "
              + apart
              + ": the chains have not met; draw more with a longer warm-up, and look whether they"
              + " sit in different modes");
    }
    double fewest = FEWEST_EFFECTIVE * Math.min(CHAINS_ASKED, chains.size());
    String few = worst(diagnostics.essBulk(), value -> value < fewest, false);
    String fewInTails = worst(diagnostics.essTail(), value -> value < fewest, false);
    if (!few.isEmpty() || !fewInTails.isEmpty()) {
      result.add(
          "fewer than "
              + Math.round(fewest)
              + " effective draws for "
              + (few.isEmpty() ? fewInTails + " in the tails" : few)
              + ": means, quantiles and R-hat itself are imprecise; draw more, or thin less");
    }
  }

  private void dynamics() {
    if (diagnostics.divergences() > 0) {
      result.add(
          diagnostics.divergences()
              + " divergent steps: part of the target may be missing; raise the target acceptance"
              + " (0.9, 0.99), or reparametrise, for example non-centred where there is a hierarchy");
    }
    if (diagnostics.saturated() > 0) {
      result.add(
          diagnostics.saturated()
              + " draws come from trees of the greatest depth allowed: steps are small for the"
              + " target's length; use the dense metric or a longer warm-up, or rescale");
    }
    String low = worst(diagnostics.eBfmi(), value -> value < LOWEST_E_BFMI, false);
    if (!low.isEmpty()) {
      result.add(
          "E-BFMI below 0.3 for "
              + low
              + ": the tails are explored slowly; draw more, or reparametrise");
    }
  }

  private void invalid() {
    if (diagnostics.invalidEvaluations() > 0) {
      result.add(
          diagnostics.invalidEvaluations()
              + " of "
              + diagnostics.evaluations()
              + " evaluations gave NaN or +Infinity and were taken for zero density; check the"
              + " target there");
    }
  }

  /** The worst value that fails, by name, and how many fail in all; empty if none does. */
  private String worst(double[] values, DoublePredicate fails, boolean highest) {
    int worst = -1;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (fails.test(values[i])) {
        count++;
        boolean first = worst < 0;
        if (first || (highest ? values[i] > values[worst] : values[i] < values[worst])) {
          worst = i;
        }
      }
    }
    if (worst < 0) {
      return "";
    }
    boolean named = values.length == chains.names().size();
    String name = named ? chains.names().get(worst) : "chain " + worst;
    String others = count == 1 ? "" : " and " + (count - 1) + " more";
    return String.format(Locale.ROOT, "%s (%.4g)%s", name, values[worst], others);
  }
}
