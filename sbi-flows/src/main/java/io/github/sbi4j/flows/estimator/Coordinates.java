package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.embedding.Embedding;

/**
 * The coordinates in which networks see targets and contexts, and the way there and back.
 *
 * <p>A target t goes to unconstrained space by the bijection of its support, is standardised, and
 * loses its linear Gaussian dependence on the context: t to z to u to v. A context is standardised.
 * All of it is fixed before training and saved with it.
 */
public final class Coordinates {
  private static final int MOST_REGRESSED = 300;
  private static final int ROWS_PER_VALUE = 3;

  private final Support support;
  private final Bijection bijection;
  private final Standardization targets;
  private final Standardization contexts;
  private final LinearGaussian regression;

  /**
   * Puts the steps together.
   *
   * @param support where targets lie; all of R^D if they are not to be mapped
   * @param targets standardises unconstrained targets, D values
   * @param contexts standardises contexts, L values
   * @param regression the linear Gaussian part, of D and L values
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public Coordinates(
      Support support,
      Standardization targets,
      Standardization contexts,
      LinearGaussian regression) {
    int d = support.dimension();
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
    this.support = support;
    this.bijection = support.bijection();
    this.targets = targets;
    this.contexts = contexts;
    this.regression = regression;
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
      Support support, double[][] targets, double[][] contexts, Embedding embedding) {
    Bijection bijection = support.bijection();
    int n = targets.length;
    double[][] u = new double[n][support.dimension()];
    double[][] c = new double[n][contexts[0].length];
    for (int i = 0; i < n; i++) {
      bijection.forward(targets[i], u[i]);
    }
    Standardization ofTargets = Standardization.fit(u);
    Standardization ofContexts = Standardization.fit(contexts, embedding);
    for (int i = 0; i < n; i++) {
      ofTargets.forward(u[i], u[i]);
      ofContexts.forward(contexts[i], c[i]);
    }
    int d = support.dimension();
    int l = contexts[0].length;
    boolean linear =
        embedding == Embedding.identity() && l <= MOST_REGRESSED && n >= ROWS_PER_VALUE * (l + d);
    LinearGaussian regression = linear ? LinearGaussian.fit(u, c) : LinearGaussian.identity(d, l);
    return new Coordinates(support, ofTargets, ofContexts, regression);
  }

  /** {@return the support of the targets} */
  public Support support() {
    return support;
  }

  /** {@return the map between targets and unconstrained space} */
  public Bijection bijection() {
    return bijection;
  }

  /** {@return how unconstrained targets are standardised} */
  public Standardization targets() {
    return targets;
  }

  /** {@return how contexts are standardised} */
  public Standardization contexts() {
    return contexts;
  }

  /** {@return the linear Gaussian part} */
  public LinearGaussian regression() {
    return regression;
  }

  /**
   * A context as networks see it, with what the linear part makes of it.
   *
   * @param scaled L standardised values
   * @param mean the mean of the standardised targets under the linear part, D values
   */
  public record Context(double[] scaled, double[] mean) {}

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
    return new Context(scaled, regression.mean(scaled));
  }

  /**
   * A target as networks see it.
   *
   * @param target D values inside the support
   * @param context the context
   * @param result receives v, D values
   * @return log |det dv/dt|
   */
  public double forward(double[] target, Context context, double[] result) {
    return bijection.forward(target, result) + forwardUnconstrained(result, context, result);
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
    return targets.forward(unconstrained, result) + regression.forward(result, context.mean());
  }

  /**
   * Back from what networks see.
   *
   * @param seen v, D values; overwritten
   * @param context the context
   * @return the target, D values
   */
  public double[] inverse(double[] seen, Context context) {
    regression.inverse(seen, context.mean());
    targets.inverse(seen, seen);
    double[] target = new double[seen.length];
    bijection.inverse(seen, target);
    return target;
  }

  /**
   * Turns the gradient of log q(v) into that of log q(z).
   *
   * @param unconstrained z, D values
   * @param gradient with respect to v, D values; receives the result
   */
  public void pullBack(double[] unconstrained, double[] gradient) {
    regression.pullBack(gradient);
    targets.pullBack(unconstrained, gradient);
  }

  /**
   * The part of a target's coordinates that does not depend on the context: v = whiten(t) - {@link
   * #whitenedMean}.
   *
   * @param target D values inside the support
   * @param result receives F<sup>-1</sup> u, D values
   * @return log |det dv/dt|
   */
  double whiten(double[] target, double[] result) {
    double logDeterminant = bijection.forward(target, result);
    return logDeterminant
        + targets.forward(result, result)
        + regression.forward(result, new double[result.length]);
  }

  /** The part that depends on the context alone, F<sup>-1</sup> (A c + b). */
  double[] whitenedMean(Context context) {
    double[] result = context.mean().clone();
    regression.forward(result, new double[result.length]);
    return result;
  }

  /**
   * Turns gradients with respect to what networks see into the one with respect to the context.
   *
   * @param context L values
   * @param ofTarget the gradient with respect to v, D values; overwritten
   * @param ofContext the gradient with respect to the standardised context at a fixed v, L values;
   *     receives the result
   */
  void pullBackContext(double[] context, double[] ofTarget, double[] ofContext) {
    regression.pullBackContext(ofTarget, ofContext);
    contexts.pullBackFunction(context, ofContext);
  }
}
