package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.ExpectedCoverage;
import io.github.sbi4j.analysis.diagnostic.LocalC2st;
import io.github.sbi4j.analysis.diagnostic.Misspecification;
import io.github.sbi4j.analysis.diagnostic.PosteriorContraction;
import io.github.sbi4j.analysis.diagnostic.PriorRange;
import io.github.sbi4j.analysis.diagnostic.SimulationBasedCalibration;
import io.github.sbi4j.analysis.diagnostic.Tarp;
import io.github.sbi4j.analysis.diagnostic.TestDraws;
import io.github.sbi4j.analysis.predictive.PosteriorPredictiveCheck;
import io.github.sbi4j.analysis.report.TimeBudget.NotDoneException;
import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationRunner;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.Posterior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a checklist. */
final class ChecklistRun {
  private static final Logger LOG = LoggerFactory.getLogger(ChecklistRun.class);

  /** How many checks share the false-alarm rate. */
  private static final int SHARES = 5;

  /** Three preparations and eight checks, for the progress. */
  private static final int STEPS = 11;

  private static final int PILOTS = 20;
  private static final int SAMPLES = 2_000;
  private static final int PREDICTIONS = 500;

  /** The test by a learned density takes so many simulations. */
  private static final int ENOUGH_FOR_DENSITY = 1_000;

  /** The share of the time left that each preparation may take. */
  private static final double SHARE = 0.4;

  private final Posterior posterior;
  private final Posterior given;
  private final double[] observed;
  private final ValidationChecklist settings;
  private final TimeBudget budget;
  private final List<Diagnosis> diagnoses = new ArrayList<>();
  private int done;

  ChecklistRun(ValidationChecklist settings) {
    this.settings = settings;
    this.posterior = settings.posterior;
    this.observed = settings.observed;
    this.given = posterior.given(observed);
    this.budget = new TimeBudget(settings.budget);
  }

  /** Something made for several checks, or the reason why there is none. */
  private record Prepared<T>(@Nullable T value, String problem) {
    Optional<T> optional() {
      return Optional.ofNullable(value);
    }
  }

  /** A check of something prepared. */
  private interface Check<T> {
    Diagnosis of(T prepared) throws Exception;
  }

  ValidationResult run() {
    Prepared<Simulations> tests = prepare("test simulations", this::testSimulations);
    Prepared<Simulations> known =
        settings.simulations == null ? tests : new Prepared<>(settings.simulations, "");
    check("misspecification", known, this::misspecification);
    Prepared<Samples> samples =
        prepare("posterior draws", () -> given.sample(SAMPLES, seed(Stream.SAMPLES)));
    check("prior range", samples, made -> PriorRange.of(posterior.prior(), made));
    check("posterior predictive check", samples, this::predictions);
    Prepared<TestDraws> draws =
        tests.value() == null
            ? new Prepared<>(null, tests.problem())
            : prepare("draws for test data", () -> testDraws(tests.value()));
    double level = settings.falseAlarmRate / SHARES;
    check(
        "simulation-based calibration",
        draws,
        made -> SimulationBasedCalibration.defaults().alpha(level).compute(made));
    check(
        "expected coverage", draws, made -> ExpectedCoverage.defaults().alpha(level).compute(made));
    check("accuracy with random points", draws, made -> Tarp.defaults().alpha(level).compute(made));
    check("posterior contraction", draws, PosteriorContraction::of);
    check("local classifier two-sample test", tests, this::localTest);
    done = STEPS;
    tell("");
    return new ValidationResult(
        posterior.prior(),
        known.optional(),
        samples.optional(),
        draws.optional(),
        diagnoses,
        budget.elapsed());
  }

  private <T> Prepared<T> prepare(String name, Callable<T> work) {
    tell(name);
    try {
      return new Prepared<>(budget.call(work), "");
    } catch (NotDoneException e) {
      LOG.debug("no {}", name, e);
      return new Prepared<>(null, "there are no " + name + ": " + e.getMessage());
    } finally {
      done++;
    }
  }

  private <T> void check(String name, Prepared<T> prepared, Check<T> check) {
    tell(name);
    T value = prepared.value();
    try {
      diagnoses.add(
          value == null
              ? PlainDiagnosis.unknown(name, prepared.problem())
              : budget.call(() -> check.of(value)));
    } catch (NotDoneException e) {
      LOG.debug("no result of {}", name, e);
      diagnoses.add(PlainDiagnosis.unknown(name, String.valueOf(e.getMessage())));
    } finally {
      done++;
    }
  }

