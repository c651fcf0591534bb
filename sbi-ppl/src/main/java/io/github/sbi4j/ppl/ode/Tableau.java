package io.github.sbi4j.ppl.ode;

/**
 * The coefficients of an explicit Runge-Kutta step: k<sub>i</sub> = f(t + c<sub>i</sub> h, y + h
 * sum<sub>j</sub> a<sub>ij</sub> k<sub>j</sub>), and y + h sum b<sub>i</sub> k<sub>i</sub> is the
 * next state.
 *
 * @param nodes c
 * @param stages a, row i with i numbers
 * @param weights b
 * @param errors the weights of the estimated error; none where it is not estimated
 */
record Tableau(double[] nodes, double[][] stages, double[] weights, double[] errors) {
  /** The classic method of order 4 (Kutta 1901, Z. Math. Phys. 46). */
  static final Tableau CLASSIC =
      new Tableau(
          new double[] {0, 0.5, 0.5, 1},
          new double[][] {{}, {0.5}, {0, 0.5}, {0, 0, 1}},
          new double[] {1 / 6., 1 / 3., 1 / 3., 1 / 6.},
          new double[0]);

  /** Order 5 with an error of order 4 (Dormand and Prince 1980, J. Comput. Appl. Math. 6). */
  static final Tableau DORMAND_PRINCE =
      new Tableau(
          new double[] {0, 1 / 5., 3 / 10., 4 / 5., 8 / 9., 1, 1},
          new double[][] {
            {},
            {1 / 5.},
            {3 / 40., 9 / 40.},
            {44 / 45., -56 / 15., 32 / 9.},
            {19372 / 6561., -25360 / 2187., 64448 / 6561., -212 / 729.},
            {9017 / 3168., -355 / 33., 46732 / 5247., 49 / 176., -5103 / 18656.},
            {35 / 384., 0, 500 / 1113., 125 / 192., -2187 / 6784., 11 / 84.}
          },
          new double[] {35 / 384., 0, 500 / 1113., 125 / 192., -2187 / 6784., 11 / 84., 0},
          new double[] {
            71 / 57600., 0, -71 / 16695., 71 / 1920., -17253 / 339200., 22 / 525., -1 / 40.
          });

  int size() {
    return weights.length;
  }

  /** Whether the last stage is the first one of the next step. */
  boolean lastIsNext() {
    return weights[size() - 1] == 0;
  }
}
