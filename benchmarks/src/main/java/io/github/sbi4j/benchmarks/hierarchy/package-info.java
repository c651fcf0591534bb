/** The speed of hierarchical models with a learned likelihood. */
@NullMarked
package io.github.sbi4j.benchmarks.hierarchy;

import org.jspecify.annotations.NullMarked;
