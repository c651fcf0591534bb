package io.github.sbi4j.analysis.diagnostic;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Parameters predicted from data by a regression on the values and their squares, each data set by
 * one that was fitted without its fold.
 *
 * @param predictions N x D
 * @param errors N x D, the standard deviations of what the regression leaves in the other folds
 */
record CrossFit(double[][] predictions, double[][] errors) {
  private static final int FOLDS = 5;
  private static final double RIDGE = 1e-3;

  /** Beyond so many standard deviations a value is cut off, lest one row decide all. */
  private static final double LARGEST = 5;

  /** Squares are left out where there are not ten rows for each number to fit. */
  private static final int ROWS_PER_TERM = 10;

  static CrossFit of(double[][] observations, double[][] parameters) {
    double[][] terms = terms(observations);
    int rows = parameters.length;
    double[][] predictions = new double[rows][];
    double[][] errors = new double[rows][];
    int folds = Math.min(FOLDS, rows);
    for (int fold = 0; fold < folds; fold++) {
      RealMatrix weights = fit(terms, parameters, fold, folds);
      double[] squares = new double[parameters[0].length];
      int count = 0;
      for (int i = 0; i < rows; i++) {
        predictions[i] = i % folds == fold ? predict(weights, terms[i]) : predictions[i];
        if (i % folds != fold) {
          double[] predicted = predict(weights, terms[i]);
          count++;
          for (int d = 0; d < squares.length; d++) {
            squares[d] += Math.pow(parameters[i][d] - predicted[d], 2);
          }
        }
      }
      int others = Math.max(1, count);
      double[] sd = Arrays.stream(squares).map(sum -> Math.sqrt(sum / others)).toArray();
      for (int i = fold; i < rows; i += folds) {
        errors[i] = sd;
      }
    }
    return new CrossFit(predictions, errors);
  }

  private static double[] predict(RealMatrix weights, double[] terms) {
    return weights.preMultiply(terms);
  }

  private static RealMatrix fit(double[][] terms, double[][] parameters, int fold, int folds) {
    int size = terms[0].length;
    double[][] products = new double[size][size];
    double[][] targets = new double[size][parameters[0].length];
    for (int i = 0; i < terms.length; i++) {
      if (i % folds == fold && folds > 1) {
        continue;
      }
      for (int a = 0; a < size; a++) {
        for (int b = 0; b < size; b++) {
          products[a][b] += terms[i][a] * terms[i][b];
        }
        for (int d = 0; d < targets[a].length; d++) {
          targets[a][d] += terms[i][a] * parameters[i][d];
        }
      }
    }
    for (int a = 0; a < size; a++) {
      products[a][a] += RIDGE * terms.length;
    }
    return new CholeskyDecomposition(new Array2DRowRealMatrix(products, false))
        .getSolver()
        .solve(new Array2DRowRealMatrix(targets, false));
  }

  /** One, the standardised values, and their squares if there are rows enough. */
  private static double[][] terms(double[][] observations) {
    int rows = observations.length;
    int columns = observations[0].length;
    boolean squares = rows >= ROWS_PER_TERM * (1 + 2 * columns);
    double[][] terms = new double[rows][1 + (squares ? 2 : 1) * columns];
    for (int j = 0; j < columns; j++) {
      int column = j;
      double mean = Arrays.stream(observations).mapToDouble(row -> row[column] / rows).sum();
      double sd =
          Math.sqrt(
              Arrays.stream(observations)
                  .mapToDouble(row -> Math.pow(row[column] - mean, 2) / rows)
                  .sum());
      for (int i = 0; i < rows; i++) {
        double z = sd > 0 ? (observations[i][j] - mean) / sd : 0;
        z = Math.max(-LARGEST, Math.min(LARGEST, z));
        terms[i][0] = 1;
        terms[i][1 + j] = z;
        if (squares) {
          terms[i][1 + columns + j] = z * z - 1;
        }
      }
    }
    return terms;
  }
}
