/**
 * The tasks of sbibm: priors and simulators with known or well-computed posteriors, and the files
 * that hold them.
 *
 * <p>Lueckmann, Boelts, Greenberg, Gon&ccedil;alves, Macke (2021), <a
 * href="https://arxiv.org/abs/2101.04653">Benchmarking Simulation-Based Inference</a>.
 */
@NullMarked
package io.github.sbi4j.benchmarks.task;

import org.jspecify.annotations.NullMarked;
