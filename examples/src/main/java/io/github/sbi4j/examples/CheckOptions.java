package io.github.sbi4j.examples;

import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What examples that check their posterior are told. */
final class CheckOptions {
  @Option(
      names = "--check-seconds",
      paramLabel = "N",
      description = "How long checks may take (${DEFAULT-VALUE}).")
  int seconds = 180;

  @Option(
      names = "--narrowed",
      paramLabel = "F",
      description = "Spoils the posterior: its draws lie closer together by this factor.")
  double narrowed = 1;

  Duration budget() {
    return Duration.ofSeconds(seconds);
  }

  /** The posterior to check, spoilt if that was asked for. */
  Posterior checked(DirectPosterior learned) {
    return narrowed == 1 ? learned : new NarrowedPosterior(learned, narrowed);
  }
}
