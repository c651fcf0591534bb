package io.github.sbi4j.ppl.ode;

import java.util.Arrays;

/**
 * The steps of one solution, kept to be gone back through. Memory that is used again for the next
 * solution; for one thread.
 */
final class Trajectory {
  private final RightHandSide.Calculator right;
  private final Tableau tableau;
  private final int states;
  private final int stages;

  /** Of step n the time and length, the state before it and its stages, one after the other. */
  private double[] times = new double[16];

  private double[] lengths = new double[16];
  private double[] before;
  private double[] slopes;

  private int steps;
  private int attempts;
  private double time;
  private double suggested;
  private final double[] state;
  private final double[] next;
  private final double[] inner;
  private final double[] adjoints;

  Trajectory(RightHandSide right, Tableau tableau) {
    this.right = right.calculator();
    this.tableau = tableau;
    states = right.states();
    stages = tableau.size();
    before = new double[16 * states];
    slopes = new double[16 * states * stages];
    state = new double[states];
    next = new double[states];
    inner = new double[states];
    adjoints = new double[states * stages];
  }

  void begin(double start, double[] initial, double[] parameters) {
    right.setParameters(parameters);
    System.arraycopy(initial, 0, state, 0, states);
    time = start;
    steps = 0;
    attempts = 0;
    suggested = 0;
    right.derivative(time, state, slopes, 0);
  }

  double time() {
    return time;
  }

  double[] state() {
    return state;
  }

  int steps() {
    return steps;
  }

  int attempts() {
    return attempts;
  }

  boolean isFinite() {
    return Arrays.stream(state).allMatch(Double::isFinite);
  }

  /** Computes a step without taking it; the first stage is there already. */
  void attempt(double length) {
    attempts++;
    lengths[steps] = length;
    int first = steps * stages * states;
    for (int i = 1; i < stages; i++) {
      move(length, tableau.stages()[i], first, inner);
      right.derivative(time + tableau.nodes()[i] * length, inner, slopes, first + i * states);
    }
    move(length, tableau.weights(), first, next);
  }

  /** The state after a part of a step. */
  private void move(double length, double[] weights, int first, double[] into) {
    for (int s = 0; s < states; s++) {
      double sum = 0;
      for (int j = 0; j < weights.length; j++) {
        sum += weights[j] * slopes[first + j * states + s];
      }
      into[s] = state[s] + length * sum;
    }
  }

  /** Takes the step that was computed last. */
  void accept(double end) {
    times[steps] = time;
    System.arraycopy(state, 0, before, steps * states, states);
    System.arraycopy(next, 0, state, 0, states);
    time = end;
    steps++;
    if (steps == times.length) {
      times = Arrays.copyOf(times, 2 * steps);
      lengths = Arrays.copyOf(lengths, 2 * steps);
      before = Arrays.copyOf(before, 2 * steps * states);
      slopes = Arrays.copyOf(slopes, 2 * steps * stages * states);
    }
    int first = steps * stages * states;
    if (tableau.lastIsNext()) {
      System.arraycopy(slopes, first - states, slopes, first, states);
    } else {
      right.derivative(time, state, slopes, first);
    }
  }

  /** The estimated error of the step computed last, in units of what is tolerated. */
  double error(double relative, double absolute) {
    int first = steps * stages * states;
    double squares = 0;
    for (int s = 0; s < states; s++) {
      double error = 0;
      for (int i = 0; i < stages; i++) {
        error += tableau.errors()[i] * slopes[first + i * states + s];
      }
      double size = Math.max(Math.abs(state[s]), Math.abs(next[s]));
      double ratio = lengths[steps] * error / (absolute + relative * size);
      squares += ratio * ratio;
    }
    return Math.sqrt(squares / states);
  }

  /** The length of the next step; of the first one a hundredth of the state over its slope. */
  double suggested(double relative, double absolute) {
    if (suggested == 0) {
      double size = 0;
      double slope = 0;
      for (int s = 0; s < states; s++) {
        double tolerated = absolute + relative * Math.abs(state[s]);
        size += Math.pow(state[s] / tolerated, 2);
        slope += Math.pow(slopes[s] / tolerated, 2);
      }
      // As in II.4 of Hairer, Norsett and Wanner, where one of both vanishes.
      suggested = size < 1e-10 || slope < 1e-10 ? 1e-6 : 0.01 * Math.sqrt(size / slope);
    }
    return suggested;
  }

  void suggest(double length) {
    suggested = length;
  }

  /**
   * Goes back from one step to an earlier one.
   *
   * @param from the number of steps there are before the adjoint that is given
   * @param to the number of steps there are before the adjoint that is wanted
   * @param byState the adjoint of the state, replaced
   * @param byParameters the adjoint of the parameters, added to
   */
  void backward(int from, int to, double[] byState, double[] byParameters) {
    for (int n = from - 1; n >= to; n--) {
      double length = lengths[n];
      int first = n * stages * states;
      System.arraycopy(before, n * states, state, 0, states);
      for (int i = 0; i < stages; i++) {
        for (int s = 0; s < states; s++) {
          adjoints[i * states + s] = length * tableau.weights()[i] * byState[s];
        }
      }
      for (int i = tableau.lastIsNext() ? stages - 2 : stages - 1; i >= 0; i--) {
        double[] row = tableau.stages()[i];
        move(length, row, first, inner);
        double t = times[n] + tableau.nodes()[i] * length;
        right.adjoint(t, inner, adjoints, i * states, next, byParameters);
        for (int s = 0; s < states; s++) {
          byState[s] += next[s];
          for (int j = 0; j < i; j++) {
            adjoints[j * states + s] += length * row[j] * next[s];
          }
        }
      }
    }
  }
}
