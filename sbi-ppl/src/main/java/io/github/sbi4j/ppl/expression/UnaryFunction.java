package io.github.sbi4j.ppl.expression;

/** A function of one number. */
interface UnaryFunction {
  double value(double x);

  /** The slope at x, given y = value(x). */
  double slope(double x, double y);
}
