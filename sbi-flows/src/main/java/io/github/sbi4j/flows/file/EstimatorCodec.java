package io.github.sbi4j.flows.file;

import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.estimator.TargetColumns;
import io.github.sbi4j.flows.tensor.Activation;
import java.util.Locale;

/** The settings of density estimators. */
final class EstimatorCodec {
  private static final Kinds<DensityEstimator> KINDS =
      Kinds.<DensityEstimator>none()
          .with(
              "maf",
              Maf.class,
              (maf, fields) ->
                  fields
                      .put("transforms", maf.transforms())
                      .put("hiddenFeatures", maf.hiddenFeatures())
                      .put("hiddenLayers", maf.hiddenLayers())
                      .put("activation", maf.activation().name()),
              fields ->
                  Maf.defaults()
                      .withTransforms(fields.integer("transforms"))
                      .withHiddenFeatures(fields.integer("hiddenFeatures"))
                      .withHiddenLayers(fields.integer("hiddenLayers"))
                      .withActivation(Activation.valueOf(fields.string("activation"))))
          .with(
              "nsf",
              Nsf.class,
              (nsf, fields) ->
                  fields
                      .put("transforms", nsf.transforms())
                      .put("bins", nsf.bins())
                      .put("bound", nsf.bound())
                      .put("hiddenFeatures", nsf.hiddenFeatures())
                      .put("hiddenLayers", nsf.hiddenLayers())
                      .put("activation", nsf.activation().name()),
              fields ->
                  Nsf.defaults()
                      .withTransforms(fields.integer("transforms"))
                      .withBins(fields.integer("bins"))
                      .withBound(fields.number("bound"))
                      .withHiddenFeatures(fields.integer("hiddenFeatures"))
                      .withHiddenLayers(fields.integer("hiddenLayers"))
                      .withActivation(Activation.valueOf(fields.string("activation"))))
          .with(
              "mdn",
              Mdn.class,
              (mdn, fields) ->
                  fields
                      .put("components", mdn.components())
                      .put("hiddenFeatures", mdn.hiddenFeatures())
                      .put("hiddenLayers", mdn.hiddenLayers())
                      .put("activation", mdn.activation().name()),
              fields ->
                  Mdn.defaults()
                      .withComponents(fields.integer("components"))
                      .withHiddenFeatures(fields.integer("hiddenFeatures"))
                      .withHiddenLayers(fields.integer("hiddenLayers"))
                      .withActivation(Activation.valueOf(fields.string("activation"))))
          .with(
              "mnle",
              Mnle.class,
              (mnle, fields) ->
                  fields
                      .put("continuous", encode(mnle.continuous()))
                      .put("hiddenFeatures", mnle.hiddenFeatures())
                      .put("hiddenLayers", mnle.hiddenLayers())
                      .put("activation", mnle.activation().name()),
              fields ->
                  Mnle.defaults()
                      .withContinuous(decode(fields.object("continuous")))
                      .withHiddenFeatures(fields.integer("hiddenFeatures"))
                      .withHiddenLayers(fields.integer("hiddenLayers"))
                      .withActivation(Activation.valueOf(fields.string("activation"))));

  private EstimatorCodec() {}

  private static DensityEstimator decode(Fields saved) {
    return KINDS.decode(saved);
  }

  static Fields encode(DensityEstimator estimator) {
    return KINDS.encode(estimator);
  }

  /**
   * The settings of a file whose networks have that many weights each, which bounds their sizes.
   */
  static DensityEstimator restore(Fields saved, TargetColumns columns, long weights) {
    DensityEstimator estimator = decode(saved);
    boolean discrete = columns.kinds().stream().anyMatch(kind -> kind != ColumnKind.CONTINUOUS);
    if (estimator instanceof Mnle != discrete) {
      throw new SavedFileException(
          saved.place() + " does not fit the columns " + columns.kinds() + ": " + estimator);
    }
    if (estimator instanceof Mnle mnle) {
      estimator = mnle.over(columns);
    }
    requireNoMore(saved, fewestWeights(estimator), weights, estimator);
    return estimator;
  }

  /** Refuses settings that ask for more weights than the file has, before anything is built. */
  static void requireNoMore(Fields saved, double fewest, long weights, Object settings) {
    if (fewest > weights) {
      throw new SavedFileException(
          String.format(
              Locale.ROOT,
              "%s asks for more weights than the %d of the file: %s",
              saved.place(),
              weights,
              settings));
    }
  }

  /** A number of weights that the hidden layers alone surpass, so that none is built in vain. */
  private static double fewestWeights(DensityEstimator estimator) {
    if (estimator instanceof Maf maf) {
      return maf.transforms() * hidden(maf.hiddenFeatures(), maf.hiddenLayers());
    }
    if (estimator instanceof Nsf nsf) {
      double width = Math.max(nsf.bins(), hidden(nsf.hiddenFeatures(), nsf.hiddenLayers()));
      return nsf.transforms() * width;
    }
    if (estimator instanceof Mnle mnle) {
      return fewestWeights(mnle);
    }
    Mdn mdn = (Mdn) estimator;
    return Math.max(mdn.components(), hidden(mdn.hiddenFeatures(), mdn.hiddenLayers()));
  }

  /** Each category sees the ones of the columns before its own. */
  private static double fewestWeights(Mnle mnle) {
    double least = 0;
    double seen = 0;
    for (int categories : mnle.categoryCounts()) {
      least += categories * seen + Math.max(0, hidden(mnle.hiddenFeatures(), mnle.hiddenLayers()));
      seen += categories;
    }
    boolean all = mnle.columns().stream().allMatch(kind -> kind == ColumnKind.CATEGORICAL);
    return all ? least : Math.max(least, fewestWeights(mnle.continuous()));
  }

  /** The weights between hidden layers; not positive where there are none. */
  static double hidden(double features, double layers) {
    return features * (1 + (layers - 1) * features);
  }
}
