package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Beta;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Exponential;
import io.github.sbi4j.core.distribution.Gamma;
import io.github.sbi4j.core.distribution.HalfNormal;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.LogNormal;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.StudentT;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.distribution.Uniform;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Priors: the library's by their settings, a user's by what it looks like from outside. */
final class PriorCodec {
  private static final Kinds<Distribution> KINDS =
      Kinds.<Distribution>none()
          .with(
              "boxUniform",
              BoxUniform.class,
              (prior, fields) -> writeSupport(prior.support(), fields),
              fields -> BoxUniform.of(fields.numbers("lower"), fields.numbers("upper")))
          .with(
              "uniform",
              Uniform.class,
              (prior, fields) ->
                  fields
                      .put("low", prior.support().lower()[0])
                      .put("high", prior.support().upper()[0]),
              fields -> Uniform.of(fields.number("low"), fields.number("high")))
          .with(
              "normal",
              Normal.class,
              (prior, fields) ->
                  fields
                      .put("mean", prior.mean()[0])
                      .put("standardDeviation", prior.standardDeviation()),
              fields -> Normal.of(fields.number("mean"), fields.number("standardDeviation")))
          .with(
              "logNormal",
              LogNormal.class,
              (prior, fields) -> fields.put("mu", prior.mu()).put("sigma", prior.sigma()),
              fields -> LogNormal.of(fields.number("mu"), fields.number("sigma")))
          .with(
              "halfNormal",
              HalfNormal.class,
              (prior, fields) -> fields.put("scale", prior.scale()),
              fields -> HalfNormal.of(fields.number("scale")))
          .with(
              "exponential",
              Exponential.class,
              (prior, fields) -> fields.put("rate", prior.rate()),
              fields -> Exponential.of(fields.number("rate")))
          .with(
              "gamma",
              Gamma.class,
              (prior, fields) -> fields.put("shape", prior.shape()).put("rate", prior.rate()),
              fields -> Gamma.of(fields.number("shape"), fields.number("rate")))
          .with(
              "beta",
              Beta.class,
              (prior, fields) -> fields.put("alpha", prior.alpha()).put("beta", prior.beta()),
              fields -> Beta.of(fields.number("alpha"), fields.number("beta")))
          .with(
              "studentT",
              StudentT.class,
              (prior, fields) ->
                  fields
                      .put("degreesOfFreedom", prior.degreesOfFreedom())
                      .put("location", prior.location())
                      .put("scale", prior.scale()),
              fields ->
                  StudentT.of(
                      fields.number("degreesOfFreedom"),
                      fields.number("location"),
                      fields.number("scale")))
          .with(
              "multivariateNormal",
              MultivariateNormal.class,
              (prior, fields) ->
                  fields
                      .put("mean", prior.mean())
                      .put(
                          "covariance",
                          Arrays.stream(prior.covariance())
                              .flatMapToDouble(Arrays::stream)
                              .toArray()),
              fields -> {
                double[] mean = fields.numbers("mean");
                return MultivariateNormal.of(
                    mean, square(fields.numbers("covariance"), mean.length));
              })
          .with(
              "independent",
              Independent.class,
              (prior, fields) ->
                  fields.putAll("parts", prior.parts().stream().map(PriorCodec::encode).toList()),
              fields ->
                  Independent.of(
                      fields.objects("parts").stream().map(PriorCodec::decode).toList()));

  private PriorCodec() {}

  static Fields encode(Distribution prior) {
    Distribution distribution = prior.unwrapped();
    Fields fields = KINDS.encode(distribution);
    if (Kinds.isCustom(fields)) {
      writeSupport(prior.support(), fields);
    }
    return fields.putStrings("names", prior.names());
  }

  /** The prior of a file; the one given where it is code that a file cannot hold. */
  static Distribution restore(Fields saved, Optional<Distribution> given) {
    if (given.isPresent()) {
      checkSame(saved, given.get());
      return given.get().checked();
    }
    Optional<String> custom = customClass(saved);
    if (custom.isPresent()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the prior is of the class %s over %s, which is code that a file cannot hold; give"
                  + " it again with LoadOptions.defaults().withPrior(prior)",
              custom.get(),
              saved.strings("names")));
    }
    return decode(saved).checked();
  }

  private static Distribution decode(Fields fields) {
    Distribution prior = KINDS.decode(fields);
    List<String> names = fields.strings("names");
    return names.equals(prior.names())
        ? prior
        : fields.build(() -> prior.named(names.toArray(String[]::new)));
  }

  private static Optional<String> customClass(Fields prior) {
    if (Kinds.isCustom(prior)) {
      return Optional.of(prior.string("class"));
    }
    return prior.has("parts")
        ? prior.objects("parts").stream().flatMap(part -> customClass(part).stream()).findFirst()
        : Optional.empty();
  }

  private static void checkSame(Fields saved, Distribution given) {
    List<String> names = saved.strings("names");
    if (given.dimension() != names.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the prior given is over %d values, but the saved one over the %d values %s",
              given.dimension(),
              names.size(),
              names));
    }
    if (!given.names().equals(names)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the prior given names its values %s, but the saved one %s; use prior.named(...)",
              given.names(),
              names));
    }
    if (Kinds.isCustom(saved) && !given.support().equals(readSupport(saved))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the prior given has the support %s, but the saved one %s",
              given.support(),
              readSupport(saved)));
    }
    Fields mine = encode(given);
    // The name of a class may have changed since, and says nothing of what it does.
    if (!withoutClasses(mine).equals(withoutClasses(saved))) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "the prior given is %s, but the saved one %s", mine, saved));
    }
  }

  private static Fields withoutClasses(Fields prior) {
    if (prior.has("parts")) {
      prior.objects("parts").forEach(PriorCodec::withoutClasses);
    }
    return prior.remove("class");
  }

  static void writeSupport(Support support, Fields fields) {
    fields.put("lower", support.lower()).put("upper", support.upper());
  }

  static Support readSupport(Fields fields) {
    return fields.build(() -> Support.box(fields.numbers("lower"), fields.numbers("upper")));
  }

  private static double[][] square(double[] values, int size) {
    if (values.length != (long) size * size) {
      throw new IllegalArgumentException(
          "covariance has " + values.length + " values, expected " + size + " x " + size);
    }
    double[][] rows = new double[size][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * size, (i + 1) * size));
    return rows;
  }
}
