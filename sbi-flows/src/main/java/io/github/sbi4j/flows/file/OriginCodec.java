package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Distribution;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was learned from: the prior, the range of the observations, the record of training. */
final class OriginCodec {
  private OriginCodec() {}

  static void write(
      Distribution prior,
      List<Double> low,
      List<Double> high,
      @Nullable Provenance provenance,
      Fields header) {
    header.put("prior", PriorCodec.encode(prior)).put("low", array(low)).put("high", array(high));
    if (provenance != null) {
      header.put("provenance", encode(provenance));
    }
  }

  /** The prior of networks of that many parameters. */
  static Distribution prior(Fields header, LoadOptions options, int parameters) {
    Distribution prior = PriorCodec.restore(header.object("prior"), options.prior());
    checkCount("the prior", prior.dimension(), parameters);
    return prior;
  }

  /** One value for each of that many observed ones. */
  static List<Double> observed(Fields header, String name, int count) {
    double[] values = header.numbers(name);
    checkCount(name, values.length, count);
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new SavedFileException(name + " holds " + value + ", expected finite numbers");
      }
    }
    return Arrays.stream(values).boxed().toList();
  }

  /** The record of training on that many observed values. */
  static Provenance provenance(Fields header, int count) {
    Fields saved = header.object("provenance");
    List<String> names = saved.strings("observationNames");
    if (!names.isEmpty()) {
      checkCount("provenance.observationNames", names.size(), count);
    }
    return new Provenance(
        saved.integer("rows"),
        saved.string("dataHash"),
        names,
        saved.integer("epochs"),
        saved.number("validationLoss"),
        saved.string("training"));
  }

  private static Fields encode(Provenance provenance) {
    return Fields.empty()
        .put("rows", provenance.rows())
        .put("dataHash", provenance.dataHash())
        .putStrings("observationNames", provenance.observationNames())
        .put("epochs", provenance.epochs())
        .put("validationLoss", provenance.validationLoss())
        .put("training", provenance.training());
  }

  private static void checkCount(String name, int actual, int expected) {
    if (actual != expected) {
      throw new SavedFileException(
          String.format(
              Locale.ROOT, "%s has %d values, but the networks take %d", name, actual, expected));
    }
  }

  static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
