package io.github.sbi4j.examples.neuron;

import org.apache.commons.math3.ode.ContinuousOutputModel;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.nonstiff.DormandPrince853Integrator;

/** The same equations, without noise, by an adaptive eighth-order method at a tight tolerance. */
final class ReferenceNeuron implements FirstOrderDifferentialEquations {
  private static final ChannelRates RATES = new ChannelRates(-60);
  private final double[] parameters;
  private double current;

  private ReferenceNeuron(double[] parameters) {
    this.parameters = parameters;
  }

  static VoltageTrace trace(double[] parameters, CurrentStep step, double timeStep) {
    ReferenceNeuron neuron = new ReferenceNeuron(parameters);
    double v = parameters[2];
    double[] state = {
      v,
      RATES.openM(v) / (RATES.openM(v) + RATES.closeM(v)),
      RATES.openH(v) / (RATES.openH(v) + RATES.closeH(v)),
      RATES.openN(v) / (RATES.openN(v) + RATES.closeN(v))
    };
    // The current jumps, so that each piece is integrated for itself.
    double[] bounds = {0, step.onset(), step.offset(), step.total()};
    double[] millivolts = new double[(int) Math.round(step.total() / timeStep) + 1];
    int next = 0;
    for (int piece = 0; piece < 3; piece++) {
      neuron.current = piece == 1 ? step.density() : 0;
      DormandPrince853Integrator integrator =
          new DormandPrince853Integrator(1e-9, 0.05, 1e-11, 1e-11);
      ContinuousOutputModel output = new ContinuousOutputModel();
      integrator.addStepHandler(output);
      integrator.integrate(neuron, bounds[piece], state, bounds[piece + 1], state);
      while (next < millivolts.length && next * timeStep <= bounds[piece + 1] + 1e-9) {
        output.setInterpolatedTime(next * timeStep);
        millivolts[next++] = output.getInterpolatedState()[0];
      }
    }
    return VoltageTrace.copyOf(timeStep, millivolts);
  }

  @Override
  public int getDimension() {
    return 4;
  }

  @Override
  public void computeDerivatives(double time, double[] state, double[] derivatives) {
    double v = state[0];
    double m = state[1];
    double h = state[2];
    double n = state[3];
    derivatives[0] =
        -0.1 * (v - parameters[2])
            - parameters[0] * Math.pow(m, 3) * h * (v - 53)
            - parameters[1] * Math.pow(n, 4) * (v + 107)
            + current;
    derivatives[1] = RATES.openM(v) * (1 - m) - RATES.closeM(v) * m;
    derivatives[2] = RATES.openH(v) * (1 - h) - RATES.closeH(v) * h;
    derivatives[3] = RATES.openN(v) * (1 - n) - RATES.closeN(v) * n;
  }
}
