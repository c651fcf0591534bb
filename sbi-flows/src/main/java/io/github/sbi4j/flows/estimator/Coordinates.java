package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.embedding.Embedding;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The coordinates in which networks see targets and contexts, and the way there and back.
 *
 * <p>A target t goes to unconstrained space by the bijection of its support, is standardised, and
 * loses its linear Gaussian dependence on the context: t to z to u to v. Values that {@link
 * TruncatedGaussian} truncates to their bounds go to v without being unconstrained before. A
 * context is standardised. All of it is fixed before training and saved with it. Categorical
 * columns of a target take no part in that: networks see {@linkplain TargetColumns one value for
 * each category}, before v. From values whose {@linkplain LowerBounds lower bound} is a value of
 * the context it is subtracted first.
 */
public final class Coordinates {
  private static final int MOST_REGRESSED = 300;
  private static final int ROWS_PER_VALUE = 3;

  private final Support support;
  private final TargetColumns columns;
  private final LowerBounds lowerBounds;
  private final @Nullable Bijection bijection;

  /** Of the values that do not keep their bounds; {@link #bijection} where none does. */
  private final @Nullable Bijection ofFree;

  /** Of the values that keep their bounds; null where none does. */
  private final @Nullable Bijection ofBounded;

  private final Standardization targets;
  private final Standardization contexts;
  private final GaussianPart regression;

  /**
   * Puts the steps together.
   *
   * @param support where targets lie; all of R^D if they are not to be mapped
   * @param targets standardises unconstrained targets, D values
   * @param contexts standardises contexts, L values
   * @param regression the Gaussian part, of D and L values
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public Coordinates(
      Support support, Standardization targets, Standardization contexts, GaussianPart regression) {
    this(
        support,
        TargetColumns.continuous(support.dimension()),
        LowerBounds.none(support.dimension()),
        targets,
        contexts,
        regression);
  }

  /**
   * Puts the steps together, for targets of which some columns may be categorical or bounded by
   * values of the context.
   *
   * @param support where targets lie; of categorical columns it says nothing more
   * @param columns what the D columns of targets are
   * @param lowerBounds which of them are bounded by values of the context
   * @param targets standardises unconstrained targets, categorical columns left out
   * @param contexts standardises contexts, L values
   * @param regression the Gaussian part, of as many values as the two before
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public Coordinates(
      Support support,
      TargetColumns columns,
      LowerBounds lowerBounds,
      Standardization targets,
      Standardization contexts,
      GaussianPart regression) {
    int d = columns.others().length;
    if (columns.dimension() != support.dimension()) {
      throw new IllegalArgumentException(
          "the support has "
              + support.dimension()
              + " values, but "
              + columns.dimension()
              + " columns are described");
    }
    if (targets.columns() != d
        || regression.targets() != d
        || regression.contexts() != contexts.columns()) {
      throw new IllegalArgumentException(
          "the support has "
              + d
              + " values, "
              + targets.columns()
              + " are standardised and "
              + regression.targets()
              + " regressed; contexts have "
              + contexts.columns()
              + " values, "
              + regression.contexts()
              + " in the regression; they have to agree");
    }
    lowerBounds.requireFit(support.dimension(), contexts.columns());
    this.support = support;
    this.columns = columns;
    this.lowerBounds = lowerBounds;
    this.bijection = bijection(support, columns, lowerBounds);
    this.targets = targets;
    this.contexts = contexts;
    this.regression = regression;
    if (regression instanceof TruncatedGaussian truncated) {
      if (columns.oneHot() > 0 || !lowerBounds.isEmpty()) {
        throw new IllegalArgumentException(
            "a truncated Gaussian part is for targets all of whose columns are continuous and whose bounds are fixed");
      }
      this.ofFree = support.only(k -> !truncated.isBounded(k)).bijection();
      this.ofBounded = support.only(truncated::isBounded).bijection();
    } else {
      this.ofFree = bijection;
      this.ofBounded = null;
    }
  }

  /** The map of distances from lower bounds; null where all columns are categorical. */
  private static @Nullable Bijection bijection(
      Support support, TargetColumns columns, LowerBounds lowerBounds) {
    Support ofOthers = columns.ofOthers(lowerBounds.ofDistances(support));
    return ofOthers == null ? null : ofOthers.bijection();
  }

