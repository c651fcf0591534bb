package io.github.sbi4j.ppl.expression;

import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.LogGamma;

/** The functions of one number that expressions know. */
enum UnaryFunctions implements UnaryFunction {
  EXP {
    @Override
    public double value(double x) {
      return Math.exp(x);
    }

    @Override
    public double slope(double x, double y) {
      return y;
    }
  },
  EXPM1 {
    @Override
    public double value(double x) {
      return Math.expm1(x);
    }

    @Override
    public double slope(double x, double y) {
      return y + 1;
    }
  },
  LOG {
    @Override
    public double value(double x) {
      return Math.log(x);
    }

    @Override
    public double slope(double x, double y) {
      return 1 / x;
    }
  },
  LOG1P {
    @Override
    public double value(double x) {
      return Math.log1p(x);
    }

    @Override
    public double slope(double x, double y) {
      return 1 / (1 + x);
    }
  },
  SQRT {
    @Override
    public double value(double x) {
      return Math.sqrt(x);
    }

    @Override
    public double slope(double x, double y) {
      return 0.5 / y;
    }
  },
  RECIPROCAL {
    @Override
    public double value(double x) {
      return 1 / x;
    }

    @Override
    public double slope(double x, double y) {
      return -y * y;
    }
  },
  ABS {
    @Override
    public double value(double x) {
      return Math.abs(x);
    }

    @Override
    public double slope(double x, double y) {
      return Math.signum(x);
    }
  },
  SIN {
    @Override
    public double value(double x) {
      return Math.sin(x);
    }

    @Override
    public double slope(double x, double y) {
      return Math.cos(x);
    }
  },
  COS {
    @Override
    public double value(double x) {
      return Math.cos(x);
    }

    @Override
    public double slope(double x, double y) {
      return -Math.sin(x);
    }
  },
  TANH {
    @Override
    public double value(double x) {
      return Math.tanh(x);
    }

    @Override
    public double slope(double x, double y) {
      return 1 - y * y;
    }
  },
  ATAN {
    @Override
    public double value(double x) {
      return Math.atan(x);
    }

    @Override
    public double slope(double x, double y) {
      return 1 / (1 + x * x);
    }
  },
  SIGMOID {
    @Override
    public double value(double x) {
      // Without cancellation on either side.
      double e = Math.exp(-Math.abs(x));
      return (x >= 0 ? 1 : e) / (1 + e);
    }

    @Override
    public double slope(double x, double y) {
      double e = Math.exp(-Math.abs(x));
      return e / ((1 + e) * (1 + e));
    }
  },
  LOG_SIGMOID {
    @Override
    public double value(double x) {
      return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
    }

    @Override
    public double slope(double x, double y) {
      return SIGMOID.value(-x);
    }
  },
  /** log(1 - exp(x)) of a negative number. */
  LOG1M_EXP {
    @Override
    public double value(double x) {
      return x > -Math.log(2) ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
    }

    @Override
    public double slope(double x, double y) {
      return 1 / -Math.expm1(-x);
    }
  },
  LOG_GAMMA {
    @Override
    public double value(double x) {
      return x > 0 ? LogGamma.value(x) : Double.NaN;
    }

    @Override
    public double slope(double x, double y) {
      return x > 0 ? Digamma.value(x) : Double.NaN;
    }
  },
  /** The log of the standard normal's probability below x. */
  LOG_NORMAL_CDF {
    @Override
    public double value(double x) {
      double scaled = -x / Math.sqrt(2);
      return x < -1
          ? Math.log(0.5 * Erfcx.value(scaled)) - scaled * scaled
          : x < 5 ? Math.log(0.5 * Erfc.value(scaled)) : Math.log1p(-0.5 * Erfc.value(-scaled));
    }

    @Override
    public double slope(double x, double y) {
      return Math.exp(-0.5 * x * x - 0.5 * Math.log(2 * Math.PI) - y);
    }
  };

  /** x to a fixed power. */
  static UnaryFunction power(double exponent) {
    return new UnaryFunction() {
      @Override
      public double value(double x) {
        return Math.pow(x, exponent);
      }

      @Override
      public double slope(double x, double y) {
        return exponent * Math.pow(x, exponent - 1);
      }
    };
  }
}
