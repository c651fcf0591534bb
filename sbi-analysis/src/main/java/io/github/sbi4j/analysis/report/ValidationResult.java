package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.TestDraws;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a {@link ValidationChecklist} found.
 *
 * @param prior the prior
 * @param simulations the simulations that failures were counted in; none if they were not made in
 *     time
 * @param samples posterior draws at the observation, if they were made in time
 * @param testDraws posterior draws for the test data sets, if they were made in time
 * @param diagnoses the results of all checks after that of the simulations, in the order of the
 *     list; one that was not made has a finding that says why
 * @param elapsed how long it took
 */
public record ValidationResult(
    Distribution prior,
    Optional<Simulations> simulations,
    Optional<Samples> samples,
    Optional<TestDraws> testDraws,
    List<Diagnosis> diagnoses,
    Duration elapsed) {
  /**
   * Copies the list.
   *
   * @param prior the prior
   * @param simulations the simulations
   * @param samples posterior draws at the observation
   * @param testDraws posterior draws for the test data sets
   * @param diagnoses the results of all checks
   * @param elapsed how long it took
   */
  public ValidationResult {
    diagnoses = List.copyOf(diagnoses);
  }

  /** {@return the worst verdict of all checks, that of the simulations among them} */
  public Verdict verdict() {
    return report("validation").verdict();
  }

  /** {@return the verdict in a sentence, with the worst finding} */
  public String headline() {
    return report("validation").headline();
  }

  /** {@return the headline and a line for each finding} */
  public String summary() {
    InferenceReport report = report("validation");
    return report.diagnoses().stream()
        .map(Diagnosis::summary)
        .collect(
            Collectors.joining(
                System.lineSeparator(), report.headline() + System.lineSeparator(), ""));
  }

  /**
   * A report with all that was found, to which more can be added, such as the training.
   *
   * @param title what was inferred
   * @param truth the D true parameters of the observation, where they are known
   * @return the report
   * @throws IllegalArgumentException if the title is blank, or there are neither D true values nor
   *     none
   */
  public InferenceReport report(String title, double... truth) {
    InferenceReport report = InferenceReport.of(title).prior(prior);
    if (simulations.isPresent()) {
      report = report.simulations(simulations.get());
    }
    if (samples.isPresent()) {
      report = report.posterior("posterior", samples.get(), truth);
    }
    for (Diagnosis diagnosis : diagnoses) {
      report = report.diagnosis(diagnosis);
    }
    return report;
  }
}