  /**
   * Fits to the rows to be trained on. The linear part is taken out where the networks see the
   * context itself and there are clearly more rows than values.
   *
   * @param support where targets lie; all of R^D if they are not to be mapped
   * @param targets N x D, inside the support
   * @param contexts N x L
   * @param embedding what the context goes through first
   * @return the coordinates
   */
  public static Coordinates fit(
      Support support, List<double[]> targets, List<double[]> contexts, Embedding embedding) {
    TargetColumns columns = TargetColumns.continuous(support.dimension());
    LowerBounds none = LowerBounds.none(support.dimension());
    return fit(support, columns, none, targets, contexts, embedding);
  }

  /**
   * Fits to the rows to be trained on, of which some columns may be categorical or bounded by
   * values of the context.
   *
   * @param support where targets lie; of categorical columns it says nothing more
   * @param columns what the columns of targets are
   * @param lowerBounds which of them are bounded by values of the context
   * @param targets N x D, inside the support and above these bounds
   * @param contexts N x L
   * @param embedding what the context goes through first
   * @return the coordinates
   */
  public static Coordinates fit(
      Support support,
      TargetColumns columns,
      LowerBounds lowerBounds,
      List<double[]> targets,
      List<double[]> contexts,
      Embedding embedding) {
    int n = targets.size();
    int d = columns.others().length;
    int l = contexts.get(0).length;
    Bijection bijection = bijection(support, columns, lowerBounds);
    List<double[]> unconstrained =
        new AbstractList<>() {
          @Override
          public double[] get(int i) {
            double[] z = columns.distances(targets.get(i), lowerBounds, contexts.get(i));
            if (bijection != null) {
              bijection.forward(z, z);
            }
            return z;
          }

          @Override
          public int size() {
            return n;
          }
        };
    Standardization ofTargets = Standardization.fit(unconstrained, Embedding.identity());
    Standardization ofContexts = Standardization.fit(contexts, embedding);
    LinearGaussian regression = LinearGaussian.identity(d, l);
    if (isRegressed(n, d, l, embedding)) {
      double[][] u = new double[Math.min(n, LinearGaussian.MOST_ROWS)][d];
      double[][] c = new double[u.length][l];
      for (int i = 0; i < u.length; i++) {
        ofTargets.forward(unconstrained.get(i), u[i]);
        ofContexts.forward(contexts.get(i), c[i]);
      }
      regression = LinearGaussian.fit(u, c);
    }
    return new Coordinates(support, columns, lowerBounds, ofTargets, ofContexts, regression);
  }

  /** Whether networks see contexts themselves and there are clearly more rows than values. */
  static boolean isRegressed(int rows, int targets, int contexts, Embedding embedding) {
    return targets > 0
        && embedding == Embedding.identity()
        && contexts <= MOST_REGRESSED
        && rows >= ROWS_PER_VALUE * (contexts + targets);
  }

  /** {@return the support of the targets} */
  public Support support() {
    return support;
  }

  /** {@return what the columns of targets are} */
  public TargetColumns columns() {
    return columns;
  }

  /** {@return which columns of targets are bounded by values of the context} */
  public LowerBounds lowerBounds() {
    return lowerBounds;
  }

  /** {@return the number of values of a target, D} */
  public int dimension() {
    return support.dimension();
  }

  /** {@return the number of values that networks see of a target} */
  public int seen() {
    return columns.seen();
  }

  /**
   * {@return whether a target can have a positive density: it lies inside the support and above its
   * lower bounds, and its categories are known}
   *
   * @param target D values
   * @param context the context
   */
  public boolean contains(double[] target, Context context) {
    return support.contains(target)
        && columns.problem(target) == null
        && lowerBounds.allow(target, context.values());
  }

  /**
   * {@return the map between targets and unconstrained space}
   *
   * @throws IllegalStateException if a column is categorical or bounded by a value of the context,
   *     for which there is none
   */
  public Bijection bijection() {
    if (bijection == null || columns.oneHot() > 0 || !lowerBounds.isEmpty()) {
      throw new IllegalStateException(
          "columns that are categorical or bounded by a parameter have no unconstrained space");
    }
    return bijection;
  }

