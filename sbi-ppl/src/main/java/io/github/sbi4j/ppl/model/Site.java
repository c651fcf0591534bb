package io.github.sbi4j.ppl.model;

import io.github.sbi4j.ppl.distribution.Distribution;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A place of a model at which something is drawn: latent or observed.
 *
 * @param plates the axes of the plates in which it stands
 * @param distribution what is drawn from
 * @param value the value, with the plates' axes and those of an event
 * @param logProb its log-density, with the plates' axes
 */
record Site(
    String name, Shape plates, Distribution distribution, Expression value, Expression logProb) {
  /** The number of events. */
  int events() {
    return plates.size();
  }

  int eventSize() {
    return distribution.event().size();
  }

  /**
   * What has to be known to draw: for each event all parameters, repeated where they are shared.
   */
  List<Expression> parameters() {
    List<Expression> result = new ArrayList<>();
    for (int k = 0; k < distribution.parameters().size(); k++) {
      Expression parameter = distribution.parameters().get(k);
      Shape inner = parameter.shape().inner(distribution.parameterRank(k));
      result.add(parameter.to(plates.append(inner)));
    }
    return result;
  }
}
