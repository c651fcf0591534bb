package io.github.sbi4j.analysis.report;

import io.github.sbi4j.core.sample.Samples;
import java.util.Locale;

/** Draws of a posterior with its name; the truth has D values, or none where it is not known. */
record PosteriorDraws(String name, Samples samples, double[] truth) {
  PosteriorDraws {
    truth = truth.clone();
    if (samples.rows() < 2) {
      throw new IllegalArgumentException(
          "the posterior " + name + " has " + samples.rows() + " draws; give two or more");
    }
    if (truth.length != 0 && truth.length != samples.columns()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d true values for the %d parameters of the posterior %s; give one for each, or none",
              truth.length,
              samples.columns(),
              name));
    }
  }
}
