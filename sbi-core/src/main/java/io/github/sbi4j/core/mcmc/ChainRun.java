package io.github.sbi4j.core.mcmc;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.List;
import java.util.random.RandomGenerator;

/** One chain under way: its adaptation, its transition and what it has drawn. */
final class ChainRun<T extends LogDensity> {
  private final RandomGenerator random;
  private final Adaptation<T> adaptation;
  private final ChainRecorder recorder;
  private final int thin;
  private Transition transition;
  private long afterWarmUp;

  /** Steps taken; read by the thread that reports progress. */
  private volatile long steps;

  ChainRun(ChainState start, Adaptation<T> adaptation, McmcSettings settings, int chain) {
    this.random = RandomStreams.of(settings.seed(), chain);
    this.adaptation = adaptation;
    this.thin = settings.thin();
    this.recorder = new ChainRecorder(start.position.length, settings.draws());
    this.transition = adaptation.kernel().begin(start, random);
  }

  void writePoint(double[] positions, int offset) {
    transition.writePoint(positions, offset);
  }

  /** Goes on with the values at the point; false once the chain has all its draws. */
  boolean advance(double logDensity, double[] gradients, int offset) {
    double value = Evaluations.clean(logDensity);
    if (value != logDensity) {
      recorder.countInvalid();
    }
    if (transition.advance(value, gradients, offset)) {
      return true;
    }
    Step step = transition.step();
    if (adaptation.finished()) {
      afterWarmUp++;
      recorder.observe(step);
      if (afterWarmUp % thin == 0) {
        recorder.draw(step);
      }
    } else {
      recorder.warmUp(step);
      adaptation.observe(step);
    }
    steps = adaptation.steps() + afterWarmUp;
    if (recorder.isFull()) {
      return false;
    }
    transition = adaptation.kernel().begin(step.state(), random);
    return true;
  }

  static long totalSteps(McmcSettings settings) {
    return settings.warmUp() + (long) settings.draws() * settings.thin();
  }

  long steps() {
    return steps;
  }

  Chain result(List<String> names) {
    return recorder.toChain(names);
  }
}
