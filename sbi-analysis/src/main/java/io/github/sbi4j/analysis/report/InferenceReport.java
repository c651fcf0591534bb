package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.analysis.plot.Figure;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.training.TrainingReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A report on an inference: one page of HTML, or the same as JSON, with the verdict first.
 *
 * <pre>{@code
 * InferenceReport.of("Hodgkin-Huxley neuron")
 *     .prior(prior)
 *     .simulations(simulations)
 *     .posterior("posterior", samples)
 *     .diagnosis(sbc)
 *     .diagnosis(predictiveCheck)
 *     .save(Path.of("report.html"));
 * }</pre>
 *
 * <p>The page holds all it needs and loads nothing; it serves a telephone, a desk and a printer, in
 * light and dark. Every part is optional. The same parts give the same text, whenever it is
 * written. Immutable: each part gives a copy.
 */
public final class InferenceReport {
  private final String title;
  private final @Nullable Distribution prior;
  private final @Nullable Simulations simulations;
  private final @Nullable TrainingReport training;
  private final List<PosteriorDraws> posteriors;
  private final List<ReportedCheck> checks;

  private InferenceReport(
      String title,
      @Nullable Distribution prior,
      @Nullable Simulations simulations,
      @Nullable TrainingReport training,
      List<PosteriorDraws> posteriors,
      List<ReportedCheck> checks) {
    this.title = title;
    this.prior = prior;
    this.simulations = simulations;
    this.training = training;
    this.posteriors = List.copyOf(posteriors);
    this.checks = List.copyOf(checks);
  }

  /**
   * A report without parts.
   *
   * @param title what was inferred
   * @return the report
   * @throws IllegalArgumentException if the title is blank
   */
  public static InferenceReport of(String title) {
    return new InferenceReport(requireName("title", title), null, null, null, List.of(), List.of());
  }

  private static String requireName(String what, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the " + what + " is blank; give a few words");
    }
    return name;
  }

  /**
   * A copy with the prior.
   *
   * @param distribution the prior
   * @return the copy
   */
  public InferenceReport prior(Distribution distribution) {
    return new InferenceReport(title, distribution, simulations, training, posteriors, checks);
  }

  /**
   * A copy with the simulations; that many of them failed, or that an observed value never varies,
   * are findings.
   *
   * @param table what the posterior was learned from
   * @return the copy
   */
  public InferenceReport simulations(Simulations table) {
    return new InferenceReport(title, prior, table, training, posteriors, checks);
  }

  /**
   * A copy with the training; that it was cut off, and its warnings, are findings.
   *
   * @param report how it went
   * @return the copy
   */
  public InferenceReport training(TrainingReport report) {
    return new InferenceReport(title, prior, simulations, report, posteriors, checks);
  }

  /**
   * A copy with one more posterior; those of the same parameters share a plot.
   *
   * @param name what it is
   * @param samples its draws, N x D, N of two or more
   * @param truth the D true parameters, or none where they are not known
   * @return the copy
   * @throws IllegalArgumentException if the name is blank, there are fewer than two draws, or
   *     neither D true values nor none
   */
  public InferenceReport posterior(String name, Samples samples, double... truth) {
    List<PosteriorDraws> longer = new ArrayList<>(posteriors);
    longer.add(new PosteriorDraws(requireName("posterior's name", name), samples, truth));
    return new InferenceReport(title, prior, simulations, training, longer, checks);
  }

  /**
   * A copy with the result of one more check.
   *
   * @param result the result; predictive checks have a section of their own
   * @param figures what to show with it; the checks of this library bring their own figures if none
   *     are given
   * @return the copy
   */
  public InferenceReport diagnosis(Diagnosis result, Figure... figures) {
    List<ReportedCheck> longer = new ArrayList<>(checks);
    longer.add(
        figures.length == 0
            ? DiagnosisFigures.of(result)
            : new ReportedCheck(result, List.of(figures), result.name()));
    return new InferenceReport(title, prior, simulations, training, posteriors, longer);
  }

  /** {@return what was inferred} */
  public String title() {
    return title;
  }

  /**
   * {@return the results of all checks: those of the simulations and of the training, if there are
   * any, then the others in the order they were given}
   */
  public List<Diagnosis> diagnoses() {
    return allChecks().stream().map(ReportedCheck::diagnosis).toList();
  }

  /** {@return the worst verdict of all checks; unknown where there is none} */
  public Verdict verdict() {
    return Headline.verdict(diagnoses());
  }

  /** {@return the verdict in a sentence, with the worst finding} */
  public String headline() {
    return Headline.text(diagnoses());
  }

  /** {@return the page, in HTML} */
  public String html() {
    return new ReportPage(this).write();
  }

  /** {@return the same without figures, as an object of JSON; the guide tells of its fields} */
  public String json() {
    return ReportJson.of(this);
  }

  /**
   * Saves the report: a name that ends in {@code .html} or {@code .htm} gives a page, {@code .json}
   * an object for machines.
   *
   * @param file the file to write or overwrite, in UTF-8; missing folders are made
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws UncheckedIOException if the file cannot be written
   */
  public void save(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean isJson = name.endsWith(".json");
    if (!isJson && !name.endsWith(".html") && !name.endsWith(".htm")) {
      throw new IllegalArgumentException(
          "cannot tell the format of '" + file + "'; end the name in .html or .json");
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      // What UTF-8 cannot hold becomes a question mark.
      Files.write(file, (isJson ? json() : html()).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  Optional<Distribution> prior() {
    return Optional.ofNullable(prior);
  }

  Optional<Simulations> simulations() {
    return Optional.ofNullable(simulations);
  }

  Optional<TrainingReport> training() {
    return Optional.ofNullable(training);
  }

  List<PosteriorDraws> posteriors() {
    return posteriors;
  }

  /** The checks that were given, and those of the simulations and of the training before them. */
  List<ReportedCheck> allChecks() {
    List<ReportedCheck> all = new ArrayList<>();
    simulations().ifPresent(table -> all.add(DiagnosisFigures.of(SimulationsCheck.of(table))));
    training().ifPresent(run -> all.add(DiagnosisFigures.of(TrainingCheck.of(run))));
    all.addAll(checks);
    return all;
  }

  /** {@return the title and the verdict in a sentence} */
  @Override
  public String toString() {
    return "InferenceReport[" + title + ": " + headline() + "]";
  }
}