  /** {@return how unconstrained targets are standardised, categorical columns left out} */
  public Standardization targets() {
    return targets;
  }

  /** {@return how contexts are standardised} */
  public Standardization contexts() {
    return contexts;
  }

  /** {@return the Gaussian part} */
  public GaussianPart regression() {
    return regression;
  }

  /** {@return whether what networks see of a target depends on the context by a shift alone} */
  public boolean isShifted() {
    return regression instanceof LinearGaussian;
  }

  private LinearGaussian linear() {
    if (regression instanceof LinearGaussian linear) {
      return linear;
    }
    throw new IllegalStateException(
        "a truncated Gaussian part depends on the context by more than a shift, and has no gradient in it");
  }

  /**
   * A context as networks see it, with what the linear part makes of it.
   *
   * @param values L values
   * @param scaled these standardised
   * @param mean the mean of the standardised targets under the linear part, D values
   */
  public record Context(double[] values, double[] scaled, double[] mean) {}

  /**
   * Looks at a context.
   *
   * @param context L values
   * @return the context as networks see it
   */
  public Context context(double[] context) {
    if (context.length != contexts.columns()) {
      throw new IllegalArgumentException(
          "the context has "
              + context.length
              + " values, but the density was trained with "
              + contexts.columns());
    }
    double[] scaled = new double[context.length];
    contexts.forward(context, scaled);
    return new Context(context, scaled, regression.mean(scaled));
  }

  /**
   * A target as networks see it.
   *
   * @param target D values inside the support and above the lower bounds
   * @param context the context
   * @param result receives the categories, then v
   * @return log |det dv/dt|
   */
  public double forward(double[] target, Context context, double[] result) {
    Distances distances = distances(target, context);
    double[] v = distances.unconstrained;
    double logDeterminant = distances.logDeterminant + targets.forward(v, v);
    logDeterminant += regression.forward(v, context.mean());
    put(target, v, result);
    return logDeterminant;
  }

  /**
   * What a target's columns that are not categorical are above their lower bounds.
   *
   * @param values t - c, or t where there is no bound
   * @param unconstrained z, these in unconstrained space
   * @param logDeterminant log |det dz/dt|
   */
  record Distances(double[] values, double[] unconstrained, double logDeterminant) {}

  /** The distances of a target, inside the support and above the lower bounds, from these. */
  Distances distances(double[] target, Context context) {
    double[] values = columns.distances(target, lowerBounds, context.values());
    double[] z = new double[values.length];
    double logDeterminant = ofFree == null ? 0 : ofFree.forward(values, z);
    return new Distances(values, z, logDeterminant);
  }

  /**
   * A target without categorical columns or lower bounds as it is before the Gaussian part is taken
   * out.
   *
   * @param target D values inside the support
   * @param result receives u, D values
   * @return log |det du/dt|
   */
  public double standardize(double[] target, double[] result) {
    double logDeterminant = ofFree == null ? 0 : ofFree.forward(target, result);
    return logDeterminant + targets.forward(result, result);
  }

  private void put(double[] target, double[] v, double[] result) {
    columns.encode(target, result);
    System.arraycopy(v, 0, result, columns.oneHot(), v.length);
  }

  /**
   * An unconstrained target as networks see it.
   *
   * @param unconstrained z, D values
   * @param context the context
   * @param result receives v, D values; may be the same array
   * @return log |det dv/dz|
   */
  public double forwardUnconstrained(double[] unconstrained, Context context, double[] result) {
    double[] values = unconstrained.clone();
    double logDeterminant = bounded(values);
    logDeterminant += targets.forward(values, result);
    return logDeterminant + regression.forward(result, context.mean());
  }

  /** Gives the values that keep their bounds these back. */
  private double bounded(double[] unconstrained) {
    return ofBounded == null ? 0 : ofBounded.inverse(unconstrained, unconstrained);
  }

