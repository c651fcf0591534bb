package io.github.sbi4j.flows.estimator;

/**
 * The part of a conditional density that is known in closed form: networks learn the density of v,
 * standard normal where the target u is as this part has it given the context c.
 */
public sealed interface GaussianPart permits LinearGaussian, TruncatedGaussian {
  /** {@return the number of target values, D} */
  int targets();

  /** {@return the number of context values, L} */
  int contexts();

  /**
   * What a context does to the part, A c + b.
   *
   * @param context c, standardised, L values
   * @return D values
   */
  double[] mean(double[] context);

  /**
   * Takes the part out.
   *
   * @param target u, D values; receives v
   * @param mean that of the context, D values
   * @return log |det dv/du|
   */
  double forward(double[] target, double[] mean);

  /**
   * Puts the part back.
   *
   * @param residual v, D values; receives u
   * @param mean that of the context, D values
   */
  void inverse(double[] residual, double[] mean);

  /**
   * Turns the gradient of log q(v) into that of log q(u).
   *
   * @param target u, D values
   * @param mean that of the context, D values
   * @param gradient with respect to v, D values; receives the result
   */
  void pullBack(double[] target, double[] mean, double[] gradient);
}
