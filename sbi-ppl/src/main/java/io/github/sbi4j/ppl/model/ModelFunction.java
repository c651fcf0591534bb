package io.github.sbi4j.ppl.model;

/** The code of a model. It runs more than once, and each time has to say the same. */
@FunctionalInterface
public interface ModelFunction {
  /**
   * Says what is sampled and observed.
   *
   * @param context takes it down
   */
  void define(ModelContext context);
}
