package io.github.sbi4j.ppl.expression;

/** Arithmetic on the elements of two operands of equal size. */
record Binary(int size, Kind kind) implements Operation {
  enum Kind {
    PLUS,
    MINUS,
    TIMES,
    DIVIDE,
    POWER,
    MAX,
    MIN
  }

  @Override
  public void forward(
      int chains, double[][] in, double[] out, Object memory, boolean wantsGradient) {
    int n = chains * size;
    double[] a = in[0];
    double[] b = in[1];
    switch (kind) {
      case PLUS -> {
        for (int i = 0; i < n; i++) {
          out[i] = a[i] + b[i];
        }
      }
      case MINUS -> {
        for (int i = 0; i < n; i++) {
          out[i] = a[i] - b[i];
        }
      }
      case TIMES -> {
        for (int i = 0; i < n; i++) {
          out[i] = a[i] * b[i];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          out[i] = a[i] / b[i];
        }
      }
      case POWER -> {
        for (int i = 0; i < n; i++) {
          out[i] = Math.pow(a[i], b[i]);
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[i] = Math.max(a[i], b[i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[i] = Math.min(a[i], b[i]);
        }
      }
    }
  }

  @Override
  public void backward(
      int chains,
      double[][] in,
      double[] out,
      double[] adjoint,
      double[][] inAdjoints,
      Object memory) {
    int n = chains * size;
    if (inAdjoints[0].length > 0) {
      first(n, in[0], in[1], adjoint, inAdjoints[0]);
    }
    if (inAdjoints[1].length > 0) {
      second(n, in[0], in[1], out, adjoint, inAdjoints[1]);
    }
  }

  private void first(int n, double[] a, double[] b, double[] adjoint, double[] target) {
    switch (kind) {
      case PLUS, MINUS -> {
        for (int i = 0; i < n; i++) {
          target[i] += adjoint[i];
        }
      }
      case TIMES -> {
        for (int i = 0; i < n; i++) {
          target[i] += adjoint[i] * b[i];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          target[i] += adjoint[i] / b[i];
        }
      }
      case POWER -> {
        for (int i = 0; i < n; i++) {
          target[i] += adjoint[i] * b[i] * Math.pow(a[i], b[i] - 1);
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          target[i] += a[i] >= b[i] ? adjoint[i] : 0;
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          target[i] += a[i] <= b[i] ? adjoint[i] : 0;
        }
      }
    }
  }

  private void second(
      int n, double[] a, double[] b, double[] out, double[] adjoint, double[] target) {
    switch (kind) {
      case PLUS -> {
        for (int i = 0; i < n; i++) {
          target[i] += adjoint[i];
        }
      }
      case MINUS -> {
        for (int i = 0; i < n; i++) {
          target[i] -= adjoint[i];
        }
      }
      case TIMES -> {
        for (int i = 0; i < n; i++) {
          target[i] += adjoint[i] * a[i];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          target[i] -= adjoint[i] * out[i] / b[i];
        }
      }
      case POWER -> {
        for (int i = 0; i < n; i++) {
          target[i] += adjoint[i] * out[i] * Math.log(a[i]);
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          target[i] += a[i] < b[i] ? adjoint[i] : 0;
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          target[i] += a[i] > b[i] ? adjoint[i] : 0;
        }
      }
    }
  }
}