  private void tell(String next) {
    settings.listener.onProgress(new Progress("checking", done, STEPS, budget.elapsed(), next));
  }

  /** The indices of derived seeds. */
  private enum Stream {
    SIMULATIONS,
    MISSPECIFICATION,
    SAMPLES,
    PREDICTIONS,
    DRAWS,
    LOCAL,
    LOCAL_DRAWS
  }

  private long seed(Stream stream) {
    return RandomStreams.key(settings.seed, -1 - stream.ordinal());
  }

  private Simulations testSimulations() {
    if (settings.heldOut != null) {
      return settings.heldOut;
    }
    int wanted = settings.testSimulations;
    long started = System.nanoTime();
    Simulations pilot = simulate(Math.min(PILOTS, wanted));
    int count = affordable(wanted, pilot.size(), System.nanoTime() - started);
    return count <= pilot.size() ? pilot : simulate(count);
  }

  private Simulations simulate(int count) {
    return runner()
        .run(
            Objects.requireNonNull(settings.simulator),
            posterior.prior(),
            count,
            seed(Stream.SIMULATIONS));
  }

  private SimulationRunner runner() {
    return settings.runner != null
        ? settings.runner
        : SimulationRunner.local(SimulationSettings.defaults().withThreads(settings.threads));
  }

  /** How many can be made in a share of the time left, if some took so many nanoseconds. */
  private int affordable(int wanted, int made, long nanos) {
    double each = Math.max(1.0, nanos) / Math.max(1, made);
    Duration left = budget.left();
    int most = (int) Math.min(wanted, SHARE * left.toNanos() / each);
    if (most < wanted) {
      LOG.info("{} test data sets instead of {}, as there is no time for more", most, wanted);
    }
    return most;
  }

  private TestDraws testDraws(Simulations tests) {
    Simulations valid = tests.valid();
    long started = System.nanoTime();
    int pilots = Math.min(PILOTS, valid.size());
    TestDraws pilot = draw(head(valid, pilots));
    int count = affordable(valid.size(), pilots, System.nanoTime() - started);
    return count <= pilots ? pilot : draw(head(valid, count));
  }

  private static Simulations head(Simulations valid, int count) {
    return count == valid.size()
        ? valid
        : Simulations.of(valid.parameters().head(count), valid.observations().head(count));
  }

  private TestDraws draw(Simulations tests) {
    return TestDraws.with(posterior)
        .draws(settings.draws)
        .seed(seed(Stream.DRAWS))
        .threads(settings.threads)
        .run(tests);
  }

  private Diagnosis misspecification(Simulations simulations) {
    Misspecification test =
        Misspecification.of(simulations)
            .level(settings.falseAlarmRate / SHARES)
            .threads(settings.threads);
    boolean enough =
        simulations.valid().size() >= Math.max(ENOUGH_FOR_DENSITY, 20 / settings.falseAlarmRate);
    long seed = seed(Stream.MISSPECIFICATION);
    return enough ? test.test(seed, observed) : test.mmd(seed, observed);
  }

  private Diagnosis predictions(Samples samples) {
    if (settings.simulator == null) {
      throw new IllegalStateException("there is no simulator to predict with; give one");
    }
    Simulations predicted =
        runner()
            .run(
                settings.simulator,
                samples.head(Math.min(PREDICTIONS, samples.rows())),
                seed(Stream.PREDICTIONS));
    List<String> names =
        settings.simulations == null
            ? predicted.observations().names()
            : settings.simulations.observations().names();
    return PosteriorPredictiveCheck.of(predicted, observed).named(names.toArray(String[]::new));
  }

  private Diagnosis localTest(Simulations tests) {
    double level = settings.falseAlarmRate / SHARES;
    return LocalC2st.defaults()
        // A level needs so many trials to be reached at all.
        .trials(Math.max(100, (int) Math.ceil(1 / level - 1 - 1e-9)))
        .level(level)
        .threads(settings.threads)
        .train(posterior, tests, seed(Stream.LOCAL))
        .evaluate(seed(Stream.LOCAL_DRAWS), observed);
  }
}
