package io.github.sbi4j.analysis.classifier;

import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * A random forest, trained by Tribuo with scikit-learn's defaults.
 *
 * <p>Each tree sees a bootstrap sample of the rows, considers {@code floor(sqrt(D))} of the D
 * columns at every split, splits by the Gini index, and grows until its leaves are pure.
 *
 * @param trees the number of trees
 */
public record RandomForestClassifier(int trees) implements Classifier {
  private static final Label ZERO = new Label("0");
  private static final Label ONE = new Label("1");

  /**
   * Tribuo logs a line per tree; held here because loggers are collected when nobody holds them.
   */
  private static final Logger TRIBUO_LOG = quiet("org.tribuo.ensemble.BaggingTrainer");

  private static Logger quiet(String name) {
    Logger logger = Logger.getLogger(name);
    if (logger.getLevel() == null) {
      logger.setLevel(Level.WARNING);
    }
    return logger;
  }

  /**
   * Checks the number of trees.
   *
   * @param trees the number of trees
   * @throws IllegalArgumentException if it is not positive
   */
  public RandomForestClassifier {
    if (trees < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "trees must be positive, got %d; 100 is usual", trees));
    }
  }

  /** {@return a forest of 100 trees} */
  public static RandomForestClassifier defaults() {
    return new RandomForestClassifier(100);
  }

  @Override
  public String name() {
    return "random forest";
  }

  @Override
  public Fitted fit(double[][] rows, boolean[] labels, long seed) {
    TrainingRows.check(rows, labels);
    String[] names = names(rows[0].length);
    LabelFactory factory = new LabelFactory();
    MutableDataset<Label> dataset =
        new MutableDataset<>(new SimpleDataSourceProvenance("samples", factory), factory);
    for (int i = 0; i < rows.length; i++) {
      dataset.add(new ArrayExample<>(labels[i] ? ONE : ZERO, names, rows[i].clone()));
    }
    float share = (float) Math.floor(Math.sqrt(names.length)) / names.length;
    CARTClassificationTrainer tree =
        new CARTClassificationTrainer(
            Integer.MAX_VALUE, 1f, 0f, share, false, new GiniIndex(), seed);
    TRIBUO_LOG.fine(() -> "training a forest on " + rows.length + " rows");
    Model<Label> forest =
        new RandomForestTrainer<>(tree, new VotingCombiner(), trees, seed).train(dataset);
    return newRows -> probabilities(forest, names, newRows);
  }

  private static double[] probabilities(Model<Label> forest, String[] names, double[][] rows) {
    double[] result = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Example<Label> example = new ArrayExample<>(ZERO, names, rows[i].clone());
      result[i] = forest.predict(example).getOutputScores().get("1").getScore();
    }
    return result;
  }

  /** Column names in alphabetical order, which Tribuo keeps its features in. */
  private static String[] names(int columns) {
    return IntStream.range(0, columns)
        .mapToObj(j -> String.format(Locale.ROOT, "x%06d", j))
        .toArray(String[]::new);
  }
}