  /**
   * Back from what networks see.
   *
   * @param seen the categories, then v
   * @param context the context
   * @return the target, D values
   */
  public double[] inverse(double[] seen, Context context) {
    double[] u = Arrays.copyOfRange(seen, columns.oneHot(), seen.length);
    regression.inverse(u, context.mean());
    targets.inverse(u, u);
    double[] values = new double[u.length];
    if (ofFree != null) {
      ofFree.inverse(u, values);
    }
    if (ofBounded != null) {
      support.clamp(values);
    }
    double[] distance = columns.decode(seen, values);
    return lowerBounds.target(distance, context.values());
  }

  /**
   * Turns the gradient of log q(v) into that of log q(z).
   *
   * @param unconstrained z, D values
   * @param context the context
   * @param gradient with respect to v, D values; receives the result
   */
  public void pullBack(double[] unconstrained, Context context, double[] gradient) {
    double[] values = unconstrained.clone();
    bounded(values);
    double[] u = new double[values.length];
    targets.forward(values, u);
    regression.pullBack(u, context.mean(), gradient);
    targets.pullBack(values, gradient);
    if (ofBounded != null) {
      ofBounded.pullBack(unconstrained, gradient, gradient);
    }
  }

  /**
   * The part of a target's coordinates that depends on the context by way of lower bounds alone:
   * what networks see is whiten(t) - {@link #whitenedMean}.
   *
   * @param target D values inside the support and above the lower bounds
   * @param context the context
   * @param result receives the categories, then F<sup>-1</sup> u
   * @return log |det dv/dt|
   */
  public double whiten(double[] target, Context context, double[] result) {
    return whiten(target, distances(target, context), result);
  }

  /** The same of a target whose distances are known. */
  double whiten(double[] target, Distances distances, double[] result) {
    double[] z = new double[targets.columns()];
    double logDeterminant = distances.logDeterminant + targets.forward(distances.unconstrained, z);
    logDeterminant += linear().forward(z, new double[z.length]);
    put(target, z, result);
    return logDeterminant;
  }

  /**
   * {@return the part that depends on the context alone: zeros, then F<sup>-1</sup> (A c + b)}
   *
   * @param context the context
   */
  public double[] whitenedMean(Context context) {
    double[] mean = context.mean().clone();
    linear().forward(mean, new double[mean.length]);
    double[] result = new double[seen()];
    System.arraycopy(mean, 0, result, columns.oneHot(), mean.length);
    return result;
  }

  /**
   * Turns gradients with respect to what networks see into the one with respect to the context.
   *
   * @param context L values
   * @param ofSeen the gradient with respect to what networks see of a target
   * @param ofContext the gradient with respect to the standardised context at a fixed v, L values;
   *     receives the result
   */
  void pullBackContext(double[] context, double[] ofSeen, double[] ofContext) {
    double[] ofTarget = Arrays.copyOfRange(ofSeen, columns.oneHot(), ofSeen.length);
    linear().pullBackContext(ofTarget, ofContext);
    contexts.pullBackFunction(context, ofContext);
  }

  /**
   * Adds what a function of v owes to the context by way of the lower bounds.
   *
   * @param distances those of a target
   * @param ofSeen the gradient with respect to what networks see
   * @param ofContext added to, L values
   */
  void pullBackLowerBounds(Distances distances, double[] ofSeen, double[] ofContext) {
    double[] slopes = Arrays.copyOfRange(ofSeen, columns.oneHot(), ofSeen.length);
    linear().pullBack(slopes);
    targets.pullBackFunction(distances.unconstrained, slopes);
    addToBounds(distances.values, slopes, ofContext);
  }

  /**
   * Adds what log |det dv/dt| owes to the context by way of the lower bounds.
   *
   * @param distances those of a target
   * @param ofContext added to, L values
   */
  void pullBackLowerBounds(Distances distances, double[] ofContext) {
    double[] slopes = new double[targets.columns()];
    targets.pullBack(distances.unconstrained, slopes);
    for (int k = 0; k < slopes.length; k++) {
      slopes[k]--; // log |dz/dt| is -z
    }
    addToBounds(distances.values, slopes, ofContext);
  }

  /** Each z of a bounded target is the logarithm of its distance, t - c. */
  private void addToBounds(double[] distances, double[] slopes, double[] ofContext) {
    for (int k = 0; k < distances.length; k++) {
      lowerBounds.addGradient(columns.other(k), -slopes[k] / distances[k], ofContext);
    }
  }
}
