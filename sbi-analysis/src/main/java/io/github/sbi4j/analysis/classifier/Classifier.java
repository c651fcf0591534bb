package io.github.sbi4j.analysis.classifier;

/** A method that learns from labelled rows to tell class one ({@code true}) from class zero. */
public interface Classifier {
  /** {@return the name in tables and results, for example {@code "mlp"}} */
  String name();

  /**
   * Learns from labelled rows.
   *
   * @param rows N rows of D finite values; standardise them where the classifier is sensitive to
   *     scale
   * @param labels the N classes
   * @param seed the seed of everything random in the training
   * @return the trained classifier
   * @throws IllegalArgumentException if there are no rows, not as many labels as rows, or not the
   *     same number of values in every row
   */
  Fitted fit(double[][] rows, boolean[] labels, long seed);

  /** A trained classifier; safe for use from several threads. */
  @FunctionalInterface
  interface Fitted {
    /**
     * The probability of class one for each row.
     *
     * @param rows N rows of D values
     * @return N probabilities
     */
    double[] probabilities(double[][] rows);

    /**
     * The share of rows put into their class, with the border at a probability of one half.
     *
     * @param rows N rows of D values
     * @param labels the N classes
     * @return a number from 0 to 1
     */
    default double accuracy(double[][] rows, boolean[] labels) {
      double[] probabilities = probabilities(rows);
      int right = 0;
      for (int i = 0; i < rows.length; i++) {
        if (probabilities[i] > 0.5 == labels[i]) {
          right++;
        }
      }
      return (double) right / rows.length;
    }
  }
}
