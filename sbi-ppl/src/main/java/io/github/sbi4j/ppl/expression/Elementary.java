package io.github.sbi4j.ppl.expression;

/** The functions of each element that expressions have. */
abstract sealed class Elementary extends Number permits Expression {
  abstract Expression self();

  /** {@return the negative} */
  public Expression unaryMinus() {
    return Algebra.affine(self(), -1, 0);
  }

  /** {@return the exponential} */
  public Expression exp() {
    return Algebra.apply(self(), UnaryFunctions.EXP);
  }

  /** {@return exp(x) - 1, precise near zero} */
  public Expression expm1() {
    return Algebra.apply(self(), UnaryFunctions.EXPM1);
  }

  /** {@return the natural logarithm} */
  public Expression log() {
    return Algebra.apply(self(), UnaryFunctions.LOG);
  }

  /** {@return log(1 + x), precise near zero} */
  public Expression log1p() {
    return Algebra.apply(self(), UnaryFunctions.LOG1P);
  }

  /** {@return log(1 - x), precise near zero and for sigmoids} */
  public Expression log1m() {
    return Algebra.log1m(self());
  }

  /** {@return log(1 - exp(x)) of negative numbers} */
  public Expression log1mExp() {
    return Algebra.apply(self(), UnaryFunctions.LOG1M_EXP);
  }

  /** {@return the square root} */
  public Expression sqrt() {
    return Algebra.apply(self(), UnaryFunctions.SQRT);
  }

  /** {@return the square} */
  public Expression square() {
    return self().times(self());
  }

  /** {@return the absolute value} */
  public Expression abs() {
    return Algebra.apply(self(), UnaryFunctions.ABS);
  }

  /** {@return the sine} */
  public Expression sin() {
    return Algebra.apply(self(), UnaryFunctions.SIN);
  }

  /** {@return the cosine} */
  public Expression cos() {
    return Algebra.apply(self(), UnaryFunctions.COS);
  }

  /** {@return the hyperbolic tangent} */
  public Expression tanh() {
    return Algebra.apply(self(), UnaryFunctions.TANH);
  }

  /** {@return the arc tangent} */
  public Expression atan() {
    return Algebra.apply(self(), UnaryFunctions.ATAN);
  }

  /** {@return 1 / (1 + exp(-x))} */
  public Expression sigmoid() {
    return Algebra.apply(self(), UnaryFunctions.SIGMOID);
  }

  /** {@return log(1 / (1 + exp(-x)))} */
  public Expression logSigmoid() {
    return Algebra.apply(self(), UnaryFunctions.LOG_SIGMOID);
  }

  /** {@return the log of the absolute value of the gamma function, of positive numbers} */
  public Expression logGamma() {
    return Algebra.apply(self(), UnaryFunctions.LOG_GAMMA);
  }

  /** {@return the log of the probability that a standard normal variable is below x} */
  public Expression logNormalCdf() {
    return Algebra.apply(self(), UnaryFunctions.LOG_NORMAL_CDF);
  }

  /**
   * The greater of two, element by element.
   *
   * @param other a number or expression
   * @return the greater
   */
  public Expression max(Number other) {
    return Algebra.arithmetic(Binary.Kind.MAX, self(), Expression.of(other));
  }

  /**
   * The lesser of two, element by element.
   *
   * @param other a number or expression
   * @return the lesser
   */
  public Expression min(Number other) {
    return Algebra.arithmetic(Binary.Kind.MIN, self(), Expression.of(other));
  }

  @Override
  public int intValue() {
    return (int) doubleValue();
  }

  @Override
  public long longValue() {
    return (long) doubleValue();
  }

  @Override
  public float floatValue() {
    return (float) doubleValue();
  }
}
