package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;

/**
 * A distribution that is a map of one without parameters. A model can sample the latter instead,
 * which takes the parameters out of the prior's geometry (Papaspiliopoulos, Roberts and Sk&ouml;ld
 * 2007, Stat. Sci. 22).
 */
public interface LocationScale extends Distribution {
  /** {@return the distribution without parameters} */
  Distribution standard();

  /**
   * The map.
   *
   * @param standard values of {@link #standard()}
   * @return values of this distribution
   */
  Expression fromStandard(Expression standard);
}
