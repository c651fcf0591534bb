package io.github.sbi4j.flows.file;

import io.github.sbi4j.flows.ratio.Aalr;
import io.github.sbi4j.flows.ratio.Balanced;
import io.github.sbi4j.flows.ratio.Contrastive;
import io.github.sbi4j.flows.ratio.RatioLoss;
import io.github.sbi4j.flows.ratio.Sre;

/** The settings of the losses of ratios. */
final class LossCodec {
  private static final Kinds<RatioLoss> KINDS =
      Kinds.<RatioLoss>none()
          .with(
              "sre",
              Sre.class,
              (sre, fields) -> fields.put("atoms", sre.atoms()),
              fields -> Sre.defaults().withAtoms(fields.integer("atoms")))
          .with("aalr", Aalr.class, (aalr, fields) -> {}, fields -> Aalr.defaults())
          .with(
              "contrastive",
              Contrastive.class,
              (contrastive, fields) ->
                  fields.put("classes", contrastive.classes()).put("gamma", contrastive.gamma()),
              fields ->
                  Contrastive.defaults()
                      .withClasses(fields.integer("classes"))
                      .withGamma(fields.number("gamma")))
          .with(
              "balanced",
              Balanced.class,
              (balanced, fields) -> fields.put("strength", balanced.strength()),
              fields -> Balanced.defaults().withStrength(fields.number("strength")));

  private LossCodec() {}

  static Fields encode(RatioLoss loss) {
    return KINDS.encode(loss);
  }

  static RatioLoss restore(Fields saved) {
    return KINDS.decode(saved);
  }
}
