package io.github.sbi4j.flows.posterior;

import java.util.List;

/**
 * A maximum of a posterior density.
 *
 * @param parameters where it is, D values
 * @param logProb the log-density there
 * @param converged true if the ascent had come to rest
 */
public record MapEstimate(List<Double> parameters, double logProb, boolean converged) {
  /**
   * Copies the list.
   *
   * @param parameters where it is, D values
   * @param logProb the log-density there
   * @param converged true if the ascent had come to rest
   */
  public MapEstimate {
    parameters = List.copyOf(parameters);
  }

  /** {@return the parameters as a new array, D values} */
  public double[] toArray() {
    return parameters.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
